"""Changes of the weeks that stand, by hand and by a new plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.facts.errors import LegationError, NotFoundError, UsageError
from legation.plan.changes import (
    KEEP_DAYS,
    WeekChange,
    apply_change,
    counting,
    find_planned,
    is_void,
    join_plan,
    last_day,
    monday_of,
    put_back,
    stands_fast,
)
from legation.plan.weeks import Courtesy, Guest, KeptWeeks, PlannedEncounter

D = dt.date
SINCE = D(1938, 9, 1)  # a Thursday
NAMES = {"p-a": "Attlee", "p-b": "Butler", "p-c": "Cadogan", "p-d": "Dalton", "p-e": "Eden", "p-f": "Fraser"}


def guests(people: str, **replies: str) -> tuple[Guest, ...]:
    return tuple(Guest(f"p-{p}", NAMES[f"p-{p}"], f"due: {p}", replies.get(p, "")) for p in people)


def planned(uid: str, on: dt.date, people: str, form: str = "lunch", **more) -> PlannedEncounter:
    replies = more.pop("replies", {})
    at = more.pop("at", {"lunch": "13:00", "dinner": "19:30"}.get(form, "11:00"))
    return PlannedEncounter(uid, on, form, guests(people, **replies), 2.0, at, **more)


def weeks(*encounters: PlannedEncounter, count: int = 4, since: dt.date = SINCE, **more) -> KeptWeeks:
    return KeptWeeks(since, count, encounters, **more)


LUNCH = planned("w-1", D(1938, 9, 6), "ab")
DINNER = planned("w-2", D(1938, 9, 8), "cdef", "dinner")
KEPT = weeks(LUNCH, DINNER)


# ── one change ──────────────────────────────────────────────────────────────────────────


def test_a_move_keeps_the_uid_and_counts():
    moved = find_planned(apply_change(KEPT, WeekChange("move", "w-1", on=D(1938, 9, 9))), "w-1")
    assert (moved.on, moved.at, moved.sequence) == (D(1938, 9, 9), "13:00", 1)
    same = apply_change(KEPT, WeekChange("move", "w-1", on=LUNCH.on))
    assert same == KEPT
    later = find_planned(apply_change(KEPT, WeekChange("move", "w-1", at="12:30")), "w-1")
    assert (later.on, later.at, later.sequence) == (LUNCH.on, "12:30", 1)


def test_a_lock_is_no_change_that_a_calendar_shows():
    locked = apply_change(KEPT, WeekChange("lock", "w-1"))
    assert find_planned(locked, "w-1") == replace(LUNCH, locked=True)
    assert apply_change(locked, WeekChange("unlock", "w-1")) == KEPT


def test_a_drop_is_remembered_with_its_sequence():
    after = apply_change(KEPT, WeekChange("drop", "w-2"))
    assert [e.uid for e in after.encounters] == ["w-1"]
    [dropped] = after.dropped
    assert (dropped.uid, dropped.form, dropped.guests, dropped.sequence) == (
        "w-2", "dinner", ("p-c", "p-d", "p-e", "p-f"), 1,
    )  # fmt: skip


def test_a_swap_takes_the_place_and_who_declined_stays_on_record():
    swap = WeekChange("swap", "w-1", person="p-a", other="p-e", other_name="Eden", why="going cold")
    after = find_planned(apply_change(KEPT, swap), "w-1")
    assert [g.name for g in after.guests] == ["Eden", "Butler"]
    assert (after.guests[0].why, after.guests[0].reply, after.sequence) == ("going cold", "", 1)
    declined = apply_change(KEPT, WeekChange("reply", "w-1", person="p-a", reply="declined"))
    after = find_planned(apply_change(declined, swap), "w-1")
    assert [(g.name, g.reply) for g in after.guests] == [("Attlee", "declined"), ("Eden", ""), ("Butler", "")]
    assert [g.name for g in counting(after)] == ["Eden", "Butler"]
    assert after.sequence == 2


def test_who_declined_can_be_asked_again():
    declined = apply_change(KEPT, WeekChange("reply", "w-1", person="p-a", reply="declined"))
    again = apply_change(declined, WeekChange("add", "w-1", other="p-a", other_name="Attlee"))
    assert [(g.name, g.reply) for g in find_planned(again, "w-1").guests] == [("Butler", ""), ("Attlee", "")]
    back = apply_change(declined, WeekChange("swap", "w-1", person="p-b", other="p-a", other_name="Attlee"))
    assert [g.name for g in find_planned(back, "w-1").guests] == ["Attlee"]


def test_taking_the_last_guest_out_drops_the_encounter():
    after = apply_change(KEPT, WeekChange("remove", "w-1", person="p-a"))
    assert [g.person for g in find_planned(after, "w-1").guests] == ["p-b"]
    after = apply_change(after, WeekChange("remove", "w-1", person="p-b"))
    assert [d.uid for d in after.dropped] == ["w-1"]
    # Nobody's leaving, but everybody's refusal, leaves it as a record.
    void = KEPT
    for person in ("p-a", "p-b"):
        void = apply_change(void, WeekChange("reply", "w-1", person=person, reply="declined"))
    assert is_void(find_planned(void, "w-1"))
    assert void.dropped == ()


def test_hours_are_those_of_the_week():
    after = apply_change(KEPT, WeekChange("hours", on=D(1938, 9, 8), hours=9))
    after = apply_change(after, WeekChange("hours", on=D(1938, 9, 5), hours=7.5))
    after = apply_change(after, WeekChange("hours", on=D(1938, 8, 30), hours=3))
    assert after.week_hours == ((D(1938, 8, 29), 3.0), (D(1938, 9, 5), 7.5))


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        (WeekChange("fly", "w-1"), UsageError, "no change"),
        (WeekChange("lock", "w-9"), NotFoundError, "no planned encounter w-9"),
        (WeekChange("move", "w-1"), UsageError, "names no day"),
        (WeekChange("move", "w-1", on=D(1938, 9, 26)), UsageError, "not in these weeks"),
        (WeekChange("move", "w-1", on=D(1938, 8, 28)), UsageError, "not in these weeks"),
        (WeekChange("move", "w-1", at="noon"), UsageError, "no time"),
        (WeekChange("swap", "w-1", person="p-c", other="p-d"), NotFoundError, "no guest"),
        (WeekChange("swap", "w-1", person="p-a", other="p-b"), UsageError, "guest already"),
        (WeekChange("swap", "w-1", person="p-a", other="p-a"), UsageError, "in his own place"),
        (WeekChange("add", "w-1"), UsageError, "who is to come"),
        (WeekChange("remove", "w-1", person="p-f"), NotFoundError, "no guest"),
        (WeekChange("reply", "w-1", person="p-a", reply="perhaps"), UsageError, "no answer"),
        (WeekChange("hours", on=SINCE, hours=-1), UsageError, "cannot have"),
        (WeekChange("hours", on=D(1940, 1, 1), hours=4), UsageError, "not in these weeks"),
    ],
)
def test_what_cannot_be_says_why_and_what_to_do(change, error, says):
    with pytest.raises(error, match=says) as caught:
        apply_change(KEPT, change)
    assert caught.value.hint


def test_the_calendar_is_changed_in_the_calendar():
    kept = weeks(replace(LUNCH, origin="calendar"))
    for kind in ("move", "drop", "add", "remove", "swap"):
        with pytest.raises(UsageError, match="in your calendar"):
            apply_change(kept, WeekChange(kind, "w-1", on=SINCE, person="p-a", other="p-c"))
    assert find_planned(apply_change(kept, WeekChange("lock", "w-1")), "w-1").locked


PEOPLE = st.sampled_from([*NAMES, "p-nobody", ""])
CHANGES = st.builds(
    WeekChange,
    kind=st.sampled_from("move lock unlock drop swap add remove reply hours fly".split()),
    uid=st.sampled_from(["w-1", "w-2", "w-3", "w-9"]),
    on=st.none() | st.dates(D(1938, 8, 20), D(1938, 10, 10)),
    at=st.sampled_from(["", "12:00", "x"]),
    person=PEOPLE,
    other=PEOPLE,
    reply=st.sampled_from(["", "accepted", "declined", "needs-action", "x"]),
    hours=st.floats(-5, 200),
)


@given(st.lists(CHANGES, max_size=12))
def test_any_changes_keep_uids_raise_sequences_and_touch_nothing_else(changes):
    kept = weeks(LUNCH, DINNER, planned("w-3", D(1938, 9, 14), "a", "telephone"))
    for change in changes:
        try:
            after = apply_change(kept, change)
        except LegationError:
            continue
        before_of = {e.uid: e for e in kept.encounters}
        after_of = {e.uid: e for e in after.encounters}
        dropped = {d.uid: d for d in after.dropped}
        assert after_of.keys() | dropped.keys() == {"w-1", "w-2", "w-3"}
        assert not after_of.keys() & dropped.keys()
        for uid, before in before_of.items():
            if uid != change.uid:
                assert after_of[uid] == before
            elif uid in after_of:
                now = after_of[uid]
                shown = replace(now, locked=before.locked, sequence=before.sequence) != before
                assert now.sequence == before.sequence + shown
                assert len({g.person for g in now.guests}) == len(now.guests)
                assert SINCE - dt.timedelta(days=3) <= now.on <= last_day(kept)
            else:
                assert dropped[uid].sequence == before.sequence + 1
        kept = after


# ── a new plan ──────────────────────────────────────────────────────────────────────────


def test_what_stands_fast_is_not_touched():
    fast = (
        replace(LUNCH, locked=True),
        planned("w-cal", D(1938, 9, 7), "f", "dinner", origin="calendar"),
        planned("w-inv", D(1938, 9, 13), "cd", "dinner", replies={"c": "needs-action"}),
    )
    assert all(stands_fast(e) for e in fast)
    assert not stands_fast(DINNER)
    # The proposal has two of them among its own, under other uids and on other days.
    proposal = weeks(
        planned("n-1", D(1938, 9, 5), "ab"), planned("n-2", D(1938, 9, 14), "cd", "dinner"),
        planned("n-3", D(1938, 9, 20), "e"),
    )  # fmt: skip
    joined = join_plan(weeks(*fast, DINNER), proposal)
    assert [e for e in joined.encounters if e.uid != "n-3"] == sorted(fast, key=lambda e: e.on)
    assert find_planned(joined, "n-3").sequence == 0


def test_the_same_encounter_keeps_uid_and_day_and_counts_only_if_it_changed():
    proposal = weeks(
        planned("n-1", D(1938, 9, 5), "ab"),  # the same, on another day of its week
        planned("n-2", D(1938, 9, 8), "cdea", "dinner"),  # one guest is another
        planned("n-3", D(1938, 9, 7), "f"),
    )
    joined = join_plan(KEPT, proposal)
    assert find_planned(joined, "w-1") == LUNCH
    dinner = find_planned(joined, "w-2")
    assert ([g.person for g in dinner.guests], dinner.sequence) == (["p-c", "p-d", "p-e", "p-a"], 1)
    assert {e.uid for e in joined.encounters} == {"w-1", "w-2", "n-3"}


def test_a_day_that_does_not_fit_any_more_is_not_kept():
    proposal = weeks(planned("n-1", D(1938, 9, 5), "ab"))
    joined = join_plan(weeks(LUNCH), proposal, fits=lambda on, _form: on != LUNCH.on)
    assert (joined.encounters[0].uid, joined.encounters[0].on) == ("w-1", D(1938, 9, 5))
    assert joined.encounters[0].sequence == 1


def test_nothing_is_moved_back_onto_what_is_new():
    proposal = weeks(planned("n-1", D(1938, 9, 5), "ab"), planned("n-2", LUNCH.on, "f"))
    joined = join_plan(weeks(LUNCH), proposal)
    assert [(e.uid, e.on) for e in joined.encounters] == [("w-1", D(1938, 9, 5)), ("n-2", LUNCH.on)]


def test_a_week_later_it_is_the_same_only_with_the_very_guests():
    later = D(1938, 9, 13)
    assert join_plan(weeks(LUNCH), weeks(planned("n-1", later, "ab"))).encounters[0].uid == "w-1"
    assert join_plan(weeks(LUNCH), weeks(planned("n-1", later, "ac"))).encounters[0].uid == "n-1"
    far = D(1938, 9, 20)
    assert join_plan(weeks(LUNCH), weeks(planned("n-1", far, "ab"))).encounters[0].uid == "n-1"


def test_weekly_encounters_are_not_taken_for_one_another():
    kept = weeks(planned("w-1", D(1938, 9, 6), "a", locked=True), planned("w-2", D(1938, 9, 13), "a"))
    proposal = weeks(
        planned("n-1", D(1938, 9, 6), "a"), planned("n-2", D(1938, 9, 13), "a"),
        planned("n-3", D(1938, 9, 20), "a"),
    )  # fmt: skip
    assert [e.uid for e in join_plan(kept, proposal).encounters] == ["w-1", "w-2", "n-3"]
    # A proposal that leaves out what stands fast loses nothing of its own next week.
    assert [e.uid for e in join_plan(weeks(kept.encounters[0]), weeks(*proposal.encounters[1:])).encounters] == [
        "w-1", "n-2", "n-3",
    ]  # fmt: skip


def test_what_was_dropped_does_not_come_back_in_its_week():
    kept = apply_change(KEPT, WeekChange("drop", "w-1"))
    proposal = weeks(planned("w-1", D(1938, 9, 7), "ab"), planned("n-2", D(1938, 9, 14), "ab"))
    joined = join_plan(kept, proposal)
    assert [e.uid for e in joined.encounters] == ["n-2"]
    assert [d for d in joined.dropped if d.by == "you"] == list(kept.dropped)


def test_everybody_declined_stays_as_a_record_and_takes_no_part():
    void = planned("w-1", D(1938, 9, 6), "a", replies={"a": "declined"})
    joined = join_plan(weeks(void), weeks(planned("n-1", D(1938, 9, 7), "a")))
    assert [e.uid for e in joined.encounters] == ["w-1", "n-1"]


def test_what_lies_before_stays_and_the_long_past_goes():
    since = D(1938, 9, 29)
    old = planned("w-0", since - dt.timedelta(days=KEEP_DAYS + 1), "c")
    recent = planned("w-1", since - dt.timedelta(days=3), "ab")
    kept = weeks(old, recent, week_hours=((D(1938, 9, 5), 3.0), (D(1938, 10, 3), 4.0)))
    courtesy = Courtesy("p-a", "Attlee", D(1938, 10, 3), "birthday", "letter")
    joined = join_plan(
        kept, weeks(planned("n-1", since, "ab"), since=since, courtesies=(courtesy,), hours=9.0)
    )
    assert [e.uid for e in joined.encounters] == ["w-1", "n-1"]
    assert (joined.since, joined.week_hours, joined.hours) == (since, ((D(1938, 10, 3), 4.0),), 9.0)
    assert joined.courtesies == (courtesy,)


def test_the_calendar_says_anew_what_is_in_it():
    event = planned("event-1", D(1938, 9, 7), "ab", origin="calendar")
    moved = replace(event, on=D(1938, 9, 9))
    # The lunch that was planned stands in the calendar now; the calendar has moved it since.
    joined = join_plan(weeks(LUNCH, event), weeks(moved))
    assert joined.encounters == (moved,)


def test_a_new_uid_is_nobody_elses():
    kept = weeks(replace(LUNCH, locked=True))
    joined = join_plan(kept, weeks(planned("w-1", D(1938, 9, 20), "cd", "dinner")))
    assert [e.uid for e in joined.encounters] == ["w-1", "w-1-2"]


ENCOUNTERS = st.lists(
    st.builds(
        lambda uid, day, form, people, locked, reply, calendar: planned(
            uid,
            D(1938, 9, 1) + dt.timedelta(days=day),
            people,
            form,
            locked=locked,
            origin="calendar" if calendar else "plan",
            replies={people[0]: reply},
        ),
        uid=st.sampled_from([f"u-{n}" for n in range(12)]),
        day=st.integers(0, 24),
        form=st.sampled_from(["lunch", "dinner", "telephone"]),
        people=st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True).map("".join),
        locked=st.sampled_from([False, False, True]),
        reply=st.sampled_from(["", "", "", "accepted", "declined"]),
        calendar=st.sampled_from([False, False, False, True]),
    ),
    max_size=8,
    unique_by=lambda e: e.uid,
)


def fresh(encounters: list[PlannedEncounter]) -> KeptWeeks:
    """A proposal: nothing in it is locked, answered or in the calendar."""
    return weeks(*(replace(e, uid="n" + e.uid, locked=False, origin="plan",
                           guests=tuple(replace(g, reply="") for g in e.guests)) for e in encounters))  # fmt: skip


@given(ENCOUNTERS, ENCOUNTERS)
def test_taking_over_touches_nothing_fast_and_is_done_once(old, new):
    kept, proposal = weeks(*old), fresh(new)
    joined = join_plan(kept, proposal)
    uids = [e.uid for e in joined.encounters]
    assert len(set(uids)) == len(uids)
    of = {e.uid: e for e in joined.encounters}
    for encounter in old:
        if stands_fast(encounter):
            assert of[encounter.uid] == encounter
        elif encounter.uid in of:
            now = of[encounter.uid]
            shown = replace(now, sequence=encounter.sequence, guests=(), hours=0) != replace(
                encounter, guests=(), hours=0
            ) or [(g.person, g.name) for g in now.guests] != [(g.person, g.name) for g in encounter.guests]
            assert now.sequence - encounter.sequence == shown
    # Nothing is made up, and nothing that was proposed is lost but for what stands already.
    loose = [e for e in joined.encounters if not stands_fast(e)]
    assert len(loose) <= len(proposal.encounters)
    for encounter in proposal.encounters:
        assert any(
            e.form == encounter.form
            and abs((monday_of(e.on) - monday_of(encounter.on)).days) <= 7
            and {g.person for g in e.guests} & {g.person for g in encounter.guests}
            for e in joined.encounters
        )


@given(ENCOUNTERS)
def test_the_plan_that_stands_changes_nothing(old):
    kept = weeks(*sorted(old, key=lambda e: (e.on, e.at, e.uid)))
    assert join_plan(kept, kept) == kept


def test_one_of_two_guests_may_be_another():
    joined = join_plan(weeks(LUNCH), weeks(planned("n-1", D(1938, 9, 7), "ac")))
    assert [(e.uid, e.sequence) for e in joined.encounters] == [("w-1", 1)]


def test_what_a_plan_has_no_place_for_is_called_off_until_its_day_is_past():
    joined = join_plan(KEPT, weeks(planned("n-1", D(1938, 9, 5), "ab")))
    assert [(d.uid, d.sequence, d.by) for d in joined.dropped] == [("w-2", 1, "plan")]
    # It is no wish of the user's: it may be proposed again, and counts on.
    again = join_plan(joined, weeks(LUNCH, DINNER))
    assert (find_planned(again, "w-2").sequence, again.dropped) == (2, ())
    later = join_plan(joined, weeks(since=D(1938, 9, 12)))
    assert [d.uid for d in later.dropped] == []


def test_putting_back_tells_calendars():
    now = apply_change(apply_change(KEPT, WeekChange("drop", "w-1")), WeekChange("lock", "w-2"))
    now = replace(now, encounters=(*now.encounters, planned("w-3", D(1938, 9, 9), "a", sequence=4)))
    back = put_back(now, KEPT)
    assert [(e.uid, e.sequence) for e in back.encounters] == [("w-1", 2), ("w-2", 0)]
    assert [(d.uid, d.sequence, d.by) for d in back.dropped] == [("w-3", 5, "plan")]
    # And once more to where it was dropped.
    assert [(d.uid, d.sequence) for d in put_back(back, now).dropped if d.uid == "w-1"] == [("w-1", 3)]
