"""Words of paper headers: offices, institutions, countries, labels. General knowledge only."""

from __future__ import annotations

#: Code, names as a side is headed, and adjectives.
_COUNTRIES = """
US|us;u.s.;usa;u.s.a.;united states;united states of america;america|american
GB|uk;u.k.;united kingdom;great britain;britain;england|british;english
RU|ussr;u.s.s.r.;soviet union;soviets;russia;russian federation;union of soviet socialist republics|soviet;russian
FR|france|french
DE|germany;frg;f.r.g.;federal republic of germany;west germany;german federal republic;bundesrepublik|german;west german
DD|gdr;g.d.r.;ddr;german democratic republic;east germany|east german
IT|italy|italian
JP|japan|japanese
CN|china;prc;p.r.c.;people's republic of china|chinese
TW|republic of china;taiwan;grc|
IN|india|indian
PK|pakistan|pakistani
CA|canada|canadian
AU|australia|australian
NZ|new zealand|
ES|spain|spanish
PT|portugal|portuguese
NL|netherlands;the netherlands;holland|dutch;netherlands
BE|belgium|belgian
LU|luxembourg|
DK|denmark|danish
NO|norway|norwegian
SE|sweden|swedish
FI|finland|finnish
IE|ireland|irish
IS|iceland|icelandic
AT|austria|austrian
CH|switzerland|swiss
PL|poland|polish
CZ|czechoslovakia;czech republic|czechoslovak;czech
HU|hungary|hungarian
RO|romania;rumania|romanian;rumanian
BG|bulgaria|bulgarian
YU|yugoslavia|yugoslav
RS|serbia|serbian
AL|albania|albanian
GR|greece|greek
TR|turkey|turkish
CY|cyprus|cypriot
IL|israel|israeli
EG|egypt;uar;u.a.r.;united arab republic|egyptian
SY|syria|syrian
LB|lebanon|lebanese
JO|jordan|jordanian
IQ|iraq|iraqi
IR|iran;persia|iranian;persian
SA|saudi arabia|saudi;saudi arabian
AF|afghanistan|afghan
MA|morocco|moroccan
DZ|algeria|algerian
TN|tunisia|tunisian
LY|libya|libyan
SD|sudan|sudanese
ET|ethiopia|ethiopian
GH|ghana|ghanaian
NG|nigeria|nigerian
KE|kenya|kenyan
CD|congo;zaire|congolese;zairian
ZA|south africa|south african
RH|rhodesia;zimbabwe|rhodesian
MX|mexico|mexican
CU|cuba|cuban
BR|brazil|brazilian
AR|argentina|argentine;argentinian
CL|chile|chilean
PE|peru|peruvian
CO|colombia|colombian
VE|venezuela|venezuelan
PA|panama|panamanian
ID|indonesia|indonesian
PH|philippines;the philippines|philippine;filipino
TH|thailand;siam|thai;siamese
VN|vietnam;viet-nam;south vietnam;north vietnam;gvn;rvn;drv|vietnamese;south vietnamese;north vietnamese
KH|cambodia|cambodian
LA|laos|lao;laotian
MM|burma|burmese
MY|malaysia;malaya|malaysian
SG|singapore|
KR|korea;rok;r.o.k.;south korea;republic of korea|korean
KP|north korea;dprk|north korean
MN|mongolia|mongolian
UA|ukraine|ukrainian
EE|estonia|estonian
LV|latvia|latvian
LT|lithuania|lithuanian
"""  # noqa: E501 - one row a country
SIDE_CODES: dict[str, str] = {}
ADJECTIVES: dict[str, str] = {}
for _row in _COUNTRIES.strip().splitlines():
    _code, _nouns, _adjectives = _row.split("|")
    SIDE_CODES.update((noun, _code) for noun in _nouns.split(";") if noun)
    ADJECTIVES.update((word, _code) for word in _adjectives.split(";") if word)

#: Institutions that head a group of names in minutes.
GROUPS = frozenset(
    """state|state department|department of state|defense|defence|department of defense|osd|jcs
    |joint chiefs of staff|joint staff|cia|c.i.a.|nsc|n.s.c.|nsc staff|white house|the white house
    |treasury|commerce|agriculture|justice|interior|labor|usia|u.s.i.a.|aid|acda|aec|omb|bob|ustr
    |foreign office|foreign ministry|embassy|other|others|also present|staff|nato|eec|ec|un|u.n.
    |united nations|office of the vice president|vice president's office|secretariat|observers
    |international staff|interpreters|notetaker|notetakers|note takers|note taker|dod|fbi|nasa
    |congress|senate|house|house of representatives|delegation|the delegation|guests|advisers
    |advisors|principals|members|executive branch|legislative branch|foreign participants"""
    .replace("\n    ", "").split("|")
)  # fmt: skip

#: Nouns that are an office by themselves.
OFFICES = frozenset(
    """
    president premier chairman chairwoman chancellor secretary secretary-general minister
    ambassador ambassador-at-large consul consul-general counselor counsellor attache attaché chargé
    charge director director-general administrator commissioner commander governor mayor speaker
    representative delegate deputy assistant special chief head adviser advisor aide officer
    interpreter translator editor correspondent publisher professor senator congressman spokesman
    undersecretary minister-counselor minister-counsellor general admiral marshal comptroller
    coordinator legate nuncio king queen prince emperor shah sultan pope cardinal manager executive
    staff member first second third under vice acting permanent principal senior chairperson
    president-elect ambassador-designate representative-designate attorney solicitor legal
    economist scientist correspondant notetaker note-taker reporter analyst desk prime private crown
    """.split()
)
#: Words of institutions and fields, as offices are described with them.
INSTITUTIONS = frozenset(
    """
    state defense defence treasury interior commerce agriculture labor labour justice health
    education welfare affairs foreign european american inter-american african asian eastern western
    northern southern near far middle east west north south pacific atlantic political economic
    military naval air press public cultural commercial financial monetary international national
    intelligence security council agency central information service office bureau division section
    department ministry embassy legation consulate mission delegation committee commission board
    cabinet house senate congress parliament court party union trade staff planning policy
    disarmament control arms nuclear energy atomic science research space aviation federal
    development assistance aid budget management programs program relations organization
    organisation organizations nations united european-affairs countries bloc administration
    academy institute university bank fund authority corporation company committee's group force
    forces army navy marine guard protocol consular visa legal general plans operations strategic
    policies mutual social scientific technical technology exchanges exchange broadcasting
    telecommunications transport transportation supply production industry oil petroleum fuels
    chiefs joint command supreme allied headquarters republics republic socialist soviet kremlin
    bundestag palace downing street chancellery secretariat desk region regional
    soviet-american congressional legislative liaison negotiations talks matters questions issues
    cultural ties countries cooperation friendship
    d'affaires d’affaires affaires a.i sov emb dept min sec asst dep gov't govt amer fgn intl nat'l
    capitalist people's peoples
    """.split()
)
#: Capitalised words that no person is called: headings, not names.
NOT_NAMES = frozenset(
    """
    subject subjects summary introduction background conclusion conclusions discussion question
    questions topic topics agenda item items attachment enclosure annex appendix tab note notes
    text part section paragraph page document documents volume copy copies secret confidential
    top restricted unclassified nodis exdis limdis noforn eyes only draft drafted approved cleared
    the a an this that these those there here it he she they we i you his her our their my
    in on at by with after before during when while although since because if as following
    under regarding concerning about however meanwhile also then later today yesterday
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    treaty crisis problem problems situation meeting conference visit statement message letter
    memorandum telegram proposal proposals agreement sale trip call calls luncheon dinner lunch
    war peace test ban missile missiles nuclear wheat credits reunification peaceful coexistence
    policy relations trade economic general miscellaneous communism nationalism
    recommendation recommendations comment comments action actions report reports
    """.split()
) - {"march", "may", "june", "april", "august"}  # fmt: skip

#: Small words inside an office or an institution.
LINKS = frozenset("of for to the and in at on with de des du d' la le les und für fur del von zur".split())
PARTICLES = frozenset(
    """de da di du del della den der des dos das la le las los el al bin ben ibn abu af av van von
    vom zu zur ter ten te y e und d' o' st st. san santa ap mac""".split()
)
#: After the name: "Jr.", decorations, degrees, services.
SUFFIXES = frozenset(
    """jr jr. sr sr. ii iii iv v esq esq. m.p. mp q.c. qc k.c.m.g. kcmg c.m.g. cmg g.c.m.g. gcmg
    k.c.b. kcb o.b.e. obe m.b.e. mbe c.b.e. cbe phd ph.d. m.d. md usn usa usaf usmc u.s.n. u.s.a.
    u.s.a.f. u.s.m.c. rn raf r.n. r.a.f. ret ret. retired""".split()
)
#: Courtesy titles: what follows is a name, whatever it looks like.
COURTESY = frozenset(
    """mr mrs ms miss mme mlle m messrs dr drs sir dame lord lady madame monsieur herr frau señor
    señora senor senora signor signora prof rev hon amb gen adm col capt maj lt ltg mg bg vadm radm
    sen rep gov cong comrade baron count countess prince princess viscount earl duke marquis
    ambassador ambassadors""".split()
)
#: Military ranks in front of names, and compounds of them.
RANKS = frozenset(
    """general admiral colonel captain major lieutenant brigadier commander marshal sergeant
    commodore rear vice field air chief lieutenant-general major-general brigadier-general
    vice-admiral rear-admiral lt maj brig""".split()
)
PLURAL_TITLES = {
    "messrs": "mr", "senators": "senator", "congressmen": "congressman", "drs": "dr",
    "representatives": "representative", "ambassadors": "ambassador", "generals": "general",
    "secretaries": "secretary", "ministers": "minister", "admirals": "admiral",
    "professors": "professor", "colonels": "colonel", "governors": "governor",
    "congresswomen": "congresswoman", "presidents": "president", "misses": "miss",
    "commissioners": "commissioner", "counselors": "counselor",
    "under secretaries": "under secretary",
    "assistant secretaries": "assistant secretary", "foreign ministers": "foreign minister",
    "prime ministers": "prime minister", "chancellors": "chancellor", "mesdames": "mrs",
}  # fmt: skip
#: Forms of address that stand before a title or a name and belong to it.
HONORIFICS = frozenset(
    """his her excellency majesty highness royal right rt honourable honorable hon hrh h.r.h h.e he
    eminence serene""".split()
)
#: Words of offices and places that are also common surnames.
SURNAMES_TOO = frozenset(
    """west north south east marine press justice guard court bank england ireland france holland
    german french english irish general major young senior principal legal head king prince queen
    bishop pope marshal chief page spain israel jordan poland britain""".split()
)
