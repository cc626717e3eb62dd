"""Heads of office, trade and kin descriptions, folded and singular."""

from __future__ import annotations

KIN = frozenset(
    """
    wife husband son daughter brother sister father mother uncle aunt cousin coz cozen cozin
    nephew niece grandson granddaughter grandfather grandmother grandmama grandpapa stepson
    stepdaughter stepfather stepmother stepbrother stepsister half-brother half-sister
    father-in-law mother-in-law brother-in-law sister-in-law son-in-law daughter-in-law godfather
    godmother godson goddaughter widow fiance fiancee betrothed bride bridegroom ex-wife
    ex-husband papa mama mamma dad mum granny auntie spouse great-uncle great-aunt
    great-grandfather great-grandmother foster-mother foster-father lady-wife twin-brother
    twin-sister heir mom mummy mommy daddy grandma grandpa grandad granddad gran stepmum stepdad
    """.split()
)

#: Posts of state, church, army and firm: with "the" nearly always one person.
OFFICES = frozenset(
    """
    president vice-president premier chancellor vice-chancellor secretary under-secretary
    undersecretary minister ambassador ambassadress commissioner consul vice-consul consul-general
    admiral vice-admiral rear-admiral general lieutenant-general major-general brigadier colonel
    lieutenant-colonel major captain lieutenant ensign sergeant corporal commander commodore
    marshal field-marshal king queen prince princess emperor empress tsar tsarina czar kaiser
    sultan shah emir pope cardinal bishop archbishop dean archdeacon canon vicar rector parson
    chaplain abbot abbess governor lieutenant-governor mayor provost sheriff judge magistrate
    recorder director director-general editor chairman chairwoman chairperson commissar envoy
    counselor counsellor attache interpreter translator delegate representative rezident adviser
    advisor aide aide-de-camp speaker treasurer comptroller surveyor solicitor attorney
    attorney-general advocate prosecutor duke duchess earl countess marquis marquess marchioness
    viscount viscountess baron baroness infanta dauphin electress landgrave regent protector
    premier-designate secretary-general dictator fuhrer duce headmaster headmistress principal
    professor dragoman plenipotentiary nuncio legate patriarch metropolitan usher chamberlain
    steward lord-lieutenant constable chief superintendent inspector purser boatswain coxswain
    correspondent leader chargé boss prime-minister vicereine viceroy pro-consul senator
    embassador queene dutchess duchesse generall congressman publisher president-elect emissary
    """.split()
)

#: Trades and servants: one person with "my", "his", "the" where the text knows him.
TRADES = frozenset(
    """
    bookseller chirurgeon chyrurgeon surgeon goldsmith tailor taylor barber physician doctor
    apothecary lawyer clerk secretary butler footman footboy coachman groom ostler porter gardener
    cook cook-maid cookmaid cook-mayde maid mayde maidservant chambermaid chamber-maid
    chambermayde nurse governess tutor housekeeper servant manservant page valet waiter landlord
    landlady host hostess innkeeper carpenter joiner joyner plasterer painter limner glazier
    bricklayer mason smith blacksmith shoemaker cobbler hatter draper mercer milliner sempstress
    seamstress washerwoman laundress waterman sailor skipper pilot mate shipwright ropemaker
    merchant vintner brewer baker butcher grocer fishmonger poulterer chandler ironmonger
    stationer printer engraver instrument-maker watchmaker clockmaker locksmith cutler upholster
    upholsterer cabinetmaker singing-master music-master dancing-master master mistress boy
    musician organist fiddler lutanist player actor actress poet dramatist author historian
    solicitor scrivener notary banker broker bailiff executor tenant patron chauffeur driver
    typist stenographer bodyguard assistant deputy successor predecessor colleague friend partner
    neighbour neighbor playwright philosopher journalist economist scientist physicist novelist
    writer spy minister parson chaplain preacher schoolmaster schoolmistress teacher usher dentist
    oculist midwife executioner hangman watchman doorman jailer gaoler sexton parish-clerk
    messenger courier guide
    """.split()
)

#: Trades that stand for one person with "the" as well (others need "my", "his").
THE_TRADES = frozenset(
    """
    bookseller chirurgeon chyrurgeon surgeon goldsmith tailor taylor barber physician doctor
    apothecary lawyer clerk butler coachman gardener cook cook-maid cook-mayde maid mayde
    chambermaid housekeeper landlord landlady carpenter joiner joyner plasterer painter glazier
    bricklayer mason shoemaker draper mercer upholster upholsterer watchmaker instrument-maker
    stationer scrivener nurse midwife governess parson chaplain shipwright schoolmaster
    dancing-master singing-master music-master limner vintner purser porter solicitor
    """.split()
)

#: Adjectives that may stand between the determiner and the head.
ADJECTIVES = frozenset(
    """
    first second third fourth fifth eldest oldest elder older youngest younger young old little
    only own dear dearest beloved good poor late new former then present future great new-born
    last next deputy acting assistant vice under prime foreign defence defense interior finance
    trade press military naval cultural political commercial senior junior associate executive air
    chief high home war colonial lord permanent parliamentary private personal special general
    principal public financial scientific labour labor agricultural economic consular resident
    ordinary extraordinary current outgoing incoming newly-appointed minority majority opposition
    party singing dancing music writing school twin half step grand great-grand maiden paternal
    maternal unmarried married widowed sick lame fat tall ugly pretty honest english french german
    russian soviet british american italian spanish dutch polish czech czechoslovak japanese
    chinese turkish swedish danish norwegian finnish belgian swiss austrian hungarian romanian
    rumanian bulgarian yugoslav greek portuguese irish scottish scotch welsh indian egyptian
    israeli persian iranian iraqi cuban canadian australian mexican brazilian argentine pakistani
    afghan indonesian vietnamese korean venetian imperial royal papal west east north south
    conservative liberal socialist communist us u.s uk information disarmament intelligence
    security legal technical administrative staff bureau office policy planning relations affairs
    """.split()
)

NATIONALITIES = frozenset(
    """
    english french german russian soviet british american italian spanish dutch polish czech
    czechoslovak slovak japanese chinese turkish swedish danish norwegian finnish belgian swiss
    austrian hungarian romanian rumanian bulgarian yugoslav serbian croatian greek portuguese
    irish scottish scotch scots welsh indian egyptian israeli persian iranian iraqi cuban canadian
    australian mexican brazilian argentine chilean pakistani afghan indonesian vietnamese korean
    venetian florentine roman tuscan flemish hanoverian prussian bavarian saxon ukrainian georgian
    armenian lithuanian latvian estonian albanian syrian lebanese jordanian saudi arab arabian
    algerian tunisian moroccan ethiopian congolese ghanaian guinean nigerian kenyan burmese thai
    laotian lao viet cambodian mongolian siberian cossack tatar tartar jewish hebrew christian
    catholic protestant muslim moslem european asian african latin western eastern northern
    southern anglo-soviet anglo-french anglo-american anglo-german franco-soviet soviet-american
    us-soviet slav slavic baltic balkan norman celtic gallic teutonic yankee londoner parisian
    viennese berliner muscovite
    """.split()
)
