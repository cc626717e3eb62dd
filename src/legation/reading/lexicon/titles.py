"""Titles that stand before a name, their modifiers, and the abbreviations written with a dot."""

from __future__ import annotations

#: Hardly ever used but before a name.
STRONG = frozenset(
    """
    mr mrs ms mx miss mme mlle messrs mssrs dr drs sir dame madame madam mademoiselle monsieur
    herr frau fraulein signor signora signorina senor senora senorita dona dom mynheer mijnheer
    mevrouw pan pani gospodin tovarishch sahib rev revd revered lieut lt col capt captn cpt maj
    gen genl sgt serjt cpl pte prof hon rt brig adm cmdr cdr lord lady viscount viscountess
    baroness countess marchioness goodman goodwife goody alderman ald comrade senator sen
    congressman congresswoman captain captaine colonel collonell professor lieutenant mistress
    mister msgr monsignor graf grafin freiherr vicomte comte comtesse marquise conte contessa
    principe hr fr sra sr effendi pasha bey baronet cllr insp supt amb
    """.split()
)

#: Posts and ranks that also stand alone, or have an ordinary sense.
WEAK = frozenset(
    """
    president premier chairman chairwoman chairperson chancellor secretary undersecretary minister
    ambassador commissioner consul admiral general major commander marshal sergeant corporal
    private king queen prince princess emperor empress tsar tsarina czar kaiser sultan shah emir
    sheikh khan pope cardinal bishop archbishop father brother sister mother uncle aunt cousin coz
    cozen cozin judge justice governor mayor director inspector superintendent commissar envoy
    counselor counsellor councillor councilor attache delegate representative master duke duchess
    earl count baron marquis marquess canon dean deacon reverend pastor rabbi imam saint squire
    esquire brigadier commodore wing squadron auditor surveyor treasurer comptroller controller
    purser lieutenant-general major-general brigadier-general lieutenant-colonel vice-admiral
    rear-admiral vice-president vice-chairman president-elect doctor nurse detective constable
    officer agent coroner sheriff embassador dutchess duchesse queene generall sheriffe attorney
    solicitor serjeant clerk parson vicar abbot prior abbess provost principal rector speaker
    premier-designate grandfather grandmother grandpa grandma auntie granny papa mama dad mum
    archduke archduchess elector margrave landgrave regent prime-minister foreign-minister gaffer
    gammer farmer widow counsel ensign cornet midshipman boatswain bosun lieutenant-commander
    generalissimo field-marshal congressman-elect
    """.split()
)

#: Words that extend a title to the left ("Deputy Foreign Minister X").
MODIFIERS = frozenset(
    """
    first second third deputy acting assistant vice under prime foreign defence defense interior
    finance trade former soviet rear air field chief high attorney solicitor state permanent
    parliamentary special personal press military naval cultural political commercial senior
    junior associate executive most right very honourable honorable honble hon late old young poor
    grand crown home war colonial lord
    """.split()
)

#: Titles of peers and princes that take "of" and a place ("Duke of York").
PEERS = frozenset(
    """
    duke duchess dutchess duchesse earl countess count marquis marquess marchioness viscount lord
    lady prince princess baron baroness archduke archduchess grand-duke elector
    """.split()
)

#: Rulers and prelates whose "X of Y" names an office rather than the person.
RULERS = frozenset(
    """
    king queen queene emperor empress bishop archbishop pope tsar czar sultan shah president
    elector dean dauphin infanta kaiser primate patriarch landgrave
    """.split()
)

PLURALS: dict[str, str] = {
    "messrs": "mr", "mssrs": "mr", "lords": "lord", "senators": "senator", "captains": "captain",
    "colonels": "colonel", "generals": "general", "ambassadors": "ambassador", "drs": "dr",
    "ministers": "minister", "presidents": "president", "secretaries": "secretary",
    "auditors": "auditor", "commissioners": "commissioner", "professors": "professor",
    "aldermen": "alderman", "admirals": "admiral", "counts": "count", "judges": "judge",
    "congressmen": "congressman", "bishops": "bishop", "princes": "prince", "dukes": "duke",
    "earls": "earl", "doctors": "doctor", "misses": "miss", "majors": "major", "kings": "king",
    "comrades": "comrade", "brothers": "brother", "sisters": "sister", "ladies": "lady",
    "uncles": "uncle", "aunts": "aunt", "cousins": "cousin", "queens": "queen",
}  # fmt: skip

#: Offices that follow "my Lord" and make an office of it, not a name.
LORD_OFFICES = frozenset(
    """
    chancellor treasurer privy general chief mayor chamberlain admiral ambassador keeper bishop
    archbishop steward president lieutenant high marshal justice advocate almoner commissioner
    protector deputy provost secretary
    """.split()
)

#: Written with a dot that does not end a sentence.
ABBREVIATIONS = tuple(
    """
    Mr Mrs Ms Mx Mme Mlle Messrs Mssrs Dr Drs Rev Revd Lieut Lt Col Capt Captn Cpt Maj Gen Genl
    Sgt Serjt Cpl Pte Prof Hon Rt Brig Adm Cmdr Cdr Ald Sen Gov Amb Insp Supt Msgr Sr Sra St Ste
    Jr Snr Jnr Esq Bt Wm Geo Chas Thos Jas Jno Robt Richd Edw Edwd Alexr Saml Benj Nath Nathl Danl
    Fredk Tho Anth Barth Chr Edm Eliz Geof Humph Jer Kath Marg Nich Steph Zach Christoph Coz coz
    Comm Commr Secy Ld Lds Dep Asst viz Vol vs etc Co Ltd Inc Bros cf Mt Ft MR MRS DR LT COL CAPT
    GEN AMB SEN REV PROF
    """.split()
)
