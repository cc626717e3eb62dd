"""The name tagger: a small conditional random field that proposes names which the rules leave open.

The weights are data, made by `training/train_tagger.py`; whoever reads documents loads their bytes
and hands them over, so that reading stays a pure function of text, context and weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from legation.reading.name_draft import SURE, Draft, Words
from legation.reading.name_words import F_FUNCTION, F_NATION, F_NON, F_ONLY_PLACE, F_TITLE, look_up
from legation.reading.tagger_features import (
    context_features,
    rule_features,
    sentences_of,
    text_features,
    word_features,
)

LABELS = "BIO"
#: The first line of a file of weights, which ends in how many of its units make one.
_HEAD = "legation name tagger 1, units a weight: "
_OFFSETS = (-2, -1, 0, 1, 2)
#: Chance from which a token counts as part of what may be a name.
_PART = 0.3
#: Words whose sums are kept at one time; ten years of a diary have some 20,000.
_KEPT_LIMIT = 50_000
#: How many tokens away a label still tells on another; further ones change no chance by a thousandth.
_REACH = 10
#: Log odds of the rules below which nothing that the tagger sees makes a name.
_HOPELESS = -3.5
_EXPLAINED = F_FUNCTION | F_NON | F_NATION | F_ONLY_PLACE | F_TITLE
Weights = tuple[float, float, float]
_NONE: Weights = (0.0, 0.0, 0.0)


class Proposal(NamedTuple):
    """Tokens `start` to `end` taken for a name, and the chance (0–1) of the least likely of them."""

    start: int
    end: int
    chance: float


@dataclass(slots=True)
class Tagger:
    """A linear-chain CRF over the labels B (begins a name), I (goes on with it) and O.

    `states` holds the weights of each feature, `steps` those of each label after each label. What a
    word adds wherever it stands is summed once and kept; that changes nothing but the time.
    """

    states: dict[str, Weights]
    steps: tuple[Weights, Weights, Weights]
    _kept: tuple[dict[str, Weights], ...] = field(default_factory=lambda: tuple({} for _ in _OFFSETS))

    def propose(self, words: Words, drafts: Sequence[Draft]) -> list[Proposal]:
        """Return the names seen in the sentences that the rules leave open, in order of place."""
        opened = _list_open(words, drafts)
        if not opened:
            return []
        told = text_features(words)
        ruled = rule_features(drafts)
        out: list[Proposal] = []
        for sentence in sentences_of(words):
            for first, last in _cut_windows(opened, sentence):
                scores = [self._score(words, i, sentence, told, ruled) for i in range(first, last)]
                out += _cut_spans(_weigh_labels(scores, self.steps), first)
        return out

    def _score(
        self,
        words: Words,
        i: int,
        sentence: tuple[int, int],
        told: dict[str, tuple[str, ...]],
        ruled: dict[int, tuple[str, ...]],
    ) -> Weights:
        """Return the summed weights of token `i` for each label."""
        tokens = words.tokens
        first, last = sentence
        b = g = o = 0.0
        for n, offset in enumerate(_OFFSETS):
            at = i + offset
            if not first <= at < last:
                continue
            word = tokens[at].text
            kept = self._kept[n].get(word)
            if kept is None:
                kept = self._keep(n, word)
            b += kept[0]
            g += kept[1]
            o += kept[2]
        states = self.states
        for feature in context_features(words, i, sentence, told, ruled):
            weights = states.get(feature)
            if weights is not None:
                b += weights[0]
                g += weights[1]
                o += weights[2]
        return b, g, o

    def _keep(self, n: int, word: str) -> Weights:
        table = self._kept[n]
        if len(table) >= _KEPT_LIMIT:
            table.clear()
        rows = [self.states.get(f, _NONE) for f in word_features(word, _OFFSETS[n])]
        table[word] = total = (sum(r[0] for r in rows), sum(r[1] for r in rows), sum(r[2] for r in rows))
        return total


def _list_open(words: Words, drafts: Sequence[Draft]) -> set[int]:
    """Return the first tokens of the drafts that neither the rules nor the word lists settle."""
    out = set()
    for draft in drafts:
        if not _HOPELESS < draft.odds < SURE:
            continue
        word = words.tokens[draft.start].text
        if look_up(word)[1] & _EXPLAINED or (words.opens(draft.start) and word.lower() in words.lower):
            continue
        out.add(draft.start)
    return out


def _cut_windows(opened: set[int], sentence: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a sentence that are within reach of its open tokens."""
    first, last = sentence
    begin = end = -1
    for i in range(first, last):
        if i not in opened:
            continue
        if begin >= 0 and i - _REACH > end:
            yield begin, end
            begin = -1
        begin = max(first, i - _REACH) if begin < 0 else begin
        end = min(last, i + _REACH + 1)
    if begin >= 0:
        yield begin, end


def _weigh_labels(scores: Sequence[Weights], steps: tuple[Weights, Weights, Weights]) -> list[Weights]:
    """Return the chance of each label at each token: forward and backward sums, scaled at each step."""
    (bb, bi, bo), (ib, ii, io), (ob, oi, oo) = [[math.exp(w) for w in row] for row in steps]
    locals_: list[Weights] = []
    ahead: list[Weights] = []
    fb, fi, fo = 0.0, 0.0, 0.0
    for n, (b, i, o) in enumerate(scores):
        top = max(b, i, o)
        eb, ei, eo = math.exp(b - top), math.exp(i - top), math.exp(o - top)
        locals_.append((eb, ei, eo))
        if n:
            fb, fi, fo = (
                (fb * bb + fi * ib + fo * ob) * eb,
                (fb * bi + fi * ii + fo * oi) * ei,
                (fb * bo + fi * io + fo * oo) * eo,
            )
        else:
            fb, fi, fo = eb, ei, eo
        total = fb + fi + fo
        fb, fi, fo = fb / total, fi / total, fo / total
        ahead.append((fb, fi, fo))
    out: list[Weights] = [_NONE] * len(scores)
    rb = ri = ro = 1.0
    for n in range(len(scores) - 1, -1, -1):
        fb, fi, fo = ahead[n]
        pb, pi, po = fb * rb, fi * ri, fo * ro
        total = pb + pi + po
        out[n] = (pb / total, pi / total, po / total)
        eb, ei, eo = locals_[n]
        rb, ri, ro = eb * rb, ei * ri, eo * ro
        rb, ri, ro = (
            bb * rb + bi * ri + bo * ro,
            ib * rb + ii * ri + io * ro,
            ob * rb + oi * ri + oo * ro,
        )
        total = rb + ri + ro
        rb, ri, ro = rb / total, ri / total, ro / total
    return out


def _cut_spans(chances: Sequence[Weights], first: int) -> list[Proposal]:
    """Cut names out of the chances of a sentence whose first token is `first`."""
    out = []
    n = 0
    while n < len(chances):
        if 1 - chances[n][2] < _PART:
            n += 1
            continue
        end = n + 1
        while end < len(chances) and 1 - chances[end][2] >= _PART and chances[end][1] > chances[end][0]:
            end += 1
        least = min(1 - c[2] for c in chances[n:end])
        out.append(Proposal(first + n, first + end, round(least, 3)))
        n = end
    return out


def parse_tagger(data: bytes) -> Tagger:
    """Read a file of weights: lines of a feature or pair of labels and whole numbers, tab between.

    Raises:
        ValueError: the bytes are no such file.
    """
    lines = data.decode("utf-8").split("\n")
    if not lines[0].startswith(_HEAD):
        message = "not a file of weights for the name tagger"
        raise ValueError(message)
    unit = int(lines[0][len(_HEAD) :])
    steps: dict[str, Weights] = {}
    states: dict[str, Weights] = {}
    for line in lines[1:]:
        if not line:
            continue
        name, b, i, o = line.split("\t")
        target = steps if name.startswith(">") else states
        target[name] = (int(b) / unit, int(i) / unit, int(o) / unit)
    return Tagger(states, (steps[">B"], steps[">I"], steps[">O"]))


def write_weights(
    states: dict[str, tuple[int, int, int]], steps: dict[str, tuple[int, int, int]], unit: int
) -> bytes:
    """Return the bytes that `parse_tagger` reads, of weights as whole numbers of 1/`unit`, sorted."""
    rows = [(">" + label, steps[label]) for label in LABELS] + sorted(states.items())
    lines = [f"{_HEAD}{unit}", *(f"{name}\t{b}\t{i}\t{o}" for name, (b, i, o) in rows)]
    return ("\n".join(lines) + "\n").encode("utf-8")
