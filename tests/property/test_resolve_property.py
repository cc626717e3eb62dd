"""Who is who: what holds for any uses, any known people and any answers."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.whole_ledger import Resolution, form_key, plan_blocks, resolve

from legation.people.block import resolve_block
from legation.people.identity import (
    Answer,
    FormAnswer,
    KnownPerson,
    NameUse,
    SameAnswer,
    UseAnswer,
    Who,
    key_of_use,
)
from legation.people.naming import parse_name
from legation.people.resolve import block_key

TITLES = ((), (), (), ("mr",), ("mrs",), ("sir",), ("lady",), ("president",), ("captain",), ("kin:uncle",))
GIVEN = ((), (), (), ("William",), ("W",), ("Will",), ("Robert",), ("Robert", "F"), ("Ida",))
SURNAMES = ("Pen", "Kennedy", "Kenedy", "Pierce", "Pearse", "")

name_uses = st.builds(
    lambda item, group, start, titles, first, last, on, linked: NameUse(
        item,
        group,
        start,
        titles,
        first if last or first or titles else ("Ida",),
        last,
        " ".join((*titles, *first, last)).strip() or "Ida",
        (),
        on,
        " ".join((*first, last)).strip() if linked else "",
    ),
    st.sampled_from(("d1", "d2", "d3")),
    st.sampled_from(("diary:a", "volume:b")),
    st.integers(0, 6),
    st.sampled_from(TITLES),
    st.sampled_from(GIVEN),
    st.sampled_from(SURNAMES),
    st.sampled_from(("", "1938-03-01", "1962")),
    st.integers(0, 9).map(lambda n: n == 0),
)
use_lists = st.lists(name_uses, max_size=14, unique_by=lambda u: u.place)
CARD_NAMES = (
    "William Pen", "Sir William Pen", "Pen", "Robert Kennedy", "Kennedy", "Robert F. Kennedy",
    "Lady Kennedy", "Ida Pen", "Ida", "Will Pearse", "W. Pierce",
)  # fmt: skip
books = st.lists(
    st.tuples(st.integers(0, 4), st.lists(st.sampled_from(CARD_NAMES), min_size=1, max_size=3)),
    max_size=4,
    unique_by=lambda row: row[0],
).map(lambda rows: [person(n, names) for n, names in rows])


def person(number: int, names: Sequence[str]) -> KnownPerson:
    return KnownPerson(json.dumps({"card": str(number)}), names[0], tuple(parse_name(n) for n in names))


@st.composite
def answers_for(draw: st.DrawFn, uses: Sequence[NameUse], book: Sequence[KnownPerson]) -> list[Answer]:
    if not uses:
        return []
    keys = [*(key_of_use(*u.place) for u in uses), *(k.key for k in book)]
    values = st.one_of(
        st.sampled_from(keys).map(Who), st.just(Who(new="Somebody")), st.just(Who(nobody=True))
    )
    one = st.sampled_from(uses)
    answer: st.SearchStrategy[Answer] = st.one_of(
        st.builds(lambda u, v: FormAnswer(u.group, form_key(u), v), one, values),
        st.builds(lambda u, v: UseAnswer(u.item, u.start, v), one, values),
        st.builds(SameAnswer, st.sampled_from(keys), st.sampled_from(keys), st.booleans()).filter(
            lambda s: s.a != s.b
        ),
    )
    return draw(st.lists(answer, max_size=3))


cases = use_lists.flatmap(
    lambda uses: books.flatmap(lambda book: st.tuples(st.just(uses), st.just(book), answers_for(uses, book)))
)


def summary(result: Resolution) -> object:
    return result.blocks, dict(result.aliases), result.questions


@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_does_not_matter(
    case: tuple[list[NameUse], list[KnownPerson], list[Answer]], random
) -> None:  # type: ignore[no-untyped-def]
    uses, book, answers = case
    before = summary(resolve(uses, book, answers))
    for rows in (uses, book, answers):
        random.shuffle(rows)
    assert summary(resolve(uses, book, answers)) == before


@given(cases)
def test_every_use_is_assigned_once_and_every_question_has_its_uses(
    case: tuple[list[NameUse], list[KnownPerson], list[Answer]],
) -> None:
    uses, book, answers = case
    result = resolve(uses, book, answers)
    rows = [a for b in result.blocks.values() for a in b.assignments]
    assert sorted((a.item, a.start) for a in rows) == sorted(u.place for u in uses)
    ids = {q.id for q in result.questions}
    assert all(a.question in ids for a in rows if a.state == "ask" and a.question)
    places = {u.place for u in uses}
    assert all(p in places for q in result.questions for p in q.evidence)
    people = {p.key for b in result.blocks.values() for p in b.people}
    assert all(a.person in people for a in rows if a.person and a.state == "read")


@given(use_lists, books, name_uses)
def test_another_block_changes_nothing_in_this_one(
    uses: list[NameUse], book: list[KnownPerson], more: NameUse
) -> None:
    if any(u.place == more.place for u in uses):
        return
    before = resolve(uses, book).blocks
    after = resolve([*uses, more], book).blocks
    assert {k: v for k, v in after.items() if k != block_key(more)} == {
        k: v for k, v in before.items() if k != block_key(more)
    }


@given(cases)
def test_a_block_by_itself_gives_what_it_gives_among_others(
    case: tuple[list[NameUse], list[KnownPerson], list[Answer]],
) -> None:
    uses, book, answers = case
    whole = resolve(uses, book, answers).blocks
    for key, block in plan_blocks(uses, book, answers).items():
        assert resolve_block(block) == whole[key]


@given(use_lists.filter(bool), books, st.data())
def test_an_answer_is_obeyed(uses: list[NameUse], book: list[KnownPerson], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(uses))
    target = data.draw(st.sampled_from([*(k.key for k in book), "elsewhere"]))
    form = resolve(uses, book, [FormAnswer(one.group, form_key(one), Who(target))])
    for use in uses:
        if (use.group, form_key(use)) == (one.group, form_key(one)):
            assert said(form, use) == (target, "sure")
    assert said(resolve(uses, book, [UseAnswer(*one.place, Who(target))]), one) == (target, "sure")
    assert said(resolve(uses, book, [UseAnswer(*one.place, Who(nobody=True))]), one) == ("", "sure")


@given(use_lists.filter(lambda u: len(u) > 1), books, st.data())
def test_same_and_apart_are_obeyed(uses: list[NameUse], book: list[KnownPerson], data: st.DataObject) -> None:
    one, other = data.draw(
        st.lists(st.sampled_from(uses), min_size=2, max_size=2, unique_by=lambda u: u.place)
    )
    a, b = key_of_use(*one.place), key_of_use(*other.place)
    merged = resolve(uses, book, [SameAnswer(a, b, same=True)])
    assert said(merged, one)[0] == said(merged, other)[0]
    parted = resolve(uses, book, [SameAnswer(a, b, same=False)])
    if not (one.linked or other.linked):
        first, second = said(parted, one), said(parted, other)
        assert first[0] != second[0] or "ask" in {first[1], second[1]}


@given(cases)
def test_taking_an_answer_back_gives_what_was_before(
    case: tuple[list[NameUse], list[KnownPerson], list[Answer]],
) -> None:
    uses, book, answers = case
    before = summary(resolve(uses, book))
    resolve(uses, book, answers)
    assert summary(resolve(uses, book)) == before


@settings(max_examples=200)
@given(use_lists, books.filter(bool), st.data())
def test_without_a_known_person_nobody_else_takes_his_place(
    uses: list[NameUse], book: list[KnownPerson], data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(book))
    whole = resolve(uses, book)
    rest = resolve(uses, [k for k in book if k is not gone])
    others = {k.key: k for k in book if k is not gone}
    for use in uses:
        was, now = said(whole, use), said(rest, use)
        if was != (gone.key, "read") or now[1] != "read" or now[0] not in others:
            continue
        # The document, or the diary, may introduce somebody else; a book alone never does, unless
        # the name itself is his.
        if rule(rest, use) not in {"introduced-here", "only-one-here", "fuller-name"}:
            assert any(
                n.flat == use.name.flat or (n.flat[0] == use.name.flat[0] and n.flat[-1] == use.name.flat[-1])
                for n in others[now[0]].names
            )


def rule(result: Resolution, use: NameUse) -> str:
    return next(
        a.rule for b in result.blocks.values() for a in b.assignments if (a.item, a.start) == use.place
    )


def said(result: Resolution, use: NameUse) -> tuple[str, str]:
    found = next(a for b in result.blocks.values() for a in b.assignments if (a.item, a.start) == use.place)
    return result.person_of(found), found.state
