"""Given names across European languages, with nicknames and usual abbreviations, folded."""

from __future__ import annotations

GIVEN = frozenset(
    """
    aaron abel abigail abner abraham absalom ada adalbert adam adela adelaide adele adeline adlai
    adolf adolph adolphe adolphus adrian adriana adrienne agata agatha agnes agnieszka agostino
    ahmad ahmed aidan aileen aino akaki alain alan alastair alban albert alberta alberto albrecht
    aldo aldous alec alejandro aleksandar aleksander aleksandr aleksandra aleksei aleksey aleksy
    alessandra alessandro alex alexander alexandra alexandre alexandros alexei alexey alexis alf
    alfonso alfred alfredo algernon ali alice alina alisa alison alistair allan allen allison alma
    alois aloysius alphonse alvin amalia amanda ambrose amelia amelie amos amy ana anastas
    anastasia anastasiya anatole anatoli anatoliy anatoly anders andre andrea andreas andrei
    andrej andres andrew andrey andrzej andy aneurin angela angelica angelo angus anita ann anna
    annabel anne annette annie anselm anthony antoine anton antonia antonin antonio antony antti
    anwar apollon arabella archibald archie archy aretha ariel aristide aristides arkady arlene
    armand armando arnaud arne arnold arseny artem arthur artur arturo arvid astrid athanasius
    aubrey audrey august augusta auguste augustin augustine augusto augustus aurelia austen
    averell avraham axel bahram balthasar baptiste barbara barnabas barnaby barney barrie barry
    bart bartholomew bartolomeo basil beata beate beatrice beatrix beatriz becky bella ben
    benedetto benedict benedikt benito benjamin benno bernadette bernard bernardo bernd bernhard
    bernice bert berta berthe bertha berthold bertie bertram bertrand beryl bess bessie beth betsy
    betty beverley bianca bill billie billy birgit bjorn blanche bob bobby bogdan bohdan boleslaw
    boris bozena brad bradley branko brenda brendan brett brian bridget brigitte bronislaw bronwen
    bruce bruno bryan burt byron caesar calum calvin camilla camille candace cara carl carla carlo
    carlos carlotta carmen carol carole carolina caroline carolyn carrie carsten casimir caspar
    cassandra catalina caterina catharine catherine cathy cecil cecile cecilia cecily cedric
    celeste celia cesar cesare chaim charity charles charley charlie charlotte chester chet chiara
    chip chloe chris christa christabel christian christiana christina christine christoph
    christophe christopher chuck cicely claire clara clare clarence clarice clarissa claud claude
    claudia claudio claudius claus clayton clem clemence clemens clement clementina clementine
    cleopatra clifford clifton clint clive clotilde clyde colette colin connie connor conrad
    constance constantin constantine consuelo cora cordelia corinna cornelia cornelis cornelius
    cosimo cosmo courtenay craig crispin cristina curtis cuthbert cynthia cyril cyrus daisy dale
    damian dan daniel daniela daniele danielle danny dante daphne darius darrell dean dave david
    davy deborah debbie deirdre della denis denise dennis denys derek dermot desmond diana diane
    dick dickon diego dieter dietrich dilys dimitar dimitri dimitrios dina dino dirk djordje
    dmitri dmitriy dmitry dolly dolores dominic dominik dominique don donald donna dora dorcas
    doreen doris dorothea dorothy doug dougal douglas duff dugald duncan dusan dwight eamon earl
    earnest ebenezer eberhard eckhard ed eddie eddy edgar edith edmond edmund edmundo edna edoardo
    edouard eduard eduardo edvard edward edwin edwina eero effie egon eileen eino eirik ekaterina
    elaine eleanor eleanora elena eleonora elfriede eli elias elijah elinor elisa elisabeth elise
    elisha eliza elizabeth ella ellen ellie elliot elliott elmer elsa elsie elspeth elvira emanuel
    emerson emil emile emilia emilie emilio emily emma emmanuel emmanuelle emmeline emrys enid
    enoch enrico enrique ephraim erasmus eric erica erich erik erika erna ernest ernestine ernesto
    ernie ernst erwin esme esmond esteban estella estelle esther ethan ethel etienne ettore eugen
    eugene eugenia eugenie eugenio eunice eustace eva evan evangeline eve evelina eveline evelyn
    evie evgeni evgeny ewa ewald ewan ewen ezekiel ezra fabian fabio fabrice faisal fanny farouk
    fatima federico fedor felicia felicity felipe felix ferdinand fergus fernand fernando fidel
    filip filippo finlay fiona fletcher flora florian florrie floyd foy frances francesca
    francesco francine francis francisco franciszek franco francois francoise frank frankie
    franklin frans frantisek franz fraser fred freda freddie freddy frederic frederica frederick
    frederik fredrik freya frida frieda friedrich fritz fyodor gabriel gabriela gabriele gabriella
    gabrielle gaetano galeazzo galina gareth garry gary gaspar gaspard gaston gavin gavriil gemma
    gene genevieve gennadi gennady geoff geoffrey georg george georges georgette georgi georgia
    georgiana georgie georgina georgios georgiy georgy gerald geraldine gerard gerd gerda gerhard
    germaine gerry gertrude gervase giacomo gian gianni gideon gilbert gilberto gilda giles
    gillian gino giorgi giorgio giovanna giovanni giselle giulia giuliano giulio giuseppe gladys
    glen glenda glenn gloria godfrey godfried gonzalo gordon gottfried gottlieb grace gracie
    graham grandison greg gregor gregory greta gretchen grigori grigory griselda grzegorz gudrun
    guglielmo guido guillaume guillermo gunnar gunter gunther gus gustav gustave gustavo guy gwen
    gwendolen gwendoline gwyneth hal hamish hannah hannelore hannes hans harald harold harriet
    harriett harriette harrison harry hartmut harvey hassan hattie hazel heather hector hedwig
    heidi heinrich heinz helen helena helene helga helmut helmuth henk henri henrietta henriette
    henrik henrique henry henryk herbert heribert herman hermann hermione hester hetty hezekiah
    hideki hilaire hilary hilda hildegard hiram hiroshi homer honor honore hope horace horatia
    horatio horst hortense howard hubert hugh hugo humbert humfrey humphrey humphry hussein hyman
    iain ian ibrahim ida ignacio ignacy ignatius ignaz igor ike ilona ilse ilya imogen imre ina
    ines inga inge ingeborg ingmar ingrid ioan ioannis iolanthe iona iosif ira irena irene irina
    iris irma irving irwin isaac isaak isabel isabella isabelle isadora isaiah isidor isidore
    ismail isobel istvan ivan ivana ivar ivo ivor jabez jack jackie jacob jacopo jacqueline
    jacques jadwiga jaime jake jakob jakub jamal james jamie jan jana jane janet janice janina
    janos jaroslav jarvis jascha jasper jawaharlal jay jean jeanette jeanne jeannette jed jeff
    jefferson jeffrey jelena jem jemima jemmy jennie jennifer jenny jens jeremiah jeremy jerome
    jerry jerzy jess jesse jessica jessie jethro jill jim jimmie jimmy jindrich jiri jo joachim
    joan joanna joao joaquin job jocelyn jochen jock joe joel joey johan johann johanna johannes
    john johnnie johnny johnston jon jonah jonas jonathan joost jordi jorge jorgen josef joseph
    josephine josette josey josh joshua josiah josip jost jovan joyce jozef juan juana juanita
    judas judith judy jules julia julian juliana julie julien juliet juliette julio julius jurgen
    jurij justin justine justus kaarlo kamil karel karen karin karl karla karol karsten kaspar
    kasper kate katerina kath katharina katharine katherine kathleen kathryn kathy katia katie
    katja katrina katya kay kazimierz keith kemal ken kenneth kenny kersti kevin kim kirill
    kirsten kirsty kit kitty klara klaus klemens kliment knut konrad konstantin konstanty kostas
    kristian kristina kristof krystyna krzysztof kurt kyril lachlan ladislas ladislav lajos
    lambert lancelot larissa lars laszlo laura laurel laurence laurent lauri laurie lavinia
    lavrenti lavrentiy lavrenty lawrence lazar lea leah leander leif leila lemuel lena lenny leo
    leon leona leonard leonardo leonhard leonid leonidas leonie leonor leonora leopold leroy
    leslie lester letitia lettice lev levi lewis lidia lili lilian lilias lillian lily linda
    lionel lisa lise liselotte livia liz liza lizzie lizzy ljubomir llewellyn lloyd lois lola
    lorenz lorenzo loretta lorna lothar lottie lou louis louisa louise luc luca lucas luchino
    lucia luciano lucien lucilla lucille lucinda lucius lucrezia lucy ludmila ludovic ludovico
    ludvik ludwig luigi luis luisa luise luka lukas luke luther lutz luzia lyda lydia lyman lyndon
    lynn mabel mabs maddalena madeleine madeline madge mae magda magdalena maggie magnus maisie
    maksim malachi malcolm manfred manuel manuela marc marcel marcella marcelle marcello marcia
    marco marcos marcus mareike marek margaret margarete margarita margarethe margery margot
    marguerite mari maria marian mariana marianne marie marietta marija marina mario marion marius
    marjorie marjory mark markus marlene marmaduke marta martha martin martina martine martyn mary
    maryan masha mat mateo mathew mathias mathieu mathilda mathilde matilda matt matteo matthew
    matthias matthieu mattia maud maude maureen maurice mauricio mauritz maurizio mavis max maxim
    maxime maximilian maxine maxwell may mayhew mechthild meg mehmed mehmet melanie melissa
    melville mendel mercedes mercy meredith merle meyer micah michael michaela michal michel
    michele michelle mick mickey miguel mihail mihai mijo mike mikhail miklos mikolaj mildred
    miles millicent milly milos milovan milton mina minna minnie mira miranda miriam miroslav
    mischa misha mitzi moira moishe moll molly mona monica monika monique montague montgomery
    mordecai morgan moritz morris mortimer moses moshe muhammad muriel murray mustafa myra myrtle
    nadezhda nadia nadya nan nance nancy nanette naomi napoleon nat natalia natalie natalya
    natasha nathan nathaniel neal ned nehemiah neil nell nella nellie nelly nelson nestor neville
    newton niall niccolo nicholas nick nicky nicola nicolaas nicolai nicolas nicole nicolo niels
    nigel nikita nikola nikolai nikolaj nikolaos nikolas nikolaus nikolay nikos nils nina nino
    noah noel noela nolly nora norah norbert norma norman obadiah octavia octavius odette odo ola
    olaf olav ole oleg olga olive oliver olivia olivier olof omar ophelia orlando orson orville
    osbert oscar oskar osman osip osmund ossip oswald oswaldo otis ottavio otto ottokar owen pablo
    paddy pal palmiro pamela panagiotis paola paolo parker pasquale pat patience patricia patrick
    patsy patty paul paula paulina pauline paulo pavel pawel pearl pedro peg peggy penelope penny
    per percival percy peregrine perpetua perry pete peter petr petra petronella petros phebe phil
    philip philipp philippa philippe phillip phillips phineas phoebe phyllis pierce pierre
    pierpont piero piers pieter pietro pilar pinkney pippa piotr pius pleasant polly poppy
    priscilla prosper prudence pyotr quentin quincy rab rachel rada radomir rafael rahul rainer
    raisa ralf ralph ramon ramsay ramsey randal randall randolph raoul raphael raul ray raymond
    raymund rebecca reg reggie regina reginald reinhard reinhold remi remus renata renate renato
    rene renee reuben reuel rex rhoda rhys ricardo riccardo richard rita roald rob robbie robert
    roberta roberto robin roderick rodion rodney rodolfo rodrigo roger roland rolf rollo roma
    romain roman romeo romilly ron ronald ronnie rory rosa rosalia rosalie rosalind rosamond
    rosamund rosanna rosario rose rosemary rosie rosina ross rowena rowland roxana roy ruben rubin
    rudolf rudolph rudolphe rudy rufus rupert russ russell ruth ruy ruthven ryan sabina sabine
    sacha sadie salih sally salome salvador salvatore sam samantha samson samuel sandor sandra
    sandro sandy sanjay santiago sara sarah sasha saul savva sean seamus sebastian sebastien
    selina selma selwyn semyon septimus serafina serge sergei sergej sergey sergio sergo seth
    severin seymour shadrach shamus sheila shelagh sheldon sherlock sherman shirley sholto sibyl
    sidney siegfried sigismund sigmund sigrid silas silvester silvia silvio simeon simon simona
    simone simonetta sinclair siobhan sofia solomon sonia sonya sophia sophie sophy soren spencer
    spiro spiros stafford stan stanislas stanislav stanislaw stanley stavros stefan stefania
    stefano steffen stella stepan stephan stephanie stephen sterling steve steven stewart stig
    stuart suleiman sue susan susanna susannah susanne susie suzanne svein sven svetlana sybil
    sydney sylvester sylvia tabitha tadeusz tamara tam tanya tatiana tatyana ted teddy terence
    teresa teri terry tess tessa thaddeus thea theo theobald theodor theodora theodore theodosia
    theophila theophilus theresa therese thomas thomasina thorsten thor tibor tilda tilly tim
    timofei timothy tina tito titus tobias toby todd tom tomas tomasz tommaso tommy toni tony tore
    tove tracy trevor tristan tristram trofim trudy trygve tycho tyler ulf ulrich ulrike ulysses
    umberto una upton urban uriah ursula uwe vaclav val valentin valentina valentine valeri
    valerian valerie valery vanessa vasil vasili vasily vassily venetia vera vernon veronica
    veronika veronique vic vicente vicky victor victoria viktor vilhelm villem vilma vincent
    vincenzo viola violet violetta virgil virginia virginie vita vito vittorio vivian vivien vlad
    vladimir vladislav vladimira vladislaw vojtech volker volodymyr vsevolod vyacheslav waldemar
    waldo walker wallace wallis wally walt walter warren washington wat wenceslas wendell wendy
    werner wes wesley wilbur wilfred wilfrid wilhelm wilhelmina wilkie will willem william willie
    willis willoughby willy wilma wim winifred winnie winston winthrop wladyslaw wojciech wolf
    wolfgang woodrow wystan xavier xenia yakov yannis yehudi yevgeni yevgeny yolanda yosef yuri
    yuriy yury yves yvette yvonne zachariah zachary zara zbigniew zdenek zelda zena zenobia
    zinaida zinovy zita zoe zofia zoltan zora zsuzsa zygmunt wm geo chas thos jas jno robt richd
    edw edwd saml benj nathl danl fredk tho ric hen mao chiang zhou deng lin liu chou hirohito
    indira rajiv mohandas subhas mohammed mohamed mahmoud abdul abdullah yusuf yasser golda
    menachem yitzhak levon anush aram tigran ashot eleni lavrentii mykola oleksandr oksana taras
    bohuslav milada gustaw zoran slobodan ljuba mirko nikica petar stjepan todor tsanko vulko
    georgiu nicolae ion gheorghe elie mircea traian agnia ivy jemmima temperance faith honoria
    keziah kezia tamsin besse doll nanny sukey florence
    akira alejandra alvaro andree anil anja anneke annika ansel aoife arjun arno ashok aurelio
    ayodele barbro benoit bente beppe bertil birgitta brandon buddy burhan caitlin chandra
    charlene cheryl chinua christiane ciaran cody courtney dagmar dalia damir danilo dariusz
    darlene darren debra deepak deniz derrick detlef domingo donatella dorota dragan duane edda
    efraim einar elif elisabetta elke emanuele emre erin fabrizio fatemeh ferenc fernanda
    franziska frits gilles goran gordana graciela gregg gyorgy gyula hakan haruki hayley heike
    henning hilde hossein ichiro jacek jared jasmine jason javier jenna jesper joanne jodie jomo
    jorg jose josefina joszef juha juhani kamal kasimir katarina katarzyna kazuo keiko kenji
    khalid kimberly kofi kristen kristin kwame kwesi kyle lakshmi larry lauren leopoldo liam
    liaquat liesl lori lotte maja malgorzata mandy marcelo margie margit margrethe mariano marilyn
    marit marsha marvin masao mattias mauro megan mehdi melvin michiel mikael mikko milena milica
    mindy mohammad nadine naoto nasser ngozi niamh nnamdi olusegun orhan patrice patrizia pekka
    priya rajesh ramesh randy reza rhonda rick ricky rocco ronan rudi ruslan samir sebastiano
    sharon shawn sherry shigeru shimon sipho solveig stacey stacy steinar sture sunil suresh
    takashi takeshi tammy tara tariq teodor terri thabo thierry torsten tracey travis tricia trish
    tullio tunde urho vallabhbhai vasco verna vicki vickie vijay vince wanda wayne whitney wieslaw
    willi witold xander yael yasmin yehuda yoko yoshio zach zvi
    """.split()
)

#: Given names that are also ordinary words, titles, months or places: alone they prove little.
AMBIGUOUS = frozenset(
    """
    will mark may june april grace faith hope joy rose frank bill art gene guy rich ray drew pat
    sue dawn ivy olive lily pearl ruby violet iris heather amber rob miles grant dean victor angel
    jan august florence virginia georgia carolina charlotte victoria sydney paris israel jordan
    chad austin lee job mercy prudence patience honor honour temperance charity penny daisy poppy
    hazel christian major king prince earl duke page chip pleasant constance pierce roman urban
    dale glen washington franklin jefferson lincoln melville warren val ion per don sterling wolf
    ola mat tam una alma pan wat hal nick dick jack bob sandy rusty max homer roma ed olympia
    sofia augusta philippi elector regina santiago salvador san rosario diego troy morris jasper
    orlando columbia lance mike josh chase buck pole moll doll nan peg pal rex rollo scot odd mina
    lois clement case newton wells nelson montgomery sherman dakota madison preston stafford
    chester lancaster
    """.split()
)
