"""Words of birth, marriage, illness, death, office and travel, as the finder of occasions needs them."""

from __future__ import annotations

from typing import Final

#: Words that begin a look for an occasion -> the reader that looks there.
HEADS: Final[dict[str, str]] = {
    **dict.fromkeys(
        "dead died dies dye dyed death killed slain drowned hanged hang'd beheaded executed murdered "
        "assassinated funeral burial buried passed deceased bereaved lost mourning".split(),
        "death",
    ),
    **dict.fromkeys("married marry marries marrying marriage wedding wed wedded".split(), "wedding"),
    **dict.fromkeys(
        "born bed abed delivered birth lying childbed christening christned christened christen baptised "
        "baptized baptism".split(),
        "birth",
    ),
    **dict.fromkeys(["birthday", "birth-day", "birthdays"], "birthday"),
    **dict.fromkeys(
        """
        eye eyes head tooth teeth back belly foot feet legs hand throat ear stomach breast side knee neck
        shoulder face
        ill sick sicke unwell indisposed poorly ailing bedridden well illness sickness indisposition
        distemper pain paine paines pains hospital bed leg arm ankle wrist feverish weak sea-sick
        seasick wounded hurt fever ague gout gowt stone cold measles smallpox small-pox influenza
        flu cancer cough headache toothache pneumonia stroke operation surgery migraine bronchitis
        colic cholic quinsy jaundice dropsy consumption palsy heart fit fits convulsions covid
        appendicitis diabetes malaria typhoid tuberculosis rheumatism sciatica swelling rupture
        diarrhoea vomiting
        """.split(),
        "illness",
    ),
    **dict.fromkeys(
        """
        appointed elected nominated sworn named made chosen chose promoted knighted created ordained
        installed inaugurated designated translated credentials office became become admitted appointment
        election knighthood nomination promotion appoints appoint newly
        """.split(),
        "appointment",
    ),
    **dict.fromkeys(
        """
        gone going goes go went set sets setting departed departs departure left leave leaves
        leaving sailed sails sailing embarked flew flies flying fly coach water boat horse ship train plane
        """.split(),
        "departure",
    ),
    **dict.fromkeys(
        """
        come comes came coming arrived arrives arriving arrival arrive landed returned returns return got
        """.split(),
        "arrival",
    ),
}
#: Parts of the body, and what may ail them: "my eyes very sore".
BODY: Final = frozenset(
    """
    eye eyes head tooth teeth back belly foot feet leg legs arm hand throat ear stomach breast side
    knee neck shoulder face
    """.split()
)
AILING: Final = frozenset(
    """
    sore bad ill aching akeing aking swelled swollen ached aches akes inflamed infected painful
    bleeding
    """.split()
)
#: Adjectives that say somebody is ill behind "is", "fell", "lies".
ILL: Final = frozenset(
    """
    ill sick sicke unwell indisposed poorly ailing bedridden feverish weak wounded hurt sea-sick
    seasick
    """.split()
)
#: What somebody may have.
AILMENTS: Final = frozenset(
    """
    fever ague gout gowt stone cold measles smallpox small-pox influenza flu cancer cough headache
    toothache pneumonia stroke migraine bronchitis colic cholic quinsy jaundice dropsy consumption
    palsy fit fits convulsions covid appendicitis diabetes malaria typhoid tuberculosis rheumatism
    sciatica swelling rupture diarrhoea vomiting pain paine pains paines operation surgery
    """.split()
)
#: Ailments that "his" alone makes somebody's: "his gout".
OWN_AILMENTS: Final = frozenset(
    """
    gout gowt ague fever fit fits convulsions operation measles smallpox pneumonia cancer stroke
    """.split()
)
#: Nouns that are an illness by themselves: "his late sickness".
ILLNESSES: Final = frozenset("illness sickness indisposition distemper".split())
#: Verbs between somebody and "ill".
STATES: Final = frozenset(
    """
    is was are were be been being am 's continue continues continued continuing lie lies lay lying
    fall falls fell fallen falling take taken grow grows grew growing grown feel feels felt feeling
    become becomes became find found finding remain remains remained keeps kept looks looked
    """.split()
)
#: What may follow a predicate "ill", where it is no adjective of a noun or adverb of a verb.
AFTER_ILL: Final = frozenset(
    """
    , . ; : ! ) ( — – - and or but of in at with that so again still since this to too for from as
    abed also all when which who by on upon these yesterday today to-day tonight to-night enough
    himself herself i he she we they my his her because after before already now here there these
    neither either than till until
    """.split()
)
#: Posts and ranks to which one is "made", beside the lists of offices and trades.
RANKS: Final = frozenset(
    """
    knight baronet lord lady peer earl duke duchess marquess viscount baron bishop archbishop dean
    captain lieutenant colonel general admiral clerk commissioner member fellow master groom
    gentleman-usher justice secretary treasurer governor ambassador minister premier president
    chancellor judge mayor alderman sheriff surveyor muster-master storekeeper principal officer
    councillor counsellor burgess partner professor head chief chairman chairwoman director manager
    leader envoy consul cardinal pope king queen rear-admiral vice-admiral representative delegate
    deputy aide assistant
    """.split()
)
#: Far from home in any age; towns and countries come from the list of places.
AFAR: Final = frozenset(
    "sea sea-side country abroad beyond overseas fleet fleete seas straits streights".split()
)
#: Quarters, streets and near places of large cities, where one goes of a morning.
QUARTERS: Final = frozenset(
    """
    whitehall westminster wapping deptford greenwich woolwich limehouse rotherhithe ratcliffe
    southwark lambeth vauxhall chelsea kensington hampstead highgate islington holborn clerkenwell
    smithfield moorfields cheapside cornhill lombard aldgate aldersgate ludgate newgate bishopsgate
    billingsgate blackfriars whitefriars charing strand piccadilly mayfair soho bloomsbury
    marylebone paddington hackney stepney mile bow barking richmond kew
    montmartre montparnasse passy auteuil neuilly belleville charlottenburg moabit kreuzberg dahlem
    wannsee pankow hietzing josefstadt leopoldstadt trastevere quirinal kremlin arbat lubyanka
    georgetown anacostia manhattan brooklyn harlem broadway bronx pera galata salamanca chamartin
    """.split()
)
#: Written with a capital, and no journey away.
INSTITUTIONS: Final = frozenset(
    """
    st saint parliament court church change exchange office committee hall house council chapel
    board treasury admiralty temple abbey tower park garden lobby congress senate department embassy
    ministry foreign state lord's god heaven sir mr mrs monday tuesday wednesday thursday friday
    saturday sunday easter christmas
    """.split()
)
TOWN: Final = frozenset("town towne toun london".split())
