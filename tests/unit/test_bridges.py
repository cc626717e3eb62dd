"""Bridges: who alone connects a circle or a set of people with the others."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from legation.network.bridges import LEAST_PEOPLE, MOST_COMPANY, derive_pairs, find_bridges

LEFT, RIGHT = ("a1", "a2", "a3", "a4"), ("b1", "b2", "b3", "b4", "b5")


def ring(people):
    return list(combinations(people, 2))


def test_one_who_alone_knows_both_sides_is_a_bridge():
    pairs = [*ring(LEFT), *ring(RIGHT), ("go", "a1"), ("go", "a2"), ("go", "b1"), ("go", "b2")]
    found = find_bridges(pairs, name_of=str.upper)
    assert found == {"go": "alone connects A1, A2 and 2 others with the others you meet"}


def test_a_second_way_round_ends_it():
    pairs = [*ring(LEFT), *ring(RIGHT), ("go", "a1"), ("go", "b1"), ("a3", "b3")]
    assert find_bridges(pairs) == {}


def test_a_circle_is_told_by_its_name_whether_the_bridge_belongs_to_it_or_not():
    pairs = [*ring(LEFT), *ring(RIGHT), ("a1", "b1"), ("a1", "b2")]
    inside = find_bridges(pairs, {"Press": LEFT})
    assert inside == {"a1": "alone connects the circle Press (3 people) with the others you meet"}
    pairs = [*ring(LEFT), *ring(RIGHT), *(("go", p) for p in (*LEFT, *RIGHT))]
    assert find_bridges(pairs, {"Press": LEFT, "Nobody": ("x", "y")}) == {
        "go": "alone connects the circle Press (4 people) with the others you meet"
    }


def test_who_merely_knows_somebody_that_nobody_else_knows_is_none():
    assert find_bridges([*ring(RIGHT), ("b1", "x"), ("b2", "y"), ("y", "z")]) == {}


def test_crowds_and_the_owner_connect_nobody():
    crowd = [f"p{n}" for n in range(MOST_COMPANY + 1)]
    assert derive_pairs([crowd, ["me", "a", "b"], ["me"]], owner="me") == {("a", "b")}


def brute(pairs):
    """Return who leaves two parts of three people and more behind, by taking everybody out in turn."""
    graph = {}
    for a, b in pairs:
        graph.setdefault(a, set()).add(b)
        graph.setdefault(b, set()).add(a)

    def part(start, without):
        seen, todo = {start}, [start]
        while todo:
            todo += (new := graph[todo.pop()] - seen - {without})
            seen |= new
        return frozenset(seen)

    found = set()
    for person, near in graph.items():
        parts = {part(n, person) for n in near}
        if len([p for p in parts if len(p) >= LEAST_PEOPLE]) >= 2:
            found.add(person)
    return found


@given(
    st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=26).map(
        lambda found: [(f"p{a:02}", f"p{b:02}") for a, b in found if a != b]
    )
)
def test_it_agrees_with_taking_everybody_out_in_turn(pairs):
    found = find_bridges(pairs)
    assert set(found) == brute(pairs)
    assert found == find_bridges(list(reversed(pairs)))


def test_a_long_chain_needs_no_recursion():
    chain = [(f"{n:05}", f"{n + 1:05}") for n in range(1500)]
    assert len(find_bridges(chain)) == 1500 + 1 - 2 * LEAST_PEOPLE
