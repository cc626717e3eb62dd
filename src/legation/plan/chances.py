"""What being covered is worth when invitations may be declined: a small decision process for each person.

A person's state is the weeks of cover left when a week is planned. In a week one may invite to a
form, which is accepted with the form's chance and then costs the price of a seat, or not. At given
prices the best way for each person is found by itself, and says what an attendance is worth now,
with all that may follow from it: earlier cover wasted, weeks uncovered until somebody accepts.
"""

from __future__ import annotations

import numpy as np

from legation.plan.instance import FloatArray, IntArray

#: Where nobody ever declined, somebody could be kept covered for ever and no state be comparable.
_SUREST = 0.98
#: Policies improve strictly and are few: this is a bound so that rounding cannot go round for ever.
_MOST_ROUNDS = 40
#: Numbers in the equations that are solved at once: a matter of memory (16 MB).
_NUMBERS_AT_ONCE = 2_000_000


def value_cover(worth: FloatArray, covers: IntArray, prices: FloatArray, accepts: FloatArray) -> FloatArray:
    """Return (N, C) what c weeks of cover left are worth beyond none, when a week is about to be planned.

    `worth` (N,) is that of a week, `covers` (N, F) in weeks, `prices` (F,) or (N, F) of one
    attendance in worth times weeks, `accepts` (F,) the chance that somebody who is invited in a week attends.
    Found by policy iteration on the mean gain a week.
    """
    states = int(covers.max(initial=0)) + 1
    prices = np.broadcast_to(prices, covers.shape)
    step = max(1, _NUMBERS_AT_ONCE // states**2)
    parts = [
        _value_some(worth[k : k + step], covers[k : k + step], prices[k : k + step], accepts, states)
        for k in range(0, len(worth), step)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, states))


def _value_some(
    worth: FloatArray, covers: IntArray, prices: FloatArray, accepts: FloatArray, states: int
) -> FloatArray:
    """Return the value for people whose equations are solved at once."""
    people, forms = covers.shape
    weeks = np.arange(states)
    rows = np.arange(people)[:, None]
    # Choice F is to invite to nothing. `then` (N, F + 1, C) is the cover left a week after coming.
    chance = np.append(np.minimum(accepts, _SUREST), 0.0)
    reached = np.maximum(np.append(covers, np.zeros((people, 1), dtype=np.int64), axis=1)[:, :, None], weeks)
    then = np.maximum(reached - 1, 0)
    lapse = np.maximum(weeks - 1, 0)
    suits = np.append(covers > 0, np.ones((people, 1), dtype=bool), axis=1)
    cost = np.append(prices, np.zeros((people, 1)), axis=1)
    held = worth[:, None] * (weeks > 0)
    earned = (
        chance[:, None] * (worth[:, None, None] * (reached > 0) - cost[:, :, None])
        + (1.0 - chance[:, None]) * held[:, None, :]
    )
    choice = np.full((people, states), forms)
    value = np.zeros((people, states))
    for round_ in range(_MOST_ROUNDS):
        ahead = value[rows[:, :, None], then]
        worths = earned + chance[:, None] * ahead + (1.0 - chance[:, None]) * value[:, None, lapse]
        worths = np.where(suits[:, :, None], worths, -np.inf)
        best = worths.argmax(axis=1)
        now = np.take_along_axis(worths, choice[:, None, :], axis=1)[:, 0]
        top = np.take_along_axis(worths, best[:, None, :], axis=1)[:, 0]
        better = top > now + 1e-9 * (1.0 + np.abs(now))
        if round_ and not better.any():
            break
        choice = np.where(better, best, choice)
        value = _evaluate(choice, chance, earned, then, lapse)
    return value


def _evaluate(
    choice: IntArray, chance: FloatArray, earned: FloatArray, then: IntArray, lapse: IntArray
) -> FloatArray:
    """Return (N, C) the value of following a policy for ever, relative to state 0 (linear systems)."""
    people, states = choice.shape
    rows, weeks = np.arange(people)[:, None], np.arange(states)[None, :]
    comes = chance[choice]
    system = np.zeros((people, states, states))
    system[:, np.arange(states), np.arange(states)] = 1.0
    np.add.at(system, (rows, weeks, then[rows, choice, weeks]), -comes)
    np.add.at(system, (rows, weeks, np.broadcast_to(lapse, choice.shape)), comes - 1.0)
    # The value of state 0 is 0 by definition; its column holds the mean gain a week instead.
    system[:, :, 0] = 1.0
    solved = np.linalg.solve(system, earned[rows, choice, weeks][:, :, None])
    value = np.asarray(solved[:, :, 0], dtype=np.float64)
    value[:, 0] = 0.0
    return value


def gain_of_attending(
    value: FloatArray, worth: FloatArray, covers: IntArray, covered: IntArray
) -> FloatArray:
    """Return (N, F) what one attendance this week is worth to each person, who has so many weeks left."""
    rows = np.arange(len(worth))
    covered = np.minimum(covered, value.shape[1] - 1)
    without = worth * (covered > 0) + value[rows, np.maximum(covered - 1, 0)]
    reached = np.maximum(covered[:, None], covers)
    attended = worth[:, None] * (reached > 0) + value[rows[:, None], np.maximum(reached - 1, 0)]
    gains: FloatArray = np.where(covers > 0, attended - without[:, None], 0.0)
    return gains
