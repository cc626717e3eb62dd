"""The shipped model of silence: fitted by `training/train_silence.py`, not written by hand.

Of contact logs: e-mail in a research institution and messages among students.
`training/SILENCE_CARD.md` has the sources and what to expect.
"""

from __future__ import annotations

from legation.network.silence import Model

#: For encounters, where both sides are there.
PRIOR = Model(
    means=(0.27267, 0.71578, 3.84387, 1.30438, 4.54834, 0.81789, 0.40547),
    scales=(0.43476, 0.64952, 1.29961, 0.86445, 1.06039, 0.38660, 1.00000),
    weights=(0.25563, 0.25453, -0.12214, 1.06427, -0.06651, -0.35441, 0.00000),
    intercept=-2.05041,
    fitted_on=70835,
)

#: For letters and messages, where either side writes.
DIRECTED = Model(
    means=(0.27267, 0.71578, 3.84387, 1.30438, 4.54834, 0.81789, 0.15484),
    scales=(0.43476, 0.64952, 1.29961, 0.86445, 1.06039, 0.38660, 0.16899),
    weights=(0.26928, 0.26347, -0.15131, 1.05140, -0.04006, -0.32481, -0.11071),
    intercept=-2.04829,
    fitted_on=70835,
)
