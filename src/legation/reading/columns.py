"""What the heading of a column means: words of several languages for the fields of a card."""

from __future__ import annotations

import re
import unicodedata

#: Field → headings, folded (lower case, no accents or digits), without the qualifiers below.
_HEADINGS: dict[str, str] = {
    "fn": """name|full name|display name|contact|contact name|person|formatted name|file as|
        vollstandiger name|anzeigename|nom complet|nom affiche|nombre completo|nome completo|
        volledige naam|weergavenaam|fullstandigt namn|imie i nazwisko|фио|
        полное имя|имя и фамилия""",
    "n.family": """last name|surname|family name|lastname|family|familyname|nachname|familienname|
        zuname|nom de famille|nom|apellido|apellidos|cognome|sobrenome|apelido|achternaam|efternamn|
        etternavn|efternavn|sukunimi|nazwisko|prijmeni|фамилия""",
    "n.given": """first name|given name|firstname|forename|givenname|christian name|given|vorname|
        rufname|prenom|nombre|nome|primeiro nome|voornaam|fornamn|fornavn|etunimi|imie|jmeno|имя""",
    "n.additional": """middle name|additional name|middlename|middle names|second name|
        weitere vornamen|zweiter vorname|deuxieme prenom|segundo nombre|secondo nome|отчество""",
    "n.prefix": """prefix|name prefix|title prefix|honorific|honorific prefix|anrede|salutation|
        akademischer titel|titre de civilite|civilite|tratamiento|prefisso|обращение""",
    "n.suffix": "suffix|name suffix|honorific suffix|namenszusatz|suffixe|sufijo|suffisso",
    "nickname": "nickname|nick name|spitzname|surnom|pseudo|apodo|soprannome|bijnaam|прозвище",
    "email": """e mail|email|e mail address|email address|mail|mail address|e mail value|
        e mail addresses|emails|emailadresse|e mail adresse|mailadresse|courriel|adresse e mail|
        adresse mail|adresse email|adresse de messagerie|correo|correo electronico|
        indirizzo e mail|indirizzo email|posta elettronica|endereco de e mail|e mailadres|e post|
        epost|sahkoposti|adres e mail|электронная почта|почта|эл почта""",
    "tel": """phone|telephone|tel|phone number|telephone number|phone value|phones|number|telefon|
        telefonnummer|rufnummer|telephone numero|numero de telephone|telefono|numero de telefono|
        numero di telefono|telefone|telefoon|telefoonnummer|puhelin|numer telefonu|телефон""",
    "org": """company|organization|organisation|organization name|organisation name|company name|
        employer|institution|firm|firma|unternehmen|behorde|arbeitgeber|societe|entreprise|empresa|
        organizacion|azienda|ditta|societa|organizzazione|organizacao|bedrijf|organisatie|foretag|
        organizacja|организация|компания""",
    "org.unit": """department|organization department|division|unit|section|abteilung|referat|
        service|departement|departamento|reparto|dipartimento|afdeling|avdelning|dzial|отдел""",
    "title": """title|job title|position|jobtitle|organization title|post|function|office|
        stellung|funktion|berufsbezeichnung|amt|titel|fonction|poste|titre|cargo|puesto|carica|
        posizione|qualifica|functie|befattning|stanowisko|должность""",
    "role": """role|profession|occupation|beruf|rolle|metier|profesion|professione|profissao|
        профессия""",
    "bday": """birthday|date of birth|birth date|birthdate|dob|born|geburtstag|geburtsdatum|
        anniversaire|date de naissance|fecha de nacimiento|cumpleanos|data di nascita|compleanno|
        data de nascimento|aniversario|geboortedatum|verjaardag|fodelsedag|fodelsedatum|
        data urodzenia|urodziny|день рождения|дата рождения""",
    "bday.year": "birth year|year of birth|geburtsjahr|annee de naissance",
    "bday.month": "birth month|geburtsmonat",
    "bday.day": "birth day|geburtstag tag",
    "anniversary": "anniversary|wedding anniversary|hochzeitstag|jahrestag",
    "note": """note|notes|comment|comments|remark|remarks|description|memo|notiz|notizen|bemerkung|
        bemerkungen|anmerkungen|commentaire|commentaires|remarques|nota|notas|comentarios|
        annotazioni|observacoes|opmerkingen|notitie|notities|anteckningar|notatki|uwagi|заметки|
        примечание|комментарий""",
    "url": """url|website|web site|web page|homepage|home page|website value|web|webseite|internet|
        site web|page web|sitio web|pagina web|sito web|сайт""",
    "categories": """categories|category|group|groups|group membership|labels|tags|kategorie|
        kategorien|gruppe|gruppen|categorie|groupe|categoria|grupo|gruppo|категория|группа""",
    "adr.street": """address|street|street address|address street|address line|postal address|
        mailing address|adresse|anschrift|strasse|straße|rue|adresse postale|direccion|calle|
        indirizzo|via|endereco|rua|adres|straat|adress|gata|ulica|адрес|улица|address formatted""",
    "adr.extended": "address extended|extended address|apartment|suite|adresszusatz|complement",
    "adr.box": "po box|p o box|address po box|postfach|boite postale|apartado",
    "adr.city": """city|town|address city|locality|ort|stadt|wohnort|ville|ciudad|citta|comune|
        cidade|stad|plaats|woonplaats|ort|miasto|город""",
    "adr.region": """state|region|province|county|address region|state province|bundesland|kanton|
        departement|provincia|estado|regione|provincie|wojewodztwo|область""",
    "adr.code": """zip|zip code|zipcode|postal code|postcode|post code|address postal code|plz|
        postleitzahl|code postal|codigo postal|cap|cep|postnummer|kod pocztowy|индекс""",
    "adr.country": """country|address country|country region|nation|land|staat|pays|pais|paese|
        kraj|страна""",
    "uid": "uid|contact id|unique id",
    "tz": "time zone|timezone",
    "lang": "language|sprache|langue|idioma|lingua|язык",
    "gender": "gender|sex|geschlecht|sexe|sexo|sesso|пол",
    "related": "relation value|related|related name",
    "x-legation-office": "offices held",
    # Columns of the usual exports that say nothing about the person.
    "-": """type|e mail type|phone type|address type|website type|relation type|event type|label|
        e mail label|phone label|address label|website label|relation label|event label|
        organization type|im type|custom field type|priority|private|sensitivity|
        organization symbol|organization yomi name|e mail display name""",
}
_FIELDS = {
    " ".join(words.split()): field for field, headings in _HEADINGS.items() for words in headings.split("|")
}
#: Words that say of what kind a number or address is, in a heading beside the thing itself.
_KINDS: dict[str, str] = {
    "home": "home private personal privat private prive maison casa particular domicilio hjem hem "
    "dom prywatny domashnii домашний личный priv",
    "work": "work business office company geschaftlich dienstlich beruflich arbeit firma travail "
    "professionnel bureau trabajo oficina ufficio lavoro trabalho werk zakelijk arbete jobb praca "
    "рабочий служебный",
    "cell": "mobile cell mobil handy natel portable movil cellulare celular telemovel mobiel gsm "
    "komorka мобильный",
    "fax": "fax telefax факс",
    "pager": "pager",
    "other": "other andere autre otro altro outro overig",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_ORDER_WORDS = frozenset(
    "primary secondary main first second preferred default haupt principal alternate erste zweite".split()
)


def guess_field(heading: str) -> str:
    """Return the field (with its types) that a heading stands for, "" where that is not known."""
    folded = fold_heading(heading)
    if folded in _FIELDS:
        return _FIELDS[folded]
    words, kinds = [], []
    for word in folded.split():
        if word in _KIND_OF:
            kinds.append(_KIND_OF[word])
        elif word not in _ORDER_WORDS:
            words.append(word)
    rest = " ".join(words)
    field = _FIELDS.get(rest, "")
    if not field and not rest and set(kinds) & {"cell", "fax", "pager", "work", "home"}:
        # "Mobile", "Work fax": a number, as no other thing is named. "Home" alone says too little.
        field = "tel" if set(kinds) & {"cell", "fax", "pager"} else ""
    if not field:
        field, kinds = _match_compound(folded, kinds)
    base = field.partition(".")[0]
    if base not in {"tel", "email", "adr", "url"}:
        # "Home name" or "work title" is another thing than the name.
        return field if not kinds or base in {"org", "note"} else ""
    kept = [kind for kind in dict.fromkeys(kinds) if kind != "other"]
    return ";".join([field, *kept])


#: Compounds of the Germanic languages: telephone and address with their kind in one word.
_COMPOUND = re.compile(
    r"(mobil|handy|privat|geschafts|dienst|arbeits|buro|fax|haupt|mobiele|werk|thuis)?"
    r"(telefonnummer|telefon|telefoon|nummer|rufnummer|mail|mailadresse|adresse|adres|faxnummer)"
)
_COMPOUND_KINDS = {
    "mobil": "cell", "handy": "cell", "mobiele": "cell", "privat": "home", "thuis": "home",
    "geschafts": "work", "dienst": "work", "arbeits": "work", "buro": "work", "werk": "work",
    "fax": "fax",
}  # fmt: skip


def _match_compound(folded: str, kinds: list[str]) -> tuple[str, list[str]]:
    match = _COMPOUND.fullmatch(folded.replace(" ", ""))
    if match is None or not match.group(1):
        return "", kinds
    kind = _COMPOUND_KINDS.get(match.group(1))
    thing = match.group(2)
    field = "email" if "mail" in thing else "adr.street" if "adres" in thing else "tel"
    return field, [kind] if kind else []


def fold_heading(heading: str) -> str:
    """Fold a heading: no case, accents, digits or punctuation; words apart by one blank."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    plain = unicodedata.normalize("NFKD", spaced.casefold())
    letters = (" " if not c.isalpha() else c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(letters).split())
