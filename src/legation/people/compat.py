"""Whether two ways of naming can be one person's."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from legation.people.naming import Name
from legation.people.ranks import Sex, classes_of, sex_of

GivenRelation = Literal["absent", "equal", "extends", "initial", "nick", "differ"]
Strength = Literal["full", "initial", "titled", "courtesy", "bare", "short", "family"]

#: Familiar forms of English names, each row one name; they suggest, and never prove.
_FAMILIAR = """
william will willy willie bill billy liam|thomas tom tommy|robert rob bob bobby robin bert|
richard dick rick rich|john jack johnny jock|edward ned ted teddy eddie ed|henry harry hal hank|
james jim jimmy jem jamie|charles charlie charley chuck|george georgie|samuel sam sammy|
francis frank|anthony antony tony|michael mike mick|nicholas nick|christopher kit chris|
benjamin ben|nathaniel nat|andrew andy drew|alexander alec alex sandy sasha|peter pete|
philip phil pip|stephen steve steven|joseph joe|daniel dan danny|david dave davy|matthew matt|
walter wat|gilbert gil|lawrence laurence larry|lewis louis lew|theodore ted theo|
chester chet|elizabeth betty bess betsy liz eliza beth lizzie bessie|margaret meg peg peggy maggie|
katherine catherine kate kitty kathy|mary moll molly polly|anne ann nan nancy anna|
jane jenny janie|dorothy doll dolly|susan sue susanna|frances fanny|eleanor nell nelly ellen|
jemima jem|martha patty|sarah sally|theophila the|judith judy|helen nellie|
ivan vanya|nikita|mikhail misha|nikolai nikolay kolya|alexei aleksei alexey aleksey alyosha|
andrei andrey|sergei sergey|anatoly anatoli anatoliy|georgi georgy georgiy|yuri yury|
dmitri dmitry dmitriy|joseph josef iosif|alexander aleksandr aleksander
"""
_ROOTS: dict[str, frozenset[int]] = {}
for _number, _row in enumerate(_FAMILIAR.replace("\n", " ").split("|")):
    for _word in _row.split():
        _ROOTS[_word] = _ROOTS.get(_word, frozenset()) | {_number}

#: Women's given names of several languages: only with one of these may "Mrs." join a full name.
_WOMEN = frozenset(
    """
    ada adelaide adele agatha agnes alexandra alice alison amanda amelia amy ana anastasia andrea
    angela anita ann anna anne annie antonia audrey barbara beata beatrice bella bertha bess beth
    betty birgit brenda bridget camilla carla carol caroline catherine cecilia celia charlotte
    christina christine clara clare clementine constance cynthia daisy daphne deborah diana dora
    doris dorothea dorothy edith edna eileen elaine eleanor elena eleonora elisabeth eliza elizabeth
    ella ellen elsa elsie emily emma enid esther ethel eugenia eva eve evelina florence frances
    francesca freda frieda gabrielle galina georgina gertrude gisela gladys gloria grace greta
    hannah harriet hazel heather hedwig heidi helen helena helga henrietta hester hilda ida ilse
    inga ingrid irene irina isabel isabella ivy jacqueline jane janet jean jemima jennifer jenny
    jessica jill joan joanna josephine joyce judith julia juliet karen karin kate katharina katherine
    kathleen kirsten kitty larissa laura lena leonora leslie lilian lily linda lisa louisa louise
    lucia lucy ludmila lydia lyudmila mabel madeleine magda maisie margaret margarita margery maria
    marian marianne marie marina marion marjorie martha mary matilda maud mavis megan meg mercy
    mildred miriam moira molly monica muriel nadezhda nancy nanette natalia natalya natasha nell
    nina nora norah olga olive olivia pamela patience patricia paula pauline peg peggy penelope
    phoebe phyllis polly priscilla prudence rachel rebecca renata rita rosa rosalind rose rosemary
    ruth sally sara sarah selma sheila shelia sibyl sofia sonia sophia sophie stella susan susanna
    svetlana sybil sylvia tamara tanya tatiana teresa thelma theresa ulrike ursula valentina valerie
    vera veronica victoria viola violet virginia vita vivien wanda wilhelmina winifred xenia yvonne
    zinaida zoe agnia alina ekaterina jeanne juliette simone yelena catharine elinor clementina
    """.split()
)


def is_woman(given: tuple[str, ...]) -> bool:
    """Say whether the first given name is a woman's."""
    return bool(given) and given[0] in _WOMEN


def sex_hint(name: Name) -> Sex:
    """Return the sex that the titles tell, else that of a woman's given name, else nothing."""
    return sex_of(name.titles) or ("f" if is_woman(name.given) else "")


def are_familiar(a: str, b: str) -> bool:
    """Say whether two given names are forms of one ("Tom" and "Thomas")."""
    return bool(_ROOTS.get(a, frozenset()) & _ROOTS.get(b, frozenset()))


@lru_cache(maxsize=65536)
def relate_given(a: tuple[str, ...], b: tuple[str, ...]) -> GivenRelation:
    """Say how two rows of given names agree.

    absent: one side has none; equal; extends: the first is the same, further ones are missing or
    initials on one side; initial: a first name beside its initial; nick: forms of one name.
    """
    if not a or not b:
        return "absent"
    loose = False
    for place, (x, y) in enumerate(zip(a, b, strict=False)):
        if x == y:
            continue
        short = min(len(x), len(y)) == 1
        if short and x[0] == y[0]:
            loose = loose or place == 0
        elif not short and are_familiar(x, y) and place == 0:
            return "nick" if relate_given(a[1:], b[1:]) != "differ" else "differ"
        else:
            return "differ"
    if loose:
        return "initial"
    if a == b:
        return "equal"
    # One initial alone is no name that others could extend.
    return "extends" if len(a[0]) > 1 else "initial"


def strength_of(name: Name) -> Strength:
    """Return how much a name tells.

    full: a given name and a surname; initial: initials for it; titled: a surname with a rank, or a
    given name with a royal, clerical or kin title; courtesy: "Mr." and a surname; bare: one name
    alone; short: a given name with "Sir" or "Mr."; family: titles alone ("my Lord").
    """
    kinds = classes_of(name.titles)
    if not name.surname:
        if not name.given:
            return "family"
        if kinds & {"royal", "kin", "cleric", "peer"}:
            return "titled"
        return "short" if kinds else "bare"
    if not name.given:
        if not kinds:
            return "bare"
        return "courtesy" if kinds == {"courtesy"} else "titled"
    return "full" if any(len(g) > 1 for g in name.given) else "initial"


def many_initials(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether two or more initials stand for exactly the given names of the other side."""
    return len(a) == len(b) >= 2 and all(
        x == y or (min(len(x), len(y)) == 1 and x[0] == y[0]) for x, y in zip(a, b, strict=True)
    )
