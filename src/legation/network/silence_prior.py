"""The shipped model of silence: fitted by `training/train_silence.py`, not written by hand.

Of contact logs: e-mail in a research institution and messages among students.
`training/SILENCE_CARD.md` has the sources and what to expect.
"""

from __future__ import annotations

from legation.network.silence import Model

#: For encounters, where both sides are there.
PRIOR = Model(
    means=(0.27267, 0.71578, 3.84387, 1.30438, 1.15739, 4.54834, 0.81789, 0.40547),
    scales=(0.43476, 0.64952, 1.29961, 0.86445, 0.71906, 1.06039, 0.38660, 1.00000),
    weights=(0.46618, 0.31363, -0.12744, -0.36341, 1.19969, -0.02165, -0.16297, 0.00000),
    intercept=-2.07852,
    fitted_on=70835,
)

#: For letters and messages, where either side writes.
DIRECTED = Model(
    means=(0.27267, 0.71578, 3.84387, 1.30438, 1.15739, 4.54834, 0.81789, 0.15484),
    scales=(0.43476, 0.64952, 1.29961, 0.86445, 0.71906, 1.06039, 0.38660, 0.16899),
    weights=(0.46690, 0.31813, -0.14562, -0.32000, 1.15546, -0.00611, -0.15139, -0.07095),
    intercept=-2.07593,
    fitted_on=70835,
)
