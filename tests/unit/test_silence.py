"""The chance of silence: features, the fit, what a record teaches it, and that it never looks ahead."""

from __future__ import annotations

import gzip
import importlib.util
import json
import math
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.network import silence
from legation.network.silence import (
    AHEAD_DAYS,
    FEATURES,
    derive_chances,
    derive_lessons,
    derive_rhythm,
    fit_model,
    is_late_enough,
    is_met_within,
    refine_model,
)
from legation.network.silence_prior import DIRECTED, PRIOR

ROOT = Path(__file__).resolve().parents[2]
ON = 700_000

histories = st.lists(st.integers(ON - 900, ON + 60), min_size=1, max_size=30, unique=True).map(sorted)


def made_people(seed=1, count=120, span=900):
    """Return ties with a gap of their own that some day fall silent: (days up to ON and beyond)."""
    chance = random.Random(seed)
    people = []
    for _ in range(count):
        gap = chance.choice([4, 9, 20, 45])
        day = ON - span + chance.randrange(span + 60)
        days = []
        while day < ON + 90:
            days.append(day)
            if chance.random() < 0.05:
                break
            day += max(1, round(chance.expovariate(1 / gap)))
        people.append(sorted(set(days)))
    return people


def test_the_rhythm_is_that_of_the_contact_days():
    rhythm = derive_rhythm([ON - 40, ON - 28, ON - 26, ON - 14], ON)
    assert (rhythm.recency_days, rhythm.active_days, rhythm.age_days, rhythm.gap_days) == (14, 4, 40, 12.0)
    assert rhythm.decayed_14 == pytest.approx(0.5 + 0.25 + 0.5 ** (26 / 14) + 0.5 ** (40 / 14))
    # Back from the day: 14 days are week 2, 26 week 3, 28 week 4 and 40 week 5.
    assert rhythm.weeks == 4
    assert derive_rhythm([ON - 40, ON - 28, ON - 27, ON - 21, ON - 20, ON - 14], ON).weeks == 4
    assert len(rhythm.features()) == len(FEATURES) == 8
    assert derive_rhythm([ON + 1], ON) is None
    assert derive_rhythm([ON], ON).gap_days is None


@given(histories)
def test_nothing_after_the_day_is_looked_at(days):
    before = [d for d in days if d <= ON]
    assert derive_rhythm(days, ON) == derive_rhythm(before, ON)
    for model in (PRIOR, DIRECTED):
        chances = derive_chances({"p": days}, ON, model)
        assert chances == derive_chances({"p": before}, ON, model)
        assert all(0 < c < 1 for c in chances.values())


def test_a_record_is_refined_from_its_past_only():
    people = made_people()
    cut = [[d for d in days if d <= ON] for days in people]
    assert refine_model([d for d in cut if d], ON, PRIOR) == refine_model(people, ON, PRIOR)


@settings(max_examples=25)
@given(st.lists(histories, min_size=1, max_size=8))
def test_lessons_end_by_the_day(people):
    rows, met = derive_lessons(people, ON)
    assert len(rows) == len(met)
    assert derive_lessons([[d for d in days if d <= ON] for days in people], ON) == (rows, met)


def test_lessons_lie_in_the_later_half_of_the_record():
    # 200 days: windows begin 30, 60 and 90 days back, of both people; the one 120 days back is too early.
    people = [list(range(ON - 200, ON, 9)), list(range(ON - 150, ON, 20))]
    assert len(derive_lessons(people, ON)[0]) == 6
    assert is_late_enough(ON - 100, ON - 200, ON)
    assert not is_late_enough(ON - 101, ON - 200, ON)


def test_what_is_more_recent_and_denser_is_likelier():
    often = derive_chances({"a": list(range(ON - 200, ON, 5)), "b": [ON - 200, ON - 150]}, ON, PRIOR)
    assert often["a"] > 0.6
    assert often["b"] < 0.1


def test_both_ways_of_solving_agree_and_find_the_optimum():
    chance = random.Random(3)
    rows = [tuple(chance.gauss(0, 1) for _ in range(8)) for _ in range(600)]
    met = [chance.random() < 1 / (1 + math.exp(1 - 2 * r[0] + r[3])) for r in rows]
    plain = fit_model(rows, met)
    start = (0.0,) * 9
    arrays = silence._solve_arrays(rows, met, plain.means, plain.scales, start, 1.0)
    assert (plain.intercept, *plain.weights) == pytest.approx(tuple(arrays), abs=1e-6)
    # At the optimum the mean chance is the share that was met: the model is calibrated in the large.
    assert sum(plain.chance(r) for r in rows) / 600 == pytest.approx(sum(met) / 600, abs=1e-6)
    assert plain.weights[0] > 0 > plain.weights[3]
    held = fit_model(rows, met, PRIOR, 1e9)
    assert held.weights == pytest.approx(PRIOR.weights, abs=1e-3)


def test_a_column_that_never_varies_keeps_the_weight_of_the_prior():
    rows, met = derive_lessons(made_people(), ON)
    model = fit_model(rows, met, PRIOR, 40.0)
    place = FEATURES.index("reciprocity")
    assert model.weights[place] == pytest.approx(PRIOR.weights[place])


def test_a_short_record_leaves_the_shipped_model_as_it_is():
    assert refine_model([[ON - 20, ON - 9]], ON, PRIOR) is PRIOR
    assert refine_model([], ON, PRIOR) is PRIOR


def test_refined_chances_are_calibrated_on_what_comes_next():
    people = made_people(count=900)
    model = refine_model(people, ON, PRIOR)
    assert model.lessons >= silence.LEAST_LESSONS
    active = [d for d in people if (r := derive_rhythm(d, ON)) is not None and r.recency_days <= 90]
    met = [is_met_within(d, ON) for d in active]

    def error(of):
        chances = [of.chance(derive_rhythm(d, ON).features()) for d in active]
        return abs(sum(chances) - sum(met)) / len(met)

    assert error(model) < 0.06
    assert error(model) < error(PRIOR)


def test_it_is_the_same_twice():
    assert refine_model(made_people(), ON, PRIOR) == refine_model(made_people(), ON, PRIOR)


def test_the_outcome_is_within_thirty_days_after():
    assert is_met_within([ON, ON + AHEAD_DAYS], ON)
    assert not is_met_within([ON, ON + AHEAD_DAYS + 1], ON)
    assert not is_met_within([ON], ON)


# ── the benchmark ───────────────────────────────────────────────────────────────────────


def bench():
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        spec = importlib.util.spec_from_file_location("bench_silence", ROOT / "bench" / "silence.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["bench_silence"] = module
        spec.loader.exec_module(module)
    finally:
        sys.path.pop(0)
    return module


def write_log(path, *, days=260, seed=5):
    chance = random.Random(seed)
    lines = ["# a comment", "from to time", "", "7 8"]
    for a in range(40):
        for b in chance.sample(range(40, 60), 6):
            gap, day = chance.choice([3, 8, 25, 60]), chance.random() * 60
            while day < days:
                one, other = (a, b) if chance.random() < 0.6 else (b, a)
                lines.append(f"{one},{other},{1_000_000 + day * 86400:.0f}")
                day += chance.expovariate(1 / gap)
                if chance.random() < 0.04:
                    break
    lines += ["3 3 1000000", "1 2 nan", f"1 2 {1_000_000 + (days + 200) * 86400}"]
    text = "\n".join(lines)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


def test_areas_and_errors_are_what_they_are_called():
    module = bench()
    assert module.area([False, False, True, True], [1, 2, 3, 4]) == 1.0
    assert module.area([True, False], [1, 1]) == 0.5
    assert module.area([True, False, True, False], [4, 3, 2, 1]) == 0.75
    assert module.calibration_error([True] * 75 + [False] * 75, [0.5] * 150) == 0.0
    assert module.calibration_error([True] * 50 + [False] * 50, [0.1] * 50 + [0.7] * 50) == pytest.approx(0.8)
    assert module.calibration_error([True] * 150, [0.9] * 150) == pytest.approx(0.1)


def test_areas_of_own_ties_are_those_of_each_person():
    module = bench()
    # Who writes to everybody often stands above in all, and it tells nothing of the order of his ties.
    ends = [("a", f"x{n}") for n in range(10)] + [("b", f"y{n}") for n in range(10)]
    met = [n < 8 for n in range(10)] + [n < 2 for n in range(10)]
    rhythm = derive_rhythm([ON], ON)
    cases = module.Cases(ends, [rhythm] * 20, [rhythm.features()] * 20, met)
    assert module.area_of_own(cases, [1.0] * 10 + [0.0] * 10) == 0.5
    assert module.area_of_all(cases, [1.0] * 10 + [0.0] * 10) == pytest.approx(0.8)
    # The ten of a in their order, those of b reversed: each person counts alike.
    scores = [float(-n) for n in range(10)] + [float(n) for n in range(10)]
    assert module.area_of_own(cases, scores) == 0.5
    # A tie counts for both its ends; nine ties, or one outcome only, are no ranking.
    shared = module.Cases([("a", "b")] * 10, cases.rhythms[:10], cases.features[:10], met[:10])
    assert [len(p) for p in module.rankings(shared)] == [10, 10]
    few = module.Cases(ends[:9], cases.rhythms[:9], cases.features[:9], met[:9])
    assert module.rankings(few) == []
    assert math.isnan(module.area_of_own(few, scores[:9]))


def test_where_nobody_has_ten_ties_the_area_is_that_of_all(tmp_path):
    module = bench()
    chance = random.Random(8)
    lines = []
    for pair in range(150):
        gap, day = chance.choice([3, 25, 60]), chance.random() * 60
        while day < 260:
            lines.append(f"a{pair} b{pair} {1_000_000 + day * 86400:.0f}")
            day += chance.expovariate(1 / gap)
    (tmp_path / "pairs.txt").write_text("\n".join(lines), encoding="utf-8")
    found = module.measure_log(module.load_log(tmp_path / "pairs.txt"))
    assert found
    for figures in found:
        assert figures["rankings"] == 0
        for scored in ("model", "recency", "frequency", "overdue"):
            assert figures[scored]["auc"] == figures[scored]["auc_all_ties"] > 0


def test_lessons_of_the_benchmark_end_before_each_test_and_begin_late_enough():
    module = bench()
    for span in (150, 193, 526, 4000):
        lessons, tests = module.choose_days(span)
        assert tests
        assert all(on + AHEAD_DAYS <= span for on in tests)
        for test in tests:
            taught = [on for on in lessons if module.is_lesson(on, test)]
            assert taught
            assert all(test / 2 <= on <= test - AHEAD_DAYS for on in taught)
    assert module.choose_days(60) == ([], [])


def test_the_benchmark_prints_what_the_issue_asks(tmp_path):
    for name in ("a.txt.gz", "b.csv"):
        write_log(tmp_path / name)
    (tmp_path / "short.txt").write_text("1 2 0\n2 1 86400\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    files = [str(tmp_path / n) for n in ("a.txt.gz", "b.csv", "short.txt", "empty.txt", "missing.txt")]
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "silence.py"), *files, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert {(f["file"], f["population"]) for f in found} == {
        (n, p) for n in ("a.txt.gz", "b.csv") for p in ("all", "active", "strong")
    }
    for figures in found:
        assert figures["model"]["auc"] > 0.7
        assert figures["model"]["ece"] < 0.1
        assert figures["model"]["auc"] > figures["overdue"]["auc"]
        assert figures["rankings"] > 0
        for scored in ("model", "recency", "frequency", "overdue"):
            assert 0 <= figures[scored]["auc"] <= 1
            assert 0 <= figures[scored]["auc_all_ties"] <= 1
    one, other = ([f for f in found if f["file"] == n] for n in ("a.txt.gz", "b.csv"))
    assert [f["model"] for f in one] == [f["model"] for f in other]
    assert "short.txt: 1 days are too few" in done.stderr
    assert "missing.txt" in done.stderr
