"""Encounters in prose: who was together with whom, when, where and in what form.

`find_accounts` masks the text (one letter stands for one person), finds every sign of company with
the patterns of `encounter_rules`, works out subject, status, form, date and place of each, and
joins the signs of one sitting into one account. It sees one document alone, without its header.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from legation.facts.candidates import AccountCandidate, Context, DateMention, MentionCandidate
from legation.facts.span import Span
from legation.reading import cues
from legation.reading import encounter_rules as rules
from legation.reading.company import NEAR, Page, Sign
from legation.reading.forms import MEALS, stronger
from legation.reading.masking import Mask, mask_people
from legation.reading.patterns import Rule
from legation.reading.signs import SPEECH, read_item, read_sign
from legation.reading.terse import find_items

#: So many people are a list, not a sitting that goes on.
_CROWD = 60
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|[Uu]s|[Oo]ur)\b(?!['’]?\.)")


#: Rules of "a talk with P": each tells of a meeting of its own.
_NOUNS = frozenset({"noun-with", "item-with", "item-list", "item-from"})


_CLAUSE_END = re.compile(r"[.;:!?](?=\s|$)")


_TODAY = re.compile(r"(?:earlier )?to-?day|to-?night|this (?:morning|afternoon|evening)", re.IGNORECASE)
_HOUR = re.compile(r"\b\d{1,2}(?::\d\d)? ?[ap]\.? ?m\.")


_SHORTENED = ("St", "Mr", "Dr", "Mrs", "Capt", "Col", "Gen", "Sir")

#: Up to how many characters a note is taken for one that its writer typed in.
_NOTE_LENGTH = 400


def find_accounts(
    text: str,
    mentions: tuple[MentionCandidate, ...],
    dates: tuple[DateMention, ...],
    context: Context,
) -> tuple[AccountCandidate, ...]:
    """Find the encounters that a text tells of, in order of the text.

    `participants` index `mentions`; a score of .75 and more means that it may stand unasked.
    A paper's own encounter, which its header gives, is not among them.
    """
    mask = mask_people(text, mentions)
    if not mask.people and not mentions:
        return ()
    page = _open(text, mask, mentions, dates, context)
    signs = _find_signs(page)
    accounts = _join(page, signs)
    return tuple(_account(page, sign) for sign in accounts)


def _open(
    text: str,
    mask: Mask,
    mentions: tuple[MentionCandidate, ...],
    dates: tuple[DateMention, ...],
    context: Context,
) -> Page:
    """Work out who speaks: a diary leaves its "I" out, a telegram does not, a history has none."""
    spoken = len(_FIRST_PERSON.findall(mask.text[:20000]))
    own = sum(1 for m in mentions[:400] if m.of == "author")
    first = spoken + own >= 2 and (spoken + own) * 700 >= min(len(mask.text), 20000)
    # A line or two noted down by hand is the user's own; a long text of unknown kind may be a history.
    noted = context.kind == "note" and len(text) <= _NOTE_LENGTH
    first = first or noted or context.kind == "entry" or (bool(context.author) and spoken + own > 0)
    clauses = [0]
    clauses.extend(
        m.end()
        for m in _CLAUSE_END.finditer(mask.text)
        if not mask.text.endswith(_SHORTENED, max(0, m.start() - 4), m.start())
    )
    elided = first and context.kind in (None, "entry", "note")
    written = context.written_on
    modern = written is None or written.last.year >= 1880
    terse = context.kind in (None, "entry", "note")
    of_the_day = context.kind == "paper" and _tells_of_its_day(text, dates)
    return Page(text, mask, mentions, dates, context, first, elided, modern, terse, of_the_day, clauses)


def _tells_of_its_day(text: str, dates: tuple[DateMention, ...]) -> bool:
    """Say whether a paper says "today" in its first lines, or gives hours without a day."""
    if any(_TODAY.match(text, date.span.start) for date in dates[:4]):
        return True
    starts = [date.span.start for date in dates]
    for hour in _HOUR.finditer(text[:20000]):
        at = bisect_left(starts, hour.start() - 60)
        if at == len(starts) or starts[at] > hour.end() + 40:
            return True
    return False


def _find_signs(page: Page) -> list[Sign]:
    masked = page.mask.text
    items = list(find_items(masked)) if page.terse else []
    begins = {match.start(): begin for match, _, begin in items}
    matches = [(match.start(), -1, match, rule) for match, rule, _ in items]
    matches += [
        (m.start("w") if rule.name in ("and-I", "we") else m.start(), order, m, rule)
        for order, rule in enumerate(rules.RULES)
        if not rule.heads
        if not (page.first_person and rule.name in rules.THIRD_PERSON)
        if not rule.hints or any(hint in masked for hint in rule.hints)
        for m in _matches(rule, masked)
    ]
    for order, m in _matches_by_word(masked):
        rule = rules.RULES[order]
        if not (page.first_person and rule.name in rules.THIRD_PERSON):
            matches.append((m.start("w") if rule.name in ("and-I", "we") else m.start(), order, m, rule))
    matches.sort(key=lambda row: (row[0], row[1]))
    signs: list[Sign] = []
    done = 0
    for _, order, match, rule in matches:
        if order < 0:
            sign = read_item(page, match, rule, begins[match.start()], signs)
            if sign is not None and sign.status != "held":
                done = sign.end
        elif match.start() < done:
            # What an item says was not held is not held by its parts.
            continue
        else:
            sign = read_sign(page, match, rule, signs)
        if sign is not None:
            signs.append(sign)
    return signs


_BY_WORD: dict[str, list[int]] = {}
for _order, _rule in enumerate(rules.RULES):
    for _word in _rule.heads:
        _BY_WORD.setdefault(_word, []).append(_order)
_WORD = re.compile(r"[A-Za-z]+")


def _matches_by_word(masked: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The matches of the rules that begin with a word of their own, each with its rule's order."""
    ends = [0] * len(rules.RULES)
    for word in _WORD.finditer(masked):
        orders = _BY_WORD.get(word[0])
        at = word.start()
        if orders is None or (at and masked[at - 1].isalnum()):
            continue
        for order in orders:
            if at >= ends[order]:
                match = rules.RULES[order].pattern.match(masked, at)
                if match is not None:
                    ends[order] = match.end()
                    yield order, match


def _matches(rule: Rule, masked: str) -> Iterator[re.Match[str]]:
    """The matches of a rule; where it has an anchor only stretches around anchors are searched."""
    if rule.anchor is None:
        for match in rule.pattern.finditer(masked):
            start = match.start()
            if not (rule.whole and start and masked[start - 1].isalnum()):
                yield match
        return
    done = 0
    for anchor in rule.anchor.finditer(masked):
        if anchor.start() < done:
            continue
        start = max(done, anchor.start() - rule.back)
        while start and start > done and masked[start - 1].isalnum():
            start -= 1
        for match in rule.pattern.finditer(masked, start, anchor.end() + 200):
            inside = rule.whole and match.start() and masked[match.start() - 1].isalnum()
            if match.end() > anchor.start() and not inside:
                done = match.end()
                yield match
                break


def _join(page: Page, signs: list[Sign]) -> list[Sign]:
    """Join the signs of one sitting: the same words, or the same company with no move between."""
    out: list[Sign] = []
    current: Sign | None = None
    talk: list[Sign] = []
    for sign in signs:
        if sign.status != "held":
            if not any(s.start < sign.end and sign.start < s.end for s in out[-3:]):
                out.append(sign)
            continue
        if current is not None and _same_sitting(page, current, sign):
            _merge(current, sign)
            continue
        if sign.rule in SPEECH:
            talk.append(sign)
            continue
        out.append(sign)
        current = sign
    out.extend(_talks(page, talk, out))
    out.sort(key=lambda sign: (sign.start, sign.end))
    return out


def _talks(page: Page, talk: list[Sign], held: list[Sign]) -> list[Sign]:
    """Keep of mere talk what no meeting told of accounts for, once for each company.

    In a paper the subject of several speech verbs took part; in a diary "he told me" alone may
    have been said anywhere.
    """
    met = [set(s.people) for s in held if s.status == "held" and s.score >= 0.5]
    first: dict[tuple[frozenset[str], str], Sign] = {}
    meals = {s.form for s in held if s.form in MEALS}
    out: list[Sign] = []
    who = [_persons(page, sign.people) for sign in talk]
    known: dict[str, list[frozenset[str]]] = {}
    for company in {_persons(page, list(people)) for people in met}:
        for person in company:
            known.setdefault(person, []).append(company)
    for sign, persons in zip(talk, who, strict=True):
        meal = sign.form if sign.form in MEALS and sign.form not in meals else ""
        if not meal and page.first_person and _is_among(persons, known):
            continue
        if (persons, meal) in first and page.first_person:
            other = first[persons, meal]
            other.joined += 1
            if not page.elided:
                other.score = min(0.78, other.score + 0.12)
            continue
        first[persons, meal] = sign
        out.append(sign)
    return out


def _is_among(persons: frozenset[str], known: dict[str, list[frozenset[str]]]) -> bool:
    """Say whether all these were together in one of the known companies."""
    rarest = min((known.get(person, []) for person in persons), key=len, default=[])
    return any(persons <= company for company in rarest)


def _persons(page: Page, people: list[int]) -> frozenset[str]:
    """The people by their last words, so that "Mr. Crew" and "Crew" are one here."""
    return frozenset(page.mentions[i].span.cut(page.text).rsplit(maxsplit=1)[-1].lower() for i in people)


def _begins_anew(first: Sign, second: Sign, *, alone: bool) -> bool:
    """Say whether the second sign by its own kind tells of another meeting than the first."""
    if second.start >= first.end - 1 and (second.fresh or second.rule == "to-person"):
        return True
    if second.moving and not first.moving and second.start >= first.start + 8:
        return True
    return second.start >= first.end and (
        (second.dated and second.on != first.on)
        or (first.rule == "was-there" and alone)
        or (first.rule in _NOUNS and second.rule in _NOUNS)
    )


def _same_sitting(page: Page, first: Sign, second: Sign) -> bool:
    """Say whether a second sign belongs to the sitting of the first."""
    if len(first.people) > _CROWD:
        return False
    shared = set(first.people) & set(second.people)
    if second.start < first.end and second.end <= first.end:
        return True
    if second.rule == "item-present":
        return second.start - first.end < NEAR
    if _begins_anew(first, second, alone=not shared):
        return False
    if (first.form == "telephone") != (second.form == "telephone"):
        return False
    if second.start < first.end:
        return True
    gap = page.mask.text[first.end : second.start]
    if 0 <= second.lead < first.end and first.rule in ("and-I", "we"):
        return True
    if first.moving and len(gap) < 70 and cues.WHERE.search(gap) and not second.moving:
        return True
    if cues.MOVE.search(gap):
        return False
    if ". " in gap and ((second.rule == "we" and len(gap) > 120) or (second.rule == "met" and not shared)):
        return False
    if first.form in MEALS and second.form in MEALS and first.form != second.form:
        return False
    if first.author != second.author and not shared:
        return False
    joins = second.rule in ("came", "comes", "was-there") and len(gap) < 150
    return (bool(shared) and len(gap) < 2 * NEAR) or len(gap) < 50 or joins


def _merge(first: Sign, second: Sign) -> None:
    """Take a second sign of the same sitting into the first."""
    house = first.rule == "to-house" and second.start < first.end
    for index in second.people:
        if index not in first.people and not (house and index in second.inferred):
            first.people.append(index)
    sure = (set(first.people) - set(first.inferred)) | (set(second.people) - set(second.inferred))
    first.inferred = [i for i in first.people if i not in sure]
    first.author = first.author or second.author
    first.form = stronger(first.form, second.form)
    first.place = first.place or second.place
    if second.dated and not first.dated:
        first.on, first.dated = second.on, True
    first.on = first.on or second.on
    if second.rule not in SPEECH:
        first.end = max(first.end, second.end)
        first.start = min(first.start, second.start)
    if second.score > first.score:
        first.rule = second.rule
    first.joined += 1
    first.score = round(min(0.98, max(first.score, second.score) + 0.04), 3)


def _account(page: Page, sign: Sign) -> AccountCandidate:
    origin, end_of = page.mask.origin, page.mask.end_of
    first = sign.lead if 0 <= sign.lead < sign.start else sign.start
    start, end = origin(first), end_of(sign.end - 1)
    words = page.text[start:end]
    start += len(words) - len(words.lstrip(" ,;.\n"))
    place = None
    if sign.place is not None:
        place = Span(origin(sign.place[0]), end_of(sign.place[1] - 1))
    return AccountCandidate(
        span=Span(start, end),
        status=sign.status,
        form=sign.form or "meeting",
        participants=tuple(sorted(sign.people)),
        author=sign.author,
        on=sign.on,
        place=place,
        rule=sign.rule,
        score=sign.score,
        inferred=tuple(sorted(sign.inferred)),
    )
