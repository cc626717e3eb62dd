"""Capitalised words that are not names of people, and ordinary words that open sentences."""

from __future__ import annotations

#: Never a name of a person, or so seldom that only a title can make it one.
FUNCTION = frozenset(
    """
    i a an the this that these those he she it we you they thou thee ye his her hers its our ours
    your yours their theirs my mine thy thine me him them us himself herself itself myself
    themselves ourselves yourself and but or nor for yet so if then than when whenever where
    wherever while whilst who whom whose which what whatever why how however as at by in on of to
    from with without within into onto upon over under after before during since until till though
    although because moreover therefore thus hence thence whence whither hither thither indeed
    meanwhile nevertheless nonetheless furthermore besides also another any all both each every
    either neither few many more most much no none not nothing now once one two three four five
    six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million only
    other others some such still there here yes oh ah alas well perhaps maybe even ever never just
    did do does done doing is are was were be been being am has have had having can could may
    might must shall should will would let lest against among amongst amid around about above
    below between beyond beside behind across along alongside near off out up down through
    throughout toward towards per via except despite unlike like concerning regarding according
    owing instead again later earlier soon sooner presently afterwards afterward first firstly
    second secondly third thirdly lastly last next finally eventually initially originally
    subsequently previously recently formerly formally today tomorrow yesterday tonight to-day
    to-morrow to-night somehow somewhere somebody something someone anybody anyone anything
    everybody everyone everything nobody whoever whichever same very too quite rather almost
    already always often sometimes seldom usually generally apparently evidently obviously
    certainly probably possibly clearly naturally fortunately unfortunately surely truly really
    actually simply merely mainly partly mostly largely hardly scarcely barely nearly else
    otherwise ere twas tis hath doth art wast wert shalt wilt couldst wouldst betwixt unto whereas
    whereupon thereupon hereupon herein therein wherein whereof thereof hereof thereby whereby o
    ay aye nay january february march april june july august september october november december
    jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday
    saturday sunday mon tue tues wed thu thur thurs fri sat sun christmas easter whitsun
    whitsuntide michaelmas lent shrove pentecost advent candlemas lammas ladyday noon night
    morning evening afternoon spring summer autumn winter god gods heaven heavens almighty christ
    jesus saviour messiah devil satan bible gospel scripture trinity ghost providence
    """.split()
)

#: Bodies, things of state, and learned words that are often capitalised.
NON_NAMES = frozenset(
    """
    parliament congress senate commons lords cabinet government administration state states
    department office offices embassy ministry committee commission council party league nations
    nation united union soviet soviets republic kingdom empire commonwealth bloc alliance axis
    allies powers power conservatives labour liberals communist communists communism bolshevik
    bolsheviks bolshevism menshevik mensheviks marxist marxists marxism leninist leninism
    stalinist stalinism trotskyist trotskyists nazi nazis nazism fascist fascists fascism
    socialist socialists socialism zionist zionists tory tories whig whigs papist papists
    presbyterian presbyterians quaker quakers anabaptist fanatiques fanatics catholics protestants
    jews jew christians christianity islam muslims church bench court courts crown throne treasury
    exchequer admiralty navy army air force forces royal imperial majesty majesties highness grace
    excellency excellencies lordship ladyship eminence holiness worship honour worships gentlemen
    ladies chapter book part volume section appendix article articles page pages paragraph note
    notes ibid subject participants reference references summary source secret confidential top
    eyes policy draft enclosure attachment annex telegram despatch dispatch memorandum memcon memo
    letter record conversation report nato voa un mi5 mi6 bbc nkvd gru kgb gpu ogpu cia fbi mp mps
    wwi wwii tass reuters reuter pravda izvestia izvestiya times herald tribune world war civil
    revolution treaty agreement pact conference conferences western eastern northern southern east
    west north south central middle far near mid european europeans english englishman englishmen
    french frenchman frenchmen german germans russian russians britons british briton american
    americans italian italians spaniard spaniards dutch dutchman dutchmen pole poles czech czechs
    slovaks japanese chinese turk turks turkish swede swedes dane danes finn finns belgian
    belgians swiss austrian austrians hungarian hungarians romanian romanians rumanian rumanians
    bulgarian bulgarians yugoslav yugoslavs serb serbs croat croats greek greeks irish irishman
    scot scots scotch scotsman welsh indian indians arab arabs persian persians cuban cubans
    canadian canadians australian australians mexican mexicans latin hebrew asian asians african
    africans moslem moslems anglo sino franco us usa u.s u.s.s.r uk eec seato cento saceur shape
    oas ussr rsfsr gdr frg drv prc chicom cpsu politburo presidium kremlin comintern cominform
    duma bundestag reichstag reich gestapo luftwaffe wehrmacht wall iron curtain cold internet
    english-speaking sabbath lord's mass communion prayer psalm psalms genesis exodus act acts
    bill bills law laws statute charter constitution declaration resolution amendment motion order
    orders decree ultimatum protocol speech address message proposal proposals plan question
    questions answer problem problems point points issue issues item items ambassadors ministers
    secretaries presidents princes kings queens dukes ally security assembly general staff
    headquarters mission delegation foreign interior defense defence home external internal
    affairs trade commerce labor agriculture finance information education justice health
    transport science culture intelligence hi hello goodbye dear sincerely faithfully yours
    regards thanks amen adieu farewell hail hurrah north-west south-east north-east south-west gmt
    est p.m a.m a.d b.c esq jr sr ps nb re cc fyi republican republicans democrat democrats
    democratic circuit district senator hms uss privy seal seale crowne ordnance excise customs
    customes victualling accounts history victuallers treasurers commanders commissioners brethren
    fellows almoner coronation editorial pentagon aeroflot allied congressional govt govts sov
    sovs aide-memoire lend-lease troika deptel embtel topol polto nodis limdis exdis airgram cable
    dept emb secto tosec
    lunch luncheon luncheons lunched dinner dinners dined supper suppers breakfast breakfasts
    breakfasted brunch coffee cocktail cocktails drinks beers telephone telephoned phone phoned
    zoom skype facetime met meeting meetings chat chatted call calls catch-up stand-up
    """.split()
)

#: Ordinary words that open sentences or headings; lower case elsewhere in most texts.
OPENERS = frozenset(
    """
    up home late early abroad dined supped lunched rose lay waked walked went came called met
    found took gave made said told asked answered replied wrote read saw heard sent got sat stood
    spoke spent stayed staid returned arrived left began ended thought felt knew hoped feared
    resolved being having going coming seeing hearing finding taking making walking talking dining
    reading writing lying thinking waiting looking following given taken considering regarding
    speaking business dinner supper lunch breakfast meeting news talk talks discussion discussions
    conversations negotiations relations people men women man woman children child boy girl boys
    girls friend friends family life death love time times day days week weeks month months year
    years century hour hours minute minutes moment great good bad long short little large small
    big old new young high low full whole true false real right wrong hot cold fine fair foul wet
    dry dark light strong weak hard soft easy difficult possible impossible important necessary
    certain different similar common public private personal national international political
    economic social military naval nuclear atomic technical scientific diplomatic official
    unofficial formal informal basic general special particular main chief major minor key
    critical serious further additional several various numerous half quarter double single total
    present past future current recent absent according accordingly actual after-dinner agree
    agreed agreeing always ambassadorial among amount another appears approach argument arms
    around arrival aside assessment attempts attitude available away back background bed before
    beginning behaviour believe best better bless body both boat bread break brief bring broad
    brought build busy buy call calls can capital care carried case cases cause causes chance
    change changes character charge choice church circumstances citizens city claim class clean
    clear close closed coach come comes comment comments commercial communication complete concern
    concerned condition conditions consider consideration constant contact contacts content
    continue control copies copy cost could countries country couple course cover crowd cry cut
    danger daily damage dance date dead deal dear debate decision decisions deep delay demand
    demands despite detail details development developments difference difficulties direct
    disarmament discourse doctor doubt doubtless draw dress drink drive drunk duty each earth
    editor effect effort efforts elections else emphasis empty encouraging end enemy enough entire
    especially essentially establishment events everywhere evidence exactly example exchange
    excellent excuse experience explain expression extra eye eyes face fact facts failure faith
    fall fashion fast fate fear feelings fetch fight figures fire fish follow food foot force
    foreign form fortune forward forty free freedom fresh friday friendship front fruit fun funny
    gentle gentleman get gets gift glad go goes gold gone government grand grant grave gray green
    ground group groups grow guess guest guests guard guns hand hands happily happiness happy hat
    hate head health heart heat heavy hell help hers hide hill history hold holding hope horrible
    horse horses hospital host hotel house houses human hundred hurry hurt husband ice idea ideas
    identity immediate immediately importance improvement inasmuch increase increased independent
    individual industry influence inflation initial inside insofar intelligence intention interest
    interesting interests issue job join joint journey judging justice keep kept kill kind kindly
    king kings kiss know knowledge knowing lack lad lady land language law laws lead leaders
    leadership leading learn learning least leave leaving legal less lessons letters level lie
    limited line list listen literature live lived lives living local london lonely look looks
    lord lords loss lost lot loud luck machine mail maintenance majority make master mate material
    matter matters mean means measures mention mentioning mere merry method methods middle mighty
    mind minister ministers money moral morning mother mountain mouth move movement murder music
    mutual name names nation native nature neighbours next nice nights noble noise nonsense normal
    nothing notice number numbers obedience object objective obstacles occasion odd officer
    officers officials often oil older once open opening opinion opinions opponents opportunity
    opposition orders organization others ought ourselves outside own paper papers pardon parents
    parties pass passing patience pay peace peaceful penny perfect performance period permission
    person persons physical picture piece place places play please pleasure plenty police policy
    poor popular position positive possession poverty powerful practical praise prayers
    preparations presence press pressure pretty price pride principal principle prisoners prizes
    probable proceed production professor progress promise promises proof proper property
    propaganda prospects proud publication purpose put quality quarters queen quick quickly quiet
    race radio rain raise rates reaction reader ready reality reason reasons red regular relation
    release religion remarkable remember reply reports representatives request research response
    rest result results return revolution rich ride ring rise risk river road roads room rooms
    round rules run running rush russian sad safe sail salt sand save school sea season seat
    secrecy secretary see seems seen self send sense sentence separate servants service set
    settlement sharp ship ships shop shout show shut sick side sight sign silence silver simple
    sin sing sir sister sit situation size skill sky slaves sleep slow smile smoke snow society
    soldiers solution somebody songs soon sorry sort soul sound source sources sovereign space
    speak speech spirit spite spot stage stand standing star start statement statements stations
    stay steps stick stocks stone stop stories storm story strange stranger street strength
    strictly strike students study stuff style success sudden suddenly sugar suicide sun support
    suppose sure surprise suspicion sweet swords sympathy system table take tale tall task taste
    tax tea teach tears telephone tell temper tension terms terrible test tests testing text thank
    thanks theory things think thousands throw ticket tide tied till title tone tongue tools touch
    tough tour town trade tradition traffic train translation travel treason treasure treaties
    trees trial tribes tried trip troops trouble trust truth try turn turning twice type ugly
    ultimately uncle understand understanding unity unless upper use used useful useless vain
    value vast vegetables version victory view views village violence visit visitors voice vote
    votes wages wait waiters wake walk wall walls want wanted war warm washing waste watch water
    wealth weather wedding welcome west whether white wholly wicked wide wife wild willing wind
    window wine wise wish witness wives wonder wonderful wood word words work workers working
    world worse worst worth wound writers yard yellow youth theatre tavern alehouse dolphin opera
    masque duel plague comet coronation prologue gentry nobility clergy bishops apprentices seamen
    watermen merchants goldsmiths notwithstanding provided whereof item imprimis attention warning
    note drove rang ran flew rung met
    """.split()
)
