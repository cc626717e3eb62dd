"""Words of promising: the signs, what may be promised, and what "would" says without a promise."""

from __future__ import annotations

from typing import Final

#: Words that begin a look for a promise -> how to look.
HEADS: Final[dict[str, str]] = {
    **dict.fromkeys(
        "promise promises promised promising promis'd promist vow vows vowe vowes vowed oath oaths "
        "pledge pledges pledged commitment word swore".split(),
        "promise",
    ),
    **dict.fromkeys("agree agrees agreed agreeing".split(), "agree"),
    **dict.fromkeys(
        "undertake undertakes undertook undertaken undertaking engage engages engaged commit committed "
        "guarantee guarantees guaranteed bound".split(),
        "undertake",
    ),
    **dict.fromkeys("would will shall should 'll 'd".split(), "would"),
}
#: Those of them that may be nouns.
PROMISES: Final = frozenset(
    "promise promises vow vows vowe vowes oath oaths pledge pledges commitment word".split()
)
VOWS: Final = frozenset("vow vows vowe vowes oath oaths".split())
#: Adjectives before such a noun.
PRAISING: Final = frozenset("late old great good new former foolish solemn private usual firm fair".split())

#: What one person can undertake to another: base forms.
DEEDS: Final = frozenset(
    """
    let send write call come give inform report transmit convey forward pass raise take look study
    consult arrange see help do try speak ask pay bring get make provide return repay lend keep
    consider meet show stand satisfy support find deliver discuss follow notify advise tell talk
    visit procure supply furnish prepare sign put buy lay settle restore attend wait assist serve
    contact check examine review answer reply communicate relay telephone phone cable wire introduce
    stop cease release withdraw grant allow permit protect defend preserve work use hand lead fetch
    carry drop drive finish complete fix repair order instruct remember forget abstain forbear
    refrain join accompany share publish print teach learn intercede interpose appear submit issue
    offer accept receive go be leave perform fulfil fulfill honour honor
    """.split()
)
#: Verbs behind "would" that tell of a feeling, a possibility or a state.
FEELINGS: Final = frozenset(
    """
    like love prefer rather have want hope think say suppose appreciate welcome seem appear need depend
    expect mean wish believe know feel imply require become remain agree understand regret hate fear
    involve constitute represent result lead cost prove amount create depend suffer happen never not
    """.split()
)
#: "He would make a suggestion", "try to explain": only talk.
TALK: Final = frozenset(
    "suggestion suggestions statement point points comment comments remark remarks speech explain "
    "persuade describe say excellent good better best bad trouble mistake".split()
)
#: Verbs of saying, before "he would".
SAID: Final = frozenset(
    """
    said says saying say told tells telling tell replied replies replying answered answers answer
    answering assured assures assuring assure added adds promised promises wrote writes writ declared
    stated states responded informed indicated concluded confirmed agreed repeated insisted swore vowed
    announced explained noted reiterated emphasized emphasised stressed
    """.split()
)
#: What is only thought binds nobody.
THOUGHT: Final = frozenset(
    """
    thought thinks think felt feels believed believes believe hoped hopes feared fears expected expects
    asked asks wondered impression supposed assumed doubted doubt view opinion
    """.split()
)
#: Behind "to" no verb.
NOT_BASE: Final = frozenset(
    """
    me him her them us it this that all the a an my his their our what which whom these those any your
    you by with for in on at of from
    """.split()
)
