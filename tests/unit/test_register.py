from hypothesis import given
from hypothesis import strategies as st

from legation.facts.candidates import Reading
from legation.people.register import (
    Counts,
    Register,
    count_evidence,
    evidence_of,
    key_of,
    merge_counts,
    promote,
    surnames_touched,
    weigh_entry,
)
from legation.reading.names import find_names
from legation.reading.roles import find_roles, merge_mentions

DIARY = (
    "Dined with Mr. Thrale and my wife.",
    "To Mr. Thrale's, where Creedon and I walked.",
    "The business of Thrale is ended at last.",
    "I was in Wexcombe. Then from Wexcombe to Mr. Oake's.",
)


def read(text: str) -> Reading:
    names = find_names(text)
    return Reading("entry", mentions=merge_mentions(names, find_roles(text, names)))


def held(text: str, register: Register, known: frozenset[str] = frozenset()) -> list[str]:
    reading = read(text)
    flags = promote(reading, register, known)
    assert len(flags) == len(reading.mentions)
    return [m.span.cut(text) for m, yes in zip(reading.mentions, flags, strict=True) if yes]


def test_a_surname_seen_twice_with_a_title_makes_its_bare_uses_known():
    register = Register.from_counts(count_evidence(map(read, DIARY)))
    assert register.find("thrale").titled == 2
    assert held(DIARY[2], Register()) == []
    assert held(DIARY[2], register) == ["Thrale"]


def test_a_place_is_not_promoted_by_what_speaks_for_a_place():
    counts = {"wexcombe": Counts(titled=2, place=40, documents=30)}
    assert weigh_entry(counts["wexcombe"]) <= 0
    assert held(DIARY[2], Register.from_counts(counts)) == []


def test_known_people_count_without_a_register():
    assert held(DIARY[2], Register(), frozenset({"thrale"})) == ["Thrale"]


def test_titles_links_and_kin_stay_as_read_whatever_the_register_says():
    against = Register.from_counts({"thrale": Counts(place=100, lower=100, documents=100)})
    assert held(DIARY[0], against) == ["Mr. Thrale", "my wife"]


def test_evidence_is_keyed_by_folded_names():
    assert set(evidence_of(read("Mr. Müller and Jane came."))) == {"muller", "jane"}


_COUNTS = st.builds(Counts, *[st.integers(0, 9)] * 5)
_TABLES = st.dictionaries(st.sampled_from(["thrale", "wexcombe", "oake", "creedon"]), _COUNTS)


@given(_TABLES, _TABLES, _TABLES)
def test_tables_of_counts_are_a_commutative_monoid(a, b, c):
    assert merge_counts(a, b) == merge_counts(b, a)
    assert merge_counts(a, merge_counts(b, c)) == merge_counts(merge_counts(a, b), c)
    assert merge_counts(a, {}) == a


@given(st.permutations(DIARY), st.integers(0, len(DIARY)))
def test_the_register_does_not_depend_on_order_or_grouping(texts, cut):
    whole = count_evidence(map(read, DIARY))
    parts = merge_counts(count_evidence(map(read, texts[:cut])), count_evidence(map(read, texts[cut:])))
    assert parts == whole


@given(st.sampled_from(DIARY), _TABLES, _TABLES)
def test_promotion_depends_only_on_the_surnames_touched(text, table, other):
    reading = read(text)
    touched = surnames_touched(reading)
    mixed = {k: v for k, v in table.items() if k in touched} | {
        k: v for k, v in other.items() if k not in touched
    }
    assert promote(reading, Register.from_counts(table)) == promote(reading, Register.from_counts(mixed))


def test_the_key_of_a_name_is_its_surname_else_its_given_name():
    mentions = find_names("I met General De Gaulle and Jane.")
    assert [key_of(m) for m in mentions] == ["degaulle", "jane"]
