"""Places of general knowledge, and words that end the name of a place, house, ship or firm."""

from __future__ import annotations

PLACES = frozenset(
    """
    london paris berlin moscow washington rome vienna prague warsaw geneva munich leningrad
    petersburg petrograd stalingrad volgograd kiev kyiv kharkov odessa minsk tokyo kyoto osaka
    peking peiping beijing delhi bombay calcutta madras karachi lahore kabul cairo alexandria
    madrid barcelona seville lisbon porto brussels antwerp bruges ghent ostend stockholm
    gothenburg uppsala oslo bergen helsinki budapest bucharest belgrade zagreb sarajevo athens
    salonika ankara istanbul constantinople smyrna tehran baghdad basra damascus beirut jerusalem
    haifa dublin cork belfast edinburgh glasgow aberdeen dundee perth inverness leith oxford
    cambridge york boston chicago philadelphia baltimore detroit cleveland pittsburgh buffalo
    seattle denver houston dallas miami atlanta orlando manhattan brooklyn harlem broadway
    hollywood havana yalta potsdam danzig gdansk cracow krakow lvov lwow poznan lublin dunkirk
    calais boulogne dieppe havre rouen dover folkestone omsk tomsk irkutsk novosibirsk samara
    kuibyshev saratov kazan gorky sverdlovsk vladivostok archangel murmansk tbilisi tiflis baku
    yerevan tashkent riga tallinn reval kaunas vilnius vilna bonn cologne dusseldorf hamburg
    bremen frankfurt stuttgart nuremberg leipzig dresden hanover heidelberg strasbourg lyons lyon
    marseilles marseille toulon nice cannes monaco bordeaux nantes brest versailles compiegne
    vichy locarno lausanne zurich basle basel berne bern lugano milan turin genoa venice verona
    florence pisa naples palermo messina malta gibraltar tangier tangiers algiers tunis tripoli
    casablanca hague amsterdam rotterdam leyden leiden utrecht delft haarlem breda flushing
    copenhagen elsinore sofia shanghai nanking canton hongkong singapore saigon hanoi bangkok
    rangoon manila jakarta seoul pyongyang canberra sydney melbourne wellington ottawa montreal
    toronto quebec vancouver halifax rio brasilia caracas bogota lima santiago panama luxembourg
    strasburg salzburg innsbruck graz linz trieste fiume britain england scotland wales ireland
    france germany italy spain portugal russia ussr poland czechoslovakia hungary romania rumania
    bulgaria yugoslavia serbia croatia montenegro albania greece turkey finland sweden norway
    denmark holland netherlands belgium flanders switzerland austria estonia latvia lithuania
    china japan india persia iran iraq egypt israel palestine syria lebanon jordan arabia yemen
    africa asia europe america canada australia mexico cuba brazil argentina chile peru bolivia
    colombia venezuela uruguay paraguay ecuador guatemala nicaragua honduras haiti jamaica
    barbados bermuda laos vietnam cambodia thailand siam burma malaya indonesia philippines
    formosa taiwan tibet nepal ceylon pakistan afghanistan korea mongolia siberia manchuria
    manchukuo sudetenland silesia bohemia moravia slovakia galicia ukraine ukrainia byelorussia
    belorussia belarus georgia armenia azerbaijan kazakhstan uzbekistan turkmenistan crimea
    caucasus urals volga don dnieper danube rhine ruhr saar saxony bavaria prussia pomerania
    brandenburg westphalia hesse thuringia rhineland alsace lorraine normandy brittany burgundy
    gascony provence savoy piedmont lombardy tuscany sicily sardinia corsica castile catalonia
    andalusia guinea congo katanga ghana nigeria kenya uganda tanganyika rhodesia angola
    mozambique ethiopia abyssinia somalia sudan libya algeria tunisia morocco senegal mali liberia
    madagascar zanzibar kremlin lubyanka whitehall westminster wapping deptford greenwich woolwich
    chatham rochester gravesend limehouse rotherhithe ratcliffe southwark lambeth vauxhall chelsea
    kensington hampstead highgate islington holborn clerkenwell smithfield moorfields cheapside
    cornhill lombard aldgate aldersgate ludgate newgate bishopsgate billingsgate blackfriars
    whitefriars charing strand piccadilly mayfair soho bloomsbury marylebone paddington hackney
    stepney mile bow barking erith dagenham epsom richmond kew twickenham hampton windsor eton
    harwich portsmouth plymouth southampton yarmouth sheerness queenborough margate ramsgate deal
    sandwich hythe rye hastings brighton bath bristol exeter winchester salisbury gloucester
    worcester hereford oxfordshire huntingdon brampton norwich ipswich colchester chelmsford
    bedford northampton leicester nottingham derby lincoln stamford durham newcastle carlisle
    berwick lancaster liverpool manchester birmingham leeds sheffield bradford hull wakefield
    barnet ware puckeridge royston ely canterbury maidstone guildford reading newbury marlborough
    cardiff swansea chester shrewsbury coventry warwick stratford devon devonshire cornwall dorset
    somerset wiltshire hampshire sussex kent surrey essex suffolk norfolk cambridgeshire
    lincolnshire yorkshire lancashire cheshire shropshire staffordshire derbyshire nottinghamshire
    bedfordshire buckinghamshire hertfordshire middlesex berkshire gloucestershire worcestershire
    herefordshire northumberland cumberland westmorland midlands wight jersey guernsey man orkney
    shetland hebrides highlands thames severn medway trent tyne humber tweed clyde shannon seine
    loire rhone somme marne meuse scheldt elbe oder vistula neva tiber po nile ganges mississippi
    missouri potomac hudson atlantic pacific baltic mediterranean adriatic aegean bosphorus
    dardanelles downs swale nore texel vlie baltique scheveling scheveningen virginia texas
    california massachusetts carolina dakota kansas ohio illinois alabama louisiana kentucky
    tennessee maryland delaware connecticut vermont maine michigan wisconsin minnesota iowa
    nebraska oklahoma arkansas colorado wyoming montana idaho nevada utah arizona oregon alaska
    hawaii florida pennsylvania indiana dakotas surinam brasil indies levant barbary scanderoon
    iceland greenland balkans benelux scandinavia anatolia macedonia thrace transylvania
    bessarabia bukovina ruthenia vatican bermudas tanger eden peloponnese crete cyprus rhodes
    corfu babylon jericho bethlehem nazareth troy carthage sparta mecca medina sinai suez aden
    """.split()
)

#: After a capitalised word these make a street, house, water or building of it.
PLACE_TAILS = frozenset(
    """
    street st road rd avenue ave lane square court yard gate alley row close crescent terrace
    place gardens garden park parks house houses hall castle palace hotel inn tavern lodge manor
    mansion cottage farm abbey church chapel cathedral minster college school university bridge
    hill hills mount mountain mountains fields field market stairs wharf dock docks harbour harbor
    port island islands isle river lake sea ocean bay gulf strait straits channel creek valley
    forest wood woods heath common moor marsh beach coast cape point fort tower towers city county
    town village province district region territory peninsula station airport airfield base camp
    building buildings museum gallery theatre theater library hospital prison asylum exchange bank
    club coffee coffeehouse alehouse ferry cross circus green grange hole corner end walls wall
    chamber chambers room rooms office ordinary bar restaurant cafe villa dacha estate mill mills
    churchyard inn-fields streete parke taverne inne fayre fair alms-house almshouse stayres
    gatehouse lodgings parish shire wells works canal dam pier quay stage playhouse walk walks way
    """.split()
)

#: After a capitalised word these make a firm, body, paper, ship or event of it.
ORGANISATION_TAILS = frozenset(
    """
    company co corp corporation inc ltd limited brothers bros sons society association union
    league party committee commission council conference congress convention parliament assembly
    senate board bureau agency department ministry embassy consulate legation mission delegation
    secretariat institute institution academy foundation fund trust press times herald tribune
    post mail news telegraph guardian chronicle gazette journal review express observer monitor
    star standard magazine daily weekly weekblatt zeitung quarterly service services force forces
    army navy fleet corps regiment brigade division battalion squadron command staff police guard
    guards treaty pact agreement accord accords protocol plan act bill law doctrine declaration
    charter note speech proposal proposals formula report statement communique memorandum telegram
    letter letters affair crisis case question problem line front bloc group team administration
    government cabinet regime republic kingdom empire state states nation nations war revolution
    rebellion uprising battle campaign operation project programme program policy summit meeting
    talks exchange week day night prize award medal order museum ship boat yacht frigate sloop
    train airlines railway tests test ban era age century method theory effect industries motors
    """.split()
)

#: Places among them that are also surnames or titles of people; the others never stand for one.
SURNAME_PLACES = frozenset(
    """
    york lincoln washington houston dallas austin denver cleveland jackson wellington melbourne
    sydney halifax hudson hastings sandwich warwick salisbury lancaster stafford stamford durham
    newcastle carlisle berwick bradford sheffield hull wakefield barnet ware ely canterbury
    guildford reading marlborough chester shrewsbury coventry stratford devonshire cornwall dorset
    somerset norfolk suffolk essex kent sussex surrey northumberland cumberland westmorland
    albemarle man severn trent humber tweed clyde shannon derby bedford northampton leicester
    nottingham gloucester worcester hereford huntingdon brampton windsor eton harwich portsmouth
    plymouth southampton yarmouth deal rye bath bristol exeter winchester rochester chatham
    greenwich gravesend strand richmond kew hampton london paris holland england ireland france
    scotland wales jordan georgia florence sofia virginia carolina victoria alexandria chad israel
    brest montgomery perth leith cork gordon buffalo orlando manila aden eden troy medina lima
    lyons lyon bergen potter brown rhodes don po mecklenburg saxe orange berne bern nice milan
    verona montana nevada dakota delaware indiana charing hackney epsom bow barking erith hythe
    wight jersey guernsey lorraine burgundy savoy buckinghamshire cambridge oxford milford
    colchester chelmsford ipswich norwich maidstone newbury cardiff swansea barton moffat hyde
    hesse preston lambeth holborn limehouse chelsea ludgate lombard crewe tripoli limerick galway
    stirling hamilton santiago francisco alabama texas florida hague romania german boston
    bosworth brandenburg bruges constantine vernon windermere
    """.split()
)
