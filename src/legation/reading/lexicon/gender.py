"""What shows that a name or description is a man's or a woman's."""

from __future__ import annotations

from typing import Final

MALE_WORDS: Final = frozenset(
    """
    mr messrs sir lord king prince duke earl count baron viscount marquis monsieur herr signor
    senor don dom father brother son uncle nephew husband grandfather grandson stepfather stepson
    stepbrother father-in-law brother-in-law son-in-law godfather godson widower bridegroom papa
    dad daddy grandpa grandad man boy gentleman lad fellow chap monk friar bishop archbishop pope
    emperor tsar czar kaiser sultan shah emir captain colonel general admiral major lieutenant
    sergeant corporal marshal commander rev reverend parson vicar rector curate dean butler
    footman coachman groom waterman fisherman workman policeman postman clergyman chairman
    alderman congressman statesman salesman sailor soldier half-brother twin-brother goodman
    master squire esquire esq abbot priest chaplain rabbi bachelor host landlord actor waiter
    footboy page fiance schoolmaster nobleman husbandman stepdad sheriff youth dustman foreman
    frenchman englishman dutchman irishman scotchman scotsman welshman countryman cowboy king's
    knight baronet archduke regent comrade blacksmith carpenter miner cardinal deacon canon
    """.split()
)
FEMALE_WORDS: Final = frozenset(
    """
    mrs miss ms mme mlle madame madam mademoiselle lady queen princess duchess dutchess countess
    baroness viscountess marchioness frau fraulein signora signorina senora senorita dona dame
    mother sister daughter aunt niece wife grandmother granddaughter stepmother stepdaughter
    stepsister mother-in-law sister-in-law daughter-in-law godmother goddaughter widow bride
    mama mamma mum mom mummy mommy grandma granny auntie woman girl maid mayde cook-maid
    cookmaid chambermaid housekeeper governess nurse landlady hostess nun abbess empress tsarina
    infanta dauphine electress mistress goodwife goody queene actress ambassadress seamstress
    sempstress laundress washerwoman midwife waitress schoolmistress headmistress chairwoman
    congresswoman spinster ladyship lass half-sister twin-sister fiancee heiress maidservant
    gentlewoman charwoman prioress vicereine dowager dairymaid milkmaid
    """.split()
)
FEMALE_NAMES: Final = frozenset(
    """
    abigail ada adela adelaide adele agatha agnes aileen alexandra alice alicia alison amanda
    amelia amy anastasia andrea angela angelica anita ann anna annabel anne annette annie antonia
    arabella audrey aurelia barbara beata beatrice beatrix becky bella bernice bertha beryl bess
    bessie beth betsy betty bianca blanche bridget camilla candace carla carlotta carol carole
    carolina caroline catalina caterina catharine catherine cathy cecilia cecily celeste celia
    charity charlotte cherry chloe christa christabel christiana christina christine clara clare
    clarissa clarice claudia clementine clotilda constance constantia cora cordelia corinna
    cynthia daisy daphne deborah deirdre delia denise diana dinah dolly dolores dora doreen doris
    dorothea dorothy edith edna effie eileen elaine eleanor elena elinor eliza elizabeth ella
    ellen elsa elsie emilia emily emma enid erica esmeralda estelle esther ethel eugenia eunice
    eva evangeline eve evelina eveline evelyn faith fanny felicity fiona flora florence frances
    francesca freda frederica gabriella galina georgiana georgina geraldine gertrude gladys gloria
    grace greta gretchen gwen gwendolen hannah harriet hazel heather helen helena henrietta hester
    hilda honor honora hope hortense ida imogen ingrid irene iris isabel isabella isobel ivy jane
    janet janice jean jeanne jemima jennie jennifer jenny jessica jessie jill joan joanna josephine
    joy joyce judith judy julia juliana julie juliet june karen kate katharine katherine kathleen
    kathy katie katya kitty lavinia laura leah leila lena leonora letitia lilian lillian lily linda
    lisa liza lizzie lois lola lottie louisa louise lucia lucinda lucretia lucy lydia mabel
    madeleine madge maggie maisie malvina mamie marcella margaret margery margot maria marian
    marianne marie marina marion marjorie martha mary matilda maud maude mavis may meg melissa
    mercy mildred millicent millie minnie miranda miriam moira molly mona monica muriel myra
    myrtle nadia nan nancy naomi natalia natalie natasha nell nelly nettie nina nora norah octavia
    olga olive olivia ophelia pamela patience patricia paula pauline peggy penelope philippa
    phoebe phyllis polly priscilla prudence rachel rebecca rhoda rita roberta rosa rosalie
    rosalind rosamond rose rosemary rosie roxana ruby ruth sabina sadie sally salome sarah selina
    sheila sibyl silvia sonia sophia sophie sophy stella susan susanna susannah susie suzanne
    svetlana sybil sylvia tabitha tamara tatiana tess thelma theodora theresa tilly ursula
    valentina valerie vanessa vera verena veronica victoria viola violet virginia vivien wanda
    wendy wilhelmina winifred xenia yolande yvette yvonne zoe
    """.split()
)
#: Given names that are not women's as a rule; the register of given names has both.
MALE_NAMES: Final = frozenset(
    """
    aaron abel abraham adam adolf adrian alan albert alec alex alexander alexei alfred algernon
    allan allen alphonse ambrose amos andrei andrew angus anthony antoine anton antonio archibald
    archie arnold arthur august augustus aubrey barnaby barney barry bartholomew basil ben
    benedict benjamin bernard bert bertie bertram bill billy bob bobby boris brian bruce bruno
    carl carlos casper cecil charles charley charlie chester chris christopher clarence claude
    clement clifford clive cornelius cyril dan daniel david denis dennis derek desmond dick
    dmitri donald douglas duncan dwight edgar edmund edward edwin elias emil eric ernest eugene
    evan felix ferdinand francis francois frank franz fred frederick fritz gabriel geoffrey george
    gerald gerard gilbert giles godfrey gordon graham gregory guy hal hans harold harry harvey
    hector henri henry herbert hercules herman horace horatio howard hubert hugh hugo humphrey ian
    igor isaac ivan jack jacob jacques jake james jasper jean-paul jeff jeremiah jeremy jerome
    jerry jim jimmy joachim joe joel john johnny jonathan jose joseph joshua josiah juan jules
    julian julius justin karl keith kenneth konrad lancelot laurence lawrence leo leon leonard
    leonid leopold leslie lewis lionel louis lucas ludwig luigi luke malcolm marcel marco mark
    martin matthew maurice maxim max michael michel mick miguel mike mikhail miles montague
    morris moses nathan nathaniel ned neil nicholas nick nigel nikita nikolai noel norman oliver
    oscar oswald otto owen pablo patrick paul pedro percival percy peregrine peter phil philip
    pierre quentin ralph ramsay randolph raphael raymond reginald rex richard robert robin rodney
    roger roland ronald rory roy rudolf rufus rupert samuel sam sandy saul scott sebastian serge
    sergei seth sidney silas simon solomon stanley stephen steve steven stewart stuart sydney ted
    terence theodore thomas tim timothy toby tom tommy tony ulysses valentine vernon victor
    vincent vladimir vyacheslav wallace walter warren wilfred wilhelm will william willie winston
    yuri
    """.split()
)
#: Words for somebody who is no known person's name; a determiner stands before them.
SOMEBODY: Final = frozenset(
    """
    man woman boy girl gentleman lady lad fellow chap stranger child youth person visitor guest
    stranger traveller traveler passenger soldier sailor officer policeman voice creature friend
    companion neighbour neighbor speaker boys girls men women others crowd people elder younger
    other latter former inspector detective cowboy rider priest monk nun invalid patient client
    customer prisoner captive hunter student pupil hero heroine widower bachelor spinster
    narrator scout pilot peasant farmer beggar thief pirate sergeant corporal trooper sheriff
    urchin infant kid baby tramp rascal villain scoundrel youngster maiden damsel matron spinster
    hostess guide clerk hermit cripple fugitive convict warder gaoler foreman squire boatman
    duke duchess cat rabbit mouse caterpillar turtle bird dog horse lawyer ghost
    """.split()
)
