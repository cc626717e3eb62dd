"""Encounters in prose: who was together with whom, when, where and in what form.

`find_accounts` masks the text (one letter stands for one person), finds every sign of company with
the patterns of `encounter_rules`, works out subject, status, form, date and place of each, and
joins the signs of one sitting into one account. It sees one document alone, without its header.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from legation.facts.candidates import AccountCandidate, Context, DateMention, MentionCandidate
from legation.facts.span import Span
from legation.reading import cues
from legation.reading import encounter_rules as rules
from legation.reading.calibration import ADDED, FLOOR, add_odds
from legation.reading.company import NEAR, Page, Sign
from legation.reading.forms import MEALS, form_of, stronger
from legation.reading.masking import ASIDE, PERSON, Mask, mask_people
from legation.reading.paper_accounts import look_over, may_join, settle
from legation.reading.patterns import Rule
from legation.reading.signs import SPEECH, read_item, read_sign
from legation.reading.terse import find_items

#: So many people are a list, not a sitting that goes on.
_CROWD = 60
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|[Uu]s|[Oo]ur)\b(?!['’]?\.)")


#: Rules of "a talk with P": each tells of a meeting of its own.
_NOUNS = frozenset({"noun-with", "item-with", "item-list", "item-from"})


#: Rules that tell of another meeting than the one before.
_ANEW = frozenset({"to-person", "to-house", "our-talk"})
_CLAUSE_END = re.compile(rf"[.;:!?](?=[\s{ASIDE}]|$)")


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
    if context.kind == "paper":
        signs = look_over(page, signs)
    accounts = _join(page, signs)
    _carry_on(page, accounts)
    _settle_forms(page, accounts)
    if context.kind == "paper":
        accounts = settle(page, accounts)
    for sign in accounts:
        if _is_household(page, sign):
            sign.score = add_odds(sign.score, ADDED["household"])
    return tuple(_account(page, sign) for sign in accounts if sign.score >= FLOOR or sign.status == "denied")


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
    first = spoken + own >= (1 if context.kind == "paper" else 2) and (spoken + own) * 700 >= min(
        len(mask.text), 20000
    )
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
        if not (page.elided and rule.name in rules.REPORTED)
        if not (page.first_person and rule.name in rules.THIRD_PERSON)
        if not rule.hints or any(hint in masked for hint in rule.hints)
        for m in _matches(rule, masked)
    ]
    for order, m in _matches_by_word(masked):
        rule = rules.RULES[order]
        if not (page.first_person and rule.name in rules.THIRD_PERSON) and not (
            page.elided and rule.name in rules.REPORTED
        ):
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
        elif rule.name in _PARTS and any(
            s.start <= match.start() and match.end() <= s.end and rule.name in ("with-any", s.rule)
            for s in signs[-3:]
        ):
            continue
        else:
            sign = read_sign(page, match, rule, signs)
        if sign is not None:
            if rule.name in _GOING_WITH:
                sign.along = list(sign.people)
            signs.append(sign)
    return signs


#: Rules of which a match may be part of another sign's words.
_PARTS = frozenset({"with-any", "and-I"})
_BY_WORD: dict[str, list[int]] = {}
for _order, _rule in enumerate(rules.RULES):
    for _word in _rule.heads:
        _BY_WORD.setdefault(_word, []).append(_order)
_WORD = re.compile(r"[A-Za-z]+")
_SMALL = frozenset(
    {"to", "To", "with", "With", "at", "At", "upon", "Upon", "by", "home", "back", "away", "out"}
)
_SOMEBODY = re.compile(rf"{PERSON}|\b(?:him|her|them|me|us|myself)\b")
#: So far behind its first word a pattern names somebody.
_REACH = 60


def _matches_by_word(masked: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The matches of the rules that begin with a word of their own, each with its rule's order."""
    ends = [0] * len(rules.RULES)
    somebody = [m.start() for m in _SOMEBODY.finditer(masked)]
    following, last = 0, len(somebody)
    for word in _WORD.finditer(masked):
        orders = _BY_WORD.get(word[0])
        at = word.start()
        if orders is None or (at and masked[at - 1].isalnum()):
            continue
        if word[0] in _SMALL:
            # Without a person near behind it a small word begins nothing.
            while following < last and somebody[following] < at:
                following += 1
            if following == last or somebody[following] > at + _REACH:
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
            if current is not None and _is_purpose(page, current, sign):
                current.form = stronger(current.form, sign.form)
                continue
            if not any(_is_retold(page, s, sign) for s in out[-3:]):
                out.append(sign)
            continue
        if current is not None and _same_sitting(page, current, sign):
            _merge(current, sign)
            continue
        if sign.rule in SPEECH:
            talk.append(sign)
            continue
        if _LEAVE.search(page.mask.text, sign.start, sign.end) and any(
            s.status == "held" and all(any(_may_be(page, i, k) for k in s.people) for i in sign.people)
            for s in out[-4:]
        ):
            continue
        out.append(sign)
        current = sign
    out.extend(_talks(page, talk, out))
    out.sort(key=lambda sign: (sign.start, sign.end))
    return out


def _is_retold(page: Page, first: Sign, second: Sign) -> bool:
    """Say whether what was meant or told is told already: the same words, or the same sentence's company."""
    if first.start < second.end and second.start < first.end:
        return True
    return (
        first.status == second.status
        and second.start >= first.end
        and _persons(page, first.people) == _persons(page, second.people)
        and _SENTENCE.search(page.mask.text, first.end, second.start) is None
    )


def _is_purpose(page: Page, first: Sign, second: Sign) -> bool:
    """Say whether a meeting that is only meant is what people came for: "came P to dine with me"."""
    gap = page.mask.text[first.end : second.start]
    return (
        second.status == "planned"
        and 0 <= second.start - first.end < 40
        and set(second.people) <= set(first.people)
        and not _CLAUSE_END.search(gap)
        and (gap.endswith(" to ") or second.rule == "pair-to")
    )


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
                other.score = min(0.78, add_odds(other.score, ADDED["joined"]))
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


def _may_be(page: Page, one: int, other: int) -> bool:
    """Say whether two mentions may be of one person: "my Lord" and "my Lord Crewe"."""
    first, second = (page.mentions[i].span.cut(page.text).lower() for i in (one, other))
    return first.rsplit(maxsplit=1)[-1] == second.rsplit(maxsplit=1)[-1] or second.startswith(first)


def _begins_anew(first: Sign, second: Sign, gap: str, *, alone: bool) -> bool:
    """Say whether the second sign by its own kind tells of another meeting than the first."""
    straight = (
        gap == " "
        and first.form != "journey"
        and ((first.rule == "and-I" and first.moving) or second.form in MEALS)
    )
    if second.start >= first.end - 1 and (second.fresh or second.rule in _ANEW):
        # "P and I to Q's": one visit.
        return not straight
    same_trip = (
        first.form == second.form == "journey"
        and second.rule == "we"
        and not (cues.WHERE.search(gap) or cues.THERE.search(gap))
    )
    if second.moving and not first.moving and second.start >= first.start + 8 and not same_trip:
        return True
    if second.moving and second.rule == "we" and second.start >= first.end and not same_trip:
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
    if page.context.kind == "paper" and not may_join(page, first, second):
        return False
    if second.start < first.end and second.end <= first.end:
        return True
    if second.rule == "item-present":
        return second.start - first.end < NEAR
    gap = page.mask.text[first.end : second.start]
    if _begins_anew(first, second, gap, alone=not shared):
        return False
    if gap.find(")") >= 0 and gap.find(")") < (gap.find("(") if "(" in gap else len(gap)):
        # What stood between brackets was at another time.
        return False
    if (first.form == "telephone") != (second.form == "telephone"):
        return False
    if second.start < first.end:
        return True
    if 0 <= second.lead < first.end and first.rule in ("and-I", "we"):
        return True
    if first.moving and len(gap) < 70 and cues.WHERE.search(gap) and not second.moving:
        # A trip is told by itself where its end has other company.
        return shared != set() or second.rule not in _THERE_ALSO or first.form not in ("journey", "walk")
    still = (
        second.inferred
        and not second.moving
        and set(second.inferred) <= set(first.people)
        and len(gap) < 1.5 * NEAR
    )
    arrives = second.rule in ("came", "comes", "was-there") and len(gap) < 200
    if (cues.TRAVEL if (still or arrives) and first.form in _SITTING else cues.MOVE).search(gap):
        return False
    if first.author and not second.author:
        return (second.rule == "noun-with" and gap in (" at his ", " at her ", " at their ")) or (
            second.rule == "between" and first.form in MEALS and not cues.TRAVEL.search(gap)
        )
    if ". " in gap and ((second.rule == "we" and len(gap) > 120) or (second.rule == "met" and not shared)):
        return False
    if first.form in MEALS and second.form in MEALS and first.form != second.form:
        return False
    if first.author != second.author and not shared:
        return False
    joins = arrives and (len(gap) < 150 or first.form in _SITTING)
    other = not shared and not second.inferred and _SENTENCE.search(gap) is not None
    return (bool(shared) and len(gap) < 2 * NEAR) or (len(gap) < 50 and not other) or joins


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
    first.along.extend(i for i in second.along if i not in first.along)
    first.joined += 1
    first.score = add_odds(max(first.score, second.score), ADDED["joined"] if first.joined <= 3 else 0.0)


_WALKS = re.compile(r"\b(?:[Pp]arke?|[Gg]ardens?|fields?|walks|turns?|piazza|terrace|strand)\b")
_WITH_THEM = frozenset({"in-company", "way", "with-any", "item-to", "with-us", "we"})
_HOUSES = frozenset({"tavern", "theatre", "church"})
#: So many make a session.
_BOARD = 3
_ON_THE_WAY = frozenset({"in-company", "way", "with-any", "and-I", "took", "item-to", "with-us", "we"})
_GOING = re.compile(
    r",? ?(?:all |both |then |alone |together |along |up |down |over |back |out |by \w+ )*(?:home|towards"
    r"|as far|into"
    rf"|to (?:the |my |his |her |a )?(?:[A-Z]|{PERSON}|office|house|park|court|yard))"
)
_TALKED = re.compile(r"\b(?:talk|spoke|discours|met\b|consult|discuss|confer)", re.IGNORECASE)


def _is_household(page: Page, sign: Sign) -> bool:
    """Say whether a meeting is only that of a couple at home, who are together all day."""
    if sign.form not in ("meeting", "visit", "call"):
        return False
    if sign.rule in ("took", "with", "way", "in-company") and (sign.place or sign.moving) and sign.author:
        return False
    return all(
        (page.mentions[i].kind == "kin" and page.mentions[i].head in ("wife", "husband"))
        or page.mentions[i].span.cut(page.text).lower() in ("my wife", "my husband")
        for i in sign.people
    )


_GOING_WITH = frozenset({"in-company", "way", "with-any", "item-to", "took"})
_THERE_ALSO = frozenset({"met", "met-first", "found", "was-there"})
_ARRIVING = frozenset({"to-person", "to-house", "visited", "found"})
#: Whoever goes about with the author goes on with him where nobody else is the subject.
_ON_WITH = re.compile(
    r"(?:[,;:]? (?:and|but) |[.;:,] )?(?:so |and |then |there |thence |Thence |So |Then )*$"
)


_ONWARDS = re.compile(r"\b(?:thence|so|then) (?:to )?$")
_ALONE = re.compile(r"\bI\b")
_LEAVE = re.compile(r"\bleave (?:again )?of\b")
_WHERE_MET = re.compile(r"[^.;]{0,80}\b(?:where|whither|there),?(?: (?:I|we))?(?: also)? $")


def _goes_on(page: Page, first: Sign, second: Sign) -> bool:
    """Say whether the company of the first sign is still there where the author arrives next."""
    if not (first.author and second.author) or not 0 <= second.start - first.end < 90:
        return False
    gap = page.mask.text[first.end : second.start]
    met = second.rule in _THERE_ALSO
    if met and (_WHERE_MET.fullmatch(gap) or page.mask.text.startswith("where", second.start)):
        return True
    if second.lead >= 0 or second.rule not in _ARRIVING or len(gap) >= 60 or _ALONE.search(gap):
        return False
    return _ON_WITH.fullmatch(gap) is not None or _ONWARDS.search(gap) is not None


def _carry_on(page: Page, accounts: list[Sign]) -> None:
    """Let those who set out with the author be there where he arrives next: "and thence to P"."""
    for first, second in pairwise(accounts):
        if first.along and _goes_on(page, first, second):
            new = [i for i in first.along if i not in second.people]
            second.people.extend(new)
            second.inferred.extend(new)
            second.along = list(first.along)


def _settle_forms(page: Page, accounts: list[Sign]) -> None:
    """Give meetings of no form of their own the form that the rest of the sitting speaks of."""
    for sign, following in zip(accounts, [*accounts[1:], None], strict=False):
        if sign.form == "session" and page.elided and len(sign.people) + sign.author < _BOARD:
            # Two who talk at an office hold no session.
            sign.form = "meeting"
        if sign.form != "meeting" or sign.status != "held" or sign.rule in SPEECH or not sign.author:
            continue
        end = min(sign.end + 170, following.start if following is not None else len(page.mask.text))
        rest = page.mask.text[sign.end : max(end, sign.end)]
        stop = _SENTENCE.search(rest)
        rest = rest[: stop.start()] if stop else rest
        going = sign.rule in _ON_THE_WAY and _GOING.match(rest) is not None
        moved = cues.MOVE.search(rest, 40 if going else 0)
        rest = rest[: moved.start()] if moved else rest
        sign.form = form_of(cues.PAST.sub(" ", rest), "meeting", only=_SITTING)
        if sign.form == "meeting" and page.elided:
            place = page.mask.text[sign.place[0] : sign.place[1]] if sign.place else ""
            words = page.mask.text[sign.start : sign.end]
            where = form_of(place, "", only=_HOUSES)
            if where:
                sign.form = where
            elif going and sign.rule in _WITH_THEM and not _TALKED.search(words):
                sign.form = "walk" if _WALKS.search(rest[:50]) else "visit" if PERSON in place else "journey"
            elif place.endswith(("'s", "’s")) and PERSON in place and sign.rule != "met":
                sign.form = "visit"


_SENTENCE = re.compile(rf"[.!?](?=[\s{ASIDE}]|$)")
_SITTING = frozenset(
    {"dinner", "supper", "lunch", "breakfast", "theatre", "tavern", "church", "reception", "walk"}
)


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
