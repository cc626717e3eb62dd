"""Linear and integer programmes, solved by HiGHS: the same programme gives the same answer.

What is limited is iterations and nodes, never time, so that a slow machine plans as a fast one does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import scipy.sparse as sp

from legation.plan.instance import BoolArray, FloatArray, IntArray

#: Far beyond what any plan needs; a programme that reaches it is answered by what it has.
ITERATIONS = 2_000_000
NODES = 200


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Maximise `cost` · v where `row_lower` ≤ matrix · v ≤ `row_upper` and `lower` ≤ v ≤ `upper`.

    V columns, R rows: `cost`, `lower`, `upper` (V,); `matrix` (R, V) by columns; `row_lower` and
    `row_upper` (R,), infinite where there is no limit.
    """

    cost: FloatArray
    lower: FloatArray
    upper: FloatArray
    matrix: sp.csc_matrix
    row_lower: FloatArray
    row_upper: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a programme came to: `solved` says whether to optimality (an integer one: to its gap).

    `values` (V,); `prices` (R,) what one more unit of a row's limit adds and `reduced` (V,) what
    one more unit of a column adds, both of linear programmes only. `bound` is at least the optimum.
    """

    solved: bool
    objective: float
    bound: float
    values: FloatArray
    prices: FloatArray
    reduced: FloatArray


class Linear:
    """A linear programme that is solved again and again with other bounds, from where it stands."""

    def __init__(self, program: Program, *, method: str = "simplex", presolve: bool = True) -> None:
        """Take a programme; `method` is one of HiGHS, for the first solving."""
        self._highs = open_program(program, None)
        self._highs.setOptionValue("solver", method)
        self._highs.setOptionValue("presolve", "on" if presolve else "off")
        self._rows = program.matrix.shape[0]

    def set_bounds(self, columns: IntArray, lower: FloatArray, upper: FloatArray) -> None:
        """Set the bounds of some columns."""
        self._highs.changeColsBounds(
            len(columns), columns.astype(np.int32), lower.astype(float), upper.astype(float)
        )

    def set_limits(self, rows: IntArray, lower: FloatArray, upper: FloatArray) -> None:
        """Set the limits of some rows."""
        for row, low, high in zip(rows.tolist(), lower.tolist(), upper.tolist(), strict=True):
            self._highs.changeRowBounds(row, low, high)

    def solve(self, iterations: int = ITERATIONS) -> Answer:
        """Solve, from the last basis if there is one."""
        self._highs.setOptionValue("simplex_iteration_limit", iterations)
        self._highs.run()
        return _read_answer(self._highs, whole=False)


def solve_linear(program: Program, *, method: str = "simplex") -> Answer:
    """Solve one linear programme."""
    return Linear(program, method=method).solve()


def solve_whole(
    program: Program,
    whole: BoolArray,
    *,
    gap: float = 0.0,
    nodes: int = NODES,
    start: FloatArray | None = None,
) -> Answer:
    """Solve with the columns that are `whole` (V,) integer, to a relative gap or a number of nodes.

    `start` (V,), if it is feasible, is what the search begins with: the answer is not worse.
    """
    highs = open_program(program, whole)
    highs.setOptionValue("mip_rel_gap", gap)
    highs.setOptionValue("mip_max_nodes", nodes)
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start.tolist()
        highs.setSolution(solution)
    highs.run()
    return _read_answer(highs, whole=True)


def open_program(program: Program, whole: BoolArray | None) -> Any:
    """Return a HiGHS object that holds a programme, for one thread and without time limits."""
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    # One thread and one seed: threads race, and a plan must not depend on who wins.
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("parallel", "off")
    highs.setOptionValue("random_seed", 1)
    model = highspy.HighsLp()
    matrix = program.matrix
    model.num_row_, model.num_col_ = matrix.shape
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = program.cost
    model.col_lower_, model.col_upper_ = program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data.astype(float)
    if whole is not None:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(one)] for one in whole]
    highs.passModel(model)
    return highs


def _read_answer(highs: Any, *, whole: bool) -> Answer:
    """Return what HiGHS found."""
    status = highs.getModelStatus()
    info, solution = highs.getInfo(), highs.getSolution()
    values = np.array(solution.col_value, dtype=float)
    objective = float(info.objective_function_value)
    none = np.zeros(0)
    return Answer(
        solved=status == highspy.HighsModelStatus.kOptimal,
        objective=objective,
        bound=float(info.mip_dual_bound) if whole else objective,
        values=values,
        prices=none if whole else np.array(solution.row_dual, dtype=float),
        reduced=none if whole else np.array(solution.col_dual, dtype=float),
    )
