"""What nobody could beat: a year planned by somebody who knows every answer and every lost hour beforehand.

One linear programme over all weeks, with columns only where an invitation would be accepted.
Encounters may be held in part, so that this is an upper bound of every policy in that same year.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from legation.plan.instance import FloatArray, Instance, IntArray
from legation.plan.year import QUARTER_WEEKS, Year


def solve_clairvoyant(instance: Instance, year: Year, weeks: int = 52) -> float:
    """Return the share of worth within interval that no plan of the year exceeds (0-1).

    For 500 people and 52 weeks this takes a minute or several. Interior point without crossover:
    the optimum is right to about a millionth, and no vertex is wanted.
    """
    # Loaded here because SciPy and HiGHS take half a second.
    from scipy import sparse  # noqa: PLC0415

    from legation.plan.linear import Program, open_program  # noqa: PLC0415

    forms = instance.forms
    hours = year.hours[:weeks] * (1.0 - year.lost[:weeks])
    reach = np.maximum(instance.covers, instance.late_covers)
    person, form, week = np.nonzero((reach[:, :, None] > 0) & year.accepts[:, :, :weeks])
    late = bool(instance.late_worth.any())
    covers = [_Cover(instance.covers, instance.covered, instance.worth)]
    if late:
        covers.append(_Cover(instance.late_covers, instance.late_covered, instance.late_worth))
    columns, slots = len(person), len(forms) * weeks
    # Rows that say "covered only if attended", for the ideal and for the longest interval.
    blocks, worths, given = [], [], 0.0
    for cover in covers:
        block, worth = cover.write(person, form, week, weeks)
        blocks.append(block)
        worths.append(worth)
        given += float((cover.worth * np.minimum(cover.left, weeks)).sum())
    slot = form * weeks + week
    capacity = np.repeat([float(of.capacity) for of in forms], weeks)
    attend = sparse.csr_matrix((np.ones(columns), (slot, np.arange(columns))), (slots, columns))
    spent = sparse.hstack([sparse.eye(weeks) * of.hours for of in forms])
    rare = [k for k, of in enumerate(forms) if of.most_a_quarter is not None]
    quarters = [(k, first) for k in rare for first in range(max(1, weeks - QUARTER_WEEKS + 1))]
    within = sparse.lil_matrix((len(quarters), slots))
    for row, (k, first) in enumerate(quarters):
        within[row, k * weeks + first : k * weeks + min(weeks, first + QUARTER_WEEKS)] = 1.0
    covered = sum(len(worth) for worth in worths)
    matrix = sparse.bmat(
        [
            [sparse.vstack([-block for block in blocks]), sparse.eye(covered), None],
            [attend, None, -sparse.diags(capacity)],
            [None, None, spent],
            [None, None, within.tocsr() if quarters else None],
        ][: 4 if quarters else 3],
        format="csc",
    )
    scale = max(1.0, instance.scale)
    a_quarter = [float(forms[k].most_a_quarter or 0) * scale for k, _ in quarters]
    most_a_week = np.repeat([of.most_a_week * scale for of in forms], weeks)
    highs = open_program(
        Program(
            cost=np.concatenate([np.zeros(columns), *worths, np.zeros(slots)]),
            lower=np.zeros(matrix.shape[1]),
            upper=np.concatenate([np.ones(columns + covered), most_a_week]),
            matrix=matrix,
            row_lower=np.full(matrix.shape[0], -np.inf),
            row_upper=np.concatenate([np.zeros(covered + slots), hours, a_quarter]),
        ),
        None,
    )
    highs.setOptionValue("solver", "ipm")
    highs.setOptionValue("run_crossover", "off")
    highs.run()
    best = float(highs.getInfo().objective_function_value) + given
    return best / (weeks * instance.total_worth)


class _Cover:
    """One kind of interval: weeks that each form covers, weeks covered to begin with, and what one counts."""

    def __init__(self, covers: IntArray, left: IntArray, worth: FloatArray) -> None:
        self.covers, self.left, self.worth = covers, left, worth

    def write(
        self, person: IntArray, form: IntArray, week: IntArray, weeks: int
    ) -> tuple[NDArray[np.object_], FloatArray]:
        """Return (rows by attendances: which weeks each covers, what each row counts)."""
        from scipy import sparse  # noqa: PLC0415 - loaded by now

        open_person, open_week = np.nonzero(np.arange(weeks)[None, :] >= self.left[:, None])
        row_of = np.full((len(self.left), weeks), -1)
        row_of[open_person, open_week] = np.arange(len(open_person))
        until = np.minimum(weeks, week + self.covers[person, form])
        rows, columns = [], []
        for at in range(weeks):
            reaches = np.flatnonzero((week <= at) & (at < until) & (row_of[person, at] >= 0))
            rows.append(row_of[person[reaches], at])
            columns.append(reaches)
        row, column = np.concatenate(rows), np.concatenate(columns)
        block = sparse.csr_matrix((np.ones(len(row)), (row, column)), (len(open_person), len(person)))
        return block, self.worth[open_person]
