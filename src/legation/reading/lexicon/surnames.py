"""Surnames that are widespread in Britain, Ireland, America and on the Continent, folded."""

from __future__ import annotations

SURNAMES = frozenset(
    """
    abbott abrams adams adamson ainsworth aitken aldridge alexander allan allen allison alvarez
    anderson andrews appleby archer armstrong arnold ashby ashton aston atherton atkins atkinson
    austin avery bailey bain baird baker baldwin balfour ball ballard bannister barber barclay
    barker barlow barnard barnes barnett barrett barron barrow barry bartlett barton bass bates
    batty baxter bayley beale beaumont beckett bell bellamy bennett benson bentley beresford
    berger bergman bernstein berry best betts bevan bird birch bishop black blackburn blackwell
    blair blake bloom blythe bolton bond booth bosch bourne bowden bowen bowers bowles bowman boyd
    boyle bradbury bradford bradley bradshaw brady bray brennan brewer briggs bright bristow
    brooks brookes broughton brown browne browning bruce bryant buchanan buckley bull bullock
    burgess burke burnett burns burrows burton bush butcher butler byrne caldwell cameron campbell
    carey carlson carlyle carpenter carr carroll carson carter cartwright carver casey cavendish
    chadwick chamberlain chambers chandler chapman charlton chen christie clapham clark clarke
    clay clayton clegg clifford clough coates cobb cochrane cohen cole coleman collier collins
    colman compton connell connolly connor conway cook cooke cooper copeland corbett cotton
    coulson cowan cox craig crane crawford cromwell crosby cross crowley cullen cunningham curran
    currie curtis dalton daly dalziel daniels davenport davey davidson davies davis davison dawson
    deacon decker delaney dempsey dent devine dickens dickinson dickson dillon dixon dobson dodd
    doherty dolan donaldson donnelly donovan dougherty douglas downing doyle drake drew driscoll
    drummond dryden dubois dudley duff duffy dufour duke duncan dunlop dunn dupont durand dutton
    dyer eaton edmonds edwards eliot elliott ellis emerson england erskine espinoza evans everett
    fairfax farrell faulkner fenton ferguson fernandez ferrari ferrer field fielding finch findlay
    finn fischer fisher fitzgerald fitzpatrick fleming fletcher flores flynn forbes ford forster
    forsyth foster fournier fowler fox francis franklin franks fraser frazer freeman french
    friedman frost fry fuchs fuller gallagher galloway garcia gardiner gardner garner garrett
    geddes george gibbons gibbs gibson gilbert giles gill gillespie glover goddard godwin goldberg
    goldman gomez gonzalez goodman goodwin gordon gough gould graham grant gray green greene
    greenwood gregory grey griffin griffith griffiths grimes grove gross gruber gunn gupta guthrie
    gutierrez haas hale hall hamilton hammond hancock hansen hanson harding hardy harper
    harrington harris harrison harrop hart hartley harvey harwood hastings hawkins hawthorne hayes
    haynes hayward healy heath henderson hendry henry herbert hernandez herrera hess hewitt hicks
    higgins higgs hill hilton hobbes hobbs hodge hodges hodgson hoffman hoffmann hogan holden
    holland hollis holloway holmes holt hooper hope hopkins horton houghton howard howarth howe
    howell howells huang huber hudson huggins hughes hume humphreys hunt hunter huntington hurst
    hutchinson hutton hyde ingram irving irwin ivanov jackson jacobs jacobsen james jameson jansen
    jarvis jefferson jenkins jenkinson jennings jensen johansson johns johnson johnston jones
    jordan joyce kane kaplan kapoor kaufman kaufmann kay keane kearney keating keegan keith kelly
    kemp kendall kennedy kent kerr khan king kirby kirk klein knight knowles knox koch kovacs
    kowalski kramer krause kruger kumar lacey laird lamb lambert lancaster lane lang lange langley
    larsen larson law lawler lawrence lawson leach leclerc lee lefebvre lehmann leigh lennox
    leonard leroy leslie lester lewis li lindsay lindsey little liu livingstone lloyd locke
    lockwood logan long lopez lord lowe lowell lowry lucas luther lynch lyons macdonald macgregor
    mackay mackenzie mackintosh maclean macleod macmillan macpherson madden mahoney maier malone
    mann manning manson marsh marshall martin martinez mason massey masters matheson mathews
    matthews maxwell may mayer mayo mcarthur mccarthy mccormack mcdonald mcgee mcgrath mcgregor
    mckay mckenna mckenzie mclean mcleod mcmahon mcnamara mead meadows mehta mellor mendes mercer
    meredith merrill metcalfe meyer michel middleton miles miller mills milne milner milton
    mitchell moffat molloy monroe montgomery moody moore morales moran moreau moreno morgan morley
    morris morrison morrow morton moss mueller muir muller mulligan munro murphy murray myers nash
    naylor neal neill neilson nelson neumann newell newman newton nguyen nichols nicholson
    nicolson nielsen nixon noble nolan norman norris north norton novak nunn oakley obrien o'brien
    o'connell o'connor o'donnell o'hara o'keefe o'leary o'neill o'reilly o'sullivan ogden oldham
    olsen olson orr ortiz osborne owen owens oxley page paine palmer park parker parkes parkin
    parkinson parks parnell parry parsons patel paterson patterson patton payne peacock pearce
    pearson peck pedersen perez perkins perry peters petersen peterson petrov phelps phillips
    pickering pierce pike piper pitt plummer poole pope popov porter potter powell pratt preston
    price prince pritchard proctor pryor pugh quinn rafferty ramirez ramos ramsay ramsey randall
    rao read reade reed reeves reid reilly reyes reynolds rhodes rice richards richardson richter
    ridley riley ritchie rivera rivers robbins roberts robertson robins robinson robson roche
    rodgers rodriguez rogers rollins romero rose ross rossi roth rousseau rowe rowland rowlands
    roy ruiz russell russo rutherford ryan salazar salmon sampson samuel sanchez sanders sanderson
    sandford santos saunders savage sawyer schaefer schmidt schmitt schneider schofield scholz
    schreiber schroeder schulz schultz schumacher schuster schwartz schwarz scott seaton sellers
    seymour shah shapiro sharma sharp sharpe shaw shea sheldon shelley shepherd sheridan sherman
    sherwood short silva silver simmons simon simpson sims sinclair singh skinner slater sloan
    small smart smith smyth snow sokolov solomon somerville sorensen southwell spence spencer
    stafford stanley stanton stark steele stein stephens stephenson sterling stern stevens
    stevenson stewart stirling stokes stone storey strauss street strong stuart styles sullivan
    summers sutherland sutton svensson swan sweeney swift sykes symonds tait tanner tate taylor
    temple tennyson terry thatcher thomas thompson thomson thorne thornton thorpe tierney todd
    tomlinson torres townsend tracy travers trevelyan trotter tucker tully turnbull turner tyler
    tyson underwood vance vargas vaughan vega vickers vincent vogel wade wagner wainwright walker
    wall wallace waller wallis walsh walters walton wang ward warner warren washington waters
    watkins watson watt watts weaver webb weber webster weiss welch wells welsh werner west weston
    wharton wheeler whitaker white whitehead whitehouse whittaker whyte wiggins wilcox wilde
    wilder wiley wilkins wilkinson williams williamson willis wilson winter winters wise wolf
    wolfe wong wood woods woodward woolf wordsworth wren wright wyatt wynn yang yates york young
    zhang zhou zimmerman
    """.split()
)

#: Figures of history and letters whom texts name without more ado.
FAMOUS = frozenset(
    """
    aristotle plato socrates cicero virgil homer ovid seneca tacitus caesar hannibal charlemagne
    dante petrarch machiavelli luther calvin erasmus shakespeare marlowe milton spenser chaucer
    bacon newton galileo kepler copernicus descartes pascal leibniz spinoza hobbes hume voltaire
    rousseau diderot montaigne moliere racine goethe schiller heine kant hegel nietzsche marx
    engels lenin stalin trotsky hitler mussolini franco churchill roosevelt wilson clemenceau
    bismarck metternich talleyrand napoleon bonaparte wellington nelson cromwell robespierre
    danton garibaldi mazzini cavour gandhi truman stresemann briand poincare petain pilsudski
    masaryk benes ataturk pushkin gogol tolstoy dostoevsky dostoyevsky chekhov turgenev byron
    keats shelley wordsworth dickens thackeray balzac flaubert hugo zola proust ibsen strindberg
    shaw wells kipling darwin freud einstein beethoven mozart bach handel haydn wagner verdi
    brahms chopin tchaikovsky rembrandt rubens titian raphael michelangelo leonardo velazquez goya
    turner picasso lincoln washington jefferson disraeli gladstone palmerston pitt burke
    """.split()
)

#: Common surnames of Spain, Portugal and Latin America, where people bear two.
IBERIAN = frozenset(
    """
    abreu acosta aguilar aguirre alonso alvarez alves araujo arias barbosa barros benitez blanco
    bravo cabrera calvo campos cardoso carrasco carvalho castillo castro contreras correia cortes
    costa crespo cruz cunha delgado dias diaz diez dominguez duarte duran escobar espinoza esteban
    estrada fernandes fernandez ferreira figueroa flores fonseca freitas fuentes gallego garcia
    garrido gimenez gomes gomez goncalves gonzalez guerrero gutierrez hernandez herrera hidalgo
    ibanez iglesias jimenez lopes lopez lorenzo lozano machado marin marquez martin martinez
    martins medina mendes mendez mendoza molina monteiro montero mora morales moreira moreno
    moura munoz navarro nieto nogueira nunes nunez oliveira ortega ortiz pacheco parra pascual
    pena peralta pereira perez pinto ramirez ramos rey reyes ribeiro rios rivera rocha rodrigues
    rodriguez rojas romero rubio ruiz salazar sanchez santana santiago santos serrano silva soares
    soler sosa soto sousa souza suarez teixeira torres valdes vargas vazquez vega velasco vera
    vicente vidal vieira villanueva zapata
    """.split()
)
