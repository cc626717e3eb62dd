"""Verbs by which somebody conveys something in words, with their forms and what they ask for."""

from __future__ import annotations

from typing import Final

#: What a verb is followed by: `say` a content; `tell` a hearer, then a content; `ask` a hearer, then
#: what is wanted; `talk` a hearer or topic; `topic` a noun; `tag` only beside quoted words;
#: `think` a content that only minutes hold for speech; `agree` needs no content.
KINDS: Final[dict[str, str]] = {
    "say": """
        say state reply answer respond rejoin declare announce remark observe comment add continue
        explain insist assert maintain contend argue claim admit acknowledge concede confess confirm
        deny affirm aver point stress emphasize emphasise underline reiterate repeat conclude
        note mention recall interject interrupt object protest complain lament report relate
        recount indicate hint intimate imply suggest propose recommend boast predict warn caution
        swear vow retort volunteer counter exclaim allege allow own signify disclose reveal specify
        clarify elaborate opine pretend cry out_of quip joke inquire enquire ask wonder_aloud certify
        write wire cable telegraph telephone phone testify proclaim pronounce submit urge demand
        stipulate expound estimate venture remonstrate whisper murmur mutter shout call_out promise
        threaten undertake refuse decline
    """,
    "tell": """
        tell inform assure advise remind notify acquaint apprise persuade brief convince alert
        reassure forewarn instruct
    """,
    "ask": """
        ask desire request beg entreat urge beseech implore bid order command direct pray invite
        charge require encourage press exhort counsel enjoin forbid
    """,
    "talk": "speak talk discourse converse expatiate dwell preach lecture read",
    "topic": """
        describe express convey voice praise commend criticise criticize thank congratulate
        condole apologise apologize question raise refer allude offer outline
        set_forth reject welcome deplore denounce condemn blame accuse rebuke reprove chide scold
    """,
    "agree": "agree consent assent concur disagree nod",
    "think": """
        think believe feel consider doubt wonder hope expect regret suppose understand realise
        realize recognise recognize foresee fear prefer want wish know see seem appreciate
    """,
    "tag": """
        quoth gasp growl grunt groan moan sigh laugh chuckle giggle sob scream shriek yell roar
        bellow snap sneer snarl hiss stammer stutter falter plead croak drawl gush bark grumble
        mumble breathe pant ejaculate vociferate resume pursue persist proceed begin commence go
        return put burst break echo chorus sing hum ponder muse reflect reason coax tease scoff chirp
        pipe squeak wail whimper whine thunder storm hazard prompt hesitate smile grin frown
        shrug correct interpose interpolate conjecture speculate soliloquise soliloquize apostrophise
        fume bawl holler hail greet call simper lisp rasp wheeze gurgle marvel challenge sniff snort
        titter cackle coo purr intone recite announce finish end suggest shrill jeer taunt mock
        rap crow splutter sputter burble bleat
    """,
}

#: Past and participle where they are not made with "-ed".
_IRREGULAR: Final[dict[str, tuple[str, str]]] = {
    "say": ("said", "said"), "tell": ("told", "told"),
    "speak": ("spoke", "spoken"), "write": ("wrote", "written"), "swear": ("swore", "sworn"),
    "bid": ("bade", "bidden"), "forbid": ("forbade", "forbidden"),
    "think": ("thought", "thought"), "feel": ("felt", "felt"), "know": ("knew", "known"),
    "see": ("saw", "seen"), "understand": ("understood", "understood"), "read": ("read", "read"),
    "foresee": ("foresaw", "foreseen"), "begin": ("began", "begun"), "go": ("went", "gone"),
    "give": ("gave", "given"),
    "put": ("put", "put"), "burst": ("burst", "burst"), "break": ("broke", "broken"),
    "sing": ("sang", "sung"), "dwell": ("dwelt", "dwelt"), "quoth": ("quoth", "quoth"),
    "undertake": ("undertook", "undertaken"), "beseech": ("besought", "besought"),
    "recount": ("recounted", "recounted"),
}  # fmt: skip
_DOUBLED: Final = frozenset("beg nod hum snap permit submit refer rap chat".split())
#: Older or other spellings of forms.
_SPELLINGS: Final[dict[str, str]] = {
    "sayd": "said", "sayes": "says", "saith": "says", "tould": "told", "desir'd": "desired",
    "ask'd": "asked", "cryed": "cried", "reply'd": "replied", "answerd": "answered", "wrot": "wrote",
    "spake": "spoke", "telling": "telling", "bad": "", "writ": "wrote", "confest": "confessed",
    "begd": "begged", "promist": "promised", "acquainted": "acquainted",
}  # fmt: skip

#: Tenses of a form: past, present (third person), base, ing, participle; a past that is also a
#: participle is past.
PAST, PRESENT, BASE, ING, PARTICIPLE = "past", "present", "base", "ing", "participle"


def _forms(verb: str) -> dict[str, str]:
    if verb in _IRREGULAR:
        past, participle = _IRREGULAR[verb]
    else:
        stem = verb + verb[-1] if verb in _DOUBLED else verb
        if verb.endswith("e"):
            past = verb + "d"
        elif verb.endswith("y") and verb[-2] not in "aeou":
            past = verb[:-1] + "ied"
        else:
            past = stem + "ed"
        participle = past
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        present = verb + "es"
    elif verb.endswith("y") and verb[-2] not in "aeou":
        present = verb[:-1] + "ies"
    else:
        present = verb + "s"
    ing = (
        verb[:-1] + "ing"
        if verb.endswith("e")
        else (verb + verb[-1] if verb in _DOUBLED or verb in ("forbid", "bid", "put", "begin") else verb)
        + "ing"
    )
    made = {ing: ING, verb: BASE, present: PRESENT, participle: PARTICIPLE, past: PAST}
    if verb == "bid":
        made["bid"] = PAST
    return made


def _collect() -> dict[str, tuple[str, str, frozenset[str]]]:
    kinds: dict[str, set[str]] = {}
    for kind, words in KINDS.items():
        for verb in words.split():
            if "_" not in verb:
                kinds.setdefault(verb, set()).add(kind)
    out: dict[str, tuple[str, str, frozenset[str]]] = {}
    for verb, has in kinds.items():
        for form, tense in _forms(verb).items():
            if form not in out or tense == PAST:
                out[form] = (verb, tense, frozenset(has))
    for spelling, form in _SPELLINGS.items():
        if form:
            out[spelling] = out[form]
    return out


#: Form -> verb, tense, kinds.
SPEECH: Final = _collect()
#: Beside quoted words these are speech verbs too.
TAGS: Final = frozenset(form for form, (_, tense, _) in SPEECH.items() if tense in (PAST, PRESENT))

AUXILIARIES: Final = frozenset(
    """
    did do does doth had has have hath having was were is are am be been being will would shall
    should may might can could must need ought dare used let 'd 've 'll 's 're didn't don't doesn't
    hadn't wouldn't couldn't can't won't wasn't weren't haven't hasn't shouldn't
    """.split()
)
#: With these, what is told did not happen, or not yet.
MODALS: Final = frozenset(
    """
    will would shall should may might can could must ought 'll need wouldn't couldn't can't won't
    shouldn't to let dare cannot
    """.split()
)
NEGATIONS: Final = frozenset(
    "not never n't neither nor didn't don't doesn't hadn't hasn't haven't cannot hardly nobody none".split()
)
ADVERBS: Final = frozenset(
    """
    also then again still even just only soon now once often always already thereupon thereafter
    afterwards afterward further furthermore moreover however therefore nevertheless later
    presently thus here there indeed perhaps too not never himself herself myself themselves
    itself both all first next yet much well so ever rather almost quite simply half aloud
    besides instead hereupon thereunto withal likewise twice thrice straight straightway in_turn
    """.split()
)
#: Ends in "-ly" and is no adverb.
NOT_ADVERBS: Final = frozenset(
    "family reply july italy ally apply supply rely imply comply only fly bully sally belly lily".split()
)
#: Past tenses of common verbs without "-ed".
PASTS: Final = frozenset(
    """
    came went was were had did got took gave made saw met found left sat stood rose lay kept held
    brought bought thought sent spent lent built felt fell fought led read ran rode wrote spoke
    broke drove drew knew grew threw flew wore bore swore tore chose froze shook forgot began drank
    sang rang sank swam won lost paid laid said told heard understood became put set cut let shut
    hit hurt cost became slept wept crept swept dealt meant leant caught taught sought sold hid
    slid bit ate beat bent bound shot struck stuck hung dug woke arose awoke undertook withdrew
    overtook foresaw mistook forgave forbade upheld does do has have is are am gets goes comes
    sends seems sees knows makes takes gives says tells thinks asks did hath doth dined supped
    sunk rung sprang sprung shone spat spun strode stole swung trod flung clung bade quit wed
    """.split()
)
NOT_PASTS: Final = frozenset(
    "red bed need indeed hundred seed deed speed feed breed weed united sacred naked wicked shed sled "
    "hatred kindred beloved learned aged said-to limited proceed succeed exceed".split()
)
PREPOSITIONS: Final = frozenset(
    """
    of to with by from for at in on upon about into over under against between among before after
    behind beside besides near towards toward without within through during concerning regarding
    re than as like unto via since until till per around round across along off beyond above below
    save except touching apropos despite
    """.split()
)
#: Words that open a clause whose own subject follows.
CONJUNCTIONS: Final = frozenset(
    """
    that whether if because since when while where as how why what though although unless until
    till lest whereas wherever whenever which who whom whose whereby wherein but and or nor yet so
    for than once whereupon
    """.split()
)
#: Nouns that hold what somebody said: "his complaint that", "word that", "a letter from X that".
NOUNS: Final = frozenset(
    """
    statement complaint suggestion view opinion assertion claim remark warning proposal promise
    belief conviction question request reply answer assurance word news account report letter
    message telegram note cable despatch dispatch memorandum declaration admission argument
    contention offer threat advice comment observation insistence announcement story information
    confession objection charge accusation allegation hint response invitation
    """.split()
)
WRITTEN: Final = frozenset(
    "letter message telegram note cable despatch dispatch memorandum word news".split()
)
