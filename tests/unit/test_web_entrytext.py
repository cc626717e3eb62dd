"""The text of an entry: every character kept, marks well nested, notes beside their paragraphs."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from legation.desk.web.entrytext import PICTURES, brief_detail, bundle, find_all, set_entry, visible
from legation.report.views import Mark, NoteView


class Reader(HTMLParser):
    """Reads HTML back: its text, whether it nests, and which links lie in links."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.text = ""
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.keys: list[str] = []
        self._key = False
        self.feed(html)
        self.close()
        if self.stack:
            self.faults.append(f"left open: {self.stack}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag not in {"mark", "a", "span"}:
            self.faults.append(f"element {tag}")
        if tag == "a" and "a" in self.stack:
            self.faults.append("a link in a link")
        if "style" in named or any(n.startswith("on") for n in named):
            self.faults.append("inline style or handler")
        if "id" in named:
            self.ids.append(str(named["id"]))
        self._key = named.get("class") == "key"
        self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(f"{tag} does not nest")
        self._key = False

    def handle_data(self, data: str) -> None:
        if self._key:
            self.keys.append(data)
        else:
            self.text += data


def read(text: str, marks: list[Mark], **more: object) -> Reader:
    return Reader("".join(str(b.html) for b in set_entry(text, marks, (), **more)))  # type: ignore[arg-type]


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


WORDS = st.text(alphabet="ab c.\n\r\t<&\"'>é\u202e\u0000\u0085#-", max_size=120)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(WORDS)
    marks = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, max(0, len(text))))
        end = draw(st.integers(start, len(text) + 2))
        note = f"k{number}" if draw(st.booleans()) else ""
        person = "p-1" if draw(st.booleans()) else ""
        state = draw(st.sampled_from(["read", "sure", "ask", "contra"]))
        marks.append(Mark(start, end, "x", state, f"m-{number}", note, person))
    return text, marks


@given(marked())
def test_any_marks_give_valid_html_with_every_character(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    blocks = set_entry(text, marks, (), ((0, 3),))
    read_back = Reader("".join(str(b.html) for b in blocks))
    assert read_back.faults == []
    shown = squeeze(visible(text))
    if any(b.kind in ("side", "head", "front") for b in blocks):
        assert squeeze(read_back.text).replace("#", "") == shown.replace("#", "")
    else:
        assert squeeze(read_back.text) == shown
    assert len(read_back.ids) == len(set(read_back.ids))


def test_a_span_inside_a_span_and_two_that_cross() -> None:
    text = "Lunch with Butler and Hudson today."
    marks = [
        Mark(0, 28, "encounter", "read", "a-1", "a"),
        Mark(11, 17, "mention", "read", "m-1", person="p-b"),
        Mark(22, 34, "date", "ask", "a-2", "b"),
    ]
    html = str(set_entry(text, marks, ())[0].html)
    assert html == (
        '<mark class="read" id="w-a">Lunch with <a class="who" href="/people/p-b">Butler</a> and '
        '<mark class="ask" id="w-b">Hudson</mark></mark>'
        '<a class="key" href="#n-a" aria-label="note a">a</a><mark class="ask" data-w="b"> today</mark>'
        '<a class="key" href="#n-b" aria-label="note b">b</a>.'
    )


def test_the_innermost_of_two_names_is_the_link() -> None:
    html = str(set_entry("my Lady's butler", [
        Mark(0, 16, "mention", "read", "m-1", person="p-butler"),
        Mark(0, 7, "mention", "read", "m-2", person="p-lady"),
    ], ())[0].html)  # fmt: skip
    assert html == (
        '<a class="who" href="/people/p-lady">my Lady</a>'
        '<a class="who" href="/people/p-butler">&#39;s butler</a>'
    )


def test_hostile_text_is_text() -> None:
    text = "<script>alert(1)</script> <img src=x onerror=alert(1)> \"quoted\" & 'so'"
    got = read(text, [Mark(3, 12, "mention", "read", '"><script>', person='"onload=x')])
    assert got.faults == []
    assert got.text == text


def test_control_characters_are_seen_and_keep_their_place() -> None:
    text = "a\x00b\x1fc\x7fd\x85e\ud800f\u202eg"
    assert visible(text) == "a␀b␟c␡d\ufffde\ufffdf\u202eg"
    assert len(visible(text)) == len(text)
    assert set(range(32)) - {9, 10, 13} <= PICTURES.keys()
    mark = Mark(4, 5, "mention", "read", "m-1", person="p-1")
    assert ">c</a>" in str(set_entry(text, [mark], ())[0].html)


def test_front_matter_headings_lines_and_paragraphs() -> None:
    text = (
        "---\nplace: London\n---\n# 9 March\n\n## Lunch\nOne line that is long enough to have been\n"
        "wrapped by an editor at some width or other.\n\n- one\n- two\n\n"
        "## A heading that is far too long to stand in a narrow column at the side\n"
    )
    kinds = [(b.kind, str(b.html).split("\n")[0]) for b in set_entry(text, (), ())]
    assert kinds == [
        ("front", "---"),
        ("side", "9 March"),
        ("side", "Lunch"),
        ("lines", "One line that is long enough to have been"),
        ("lines", "- one"),
        ("head", "A heading that is far too long to stand in a narrow column at the side"),
    ]


def test_an_open_front_matter_block_is_text() -> None:
    assert [b.kind for b in set_entry("---\nplace: London\n\nWords.", (), ())] == ["lines", "p"]


def note(key: str, start: int) -> NoteView:
    return NoteView(key, f"a-{key}", "Encounter", "read", "says", "", start)


def test_notes_stand_beside_the_paragraph_of_their_words() -> None:
    text = "# Head\n\nOne.\n\nTwo.\n\nThree.\n\nFour."
    notes = [note("c", text.index("Four")), note("a", 0), note("b", text.index("One"))]
    blocks = set_entry(text, (), notes)
    assert [[n.key for n in b.notes] for b in blocks] == [[], ["a", "b"], [], [], ["c"]]
    assert [b.rows for b in blocks] == [1, 3, 1, 1, 1]


def told_note(key: str, kind: str, says: str, detail: str = "") -> NoteView:
    return NoteView(key, f"t-{key}", kind, "read", says, detail, ord(key), status="held")


def test_statements_of_a_paragraph_share_a_note_and_others_do_not() -> None:
    said = "Butler to you, reported."
    notes = [
        told_note("a", "encounter", "Lunch."),
        told_note("b", "statement", said),
        told_note("c", "promise", "Butler."),
        told_note("d", "statement", "Hudson to you."),
        told_note("e", "statement", said),
    ]
    keys = [[[n.key for n in line] for line in group] for group in bundle(notes)]
    assert keys == [[["a"]], [["b", "e"], ["d"]], [["c"]]]


def test_the_rules_that_inferred_somebody_are_said_once() -> None:
    told = [
        told_note("a", "statement", "", "“He” is Mr. Butler (last named)."),
        told_note(
            "b", "statement", "", "“Him” is Mr. Butler (last named). Taken from the context: you (form)."
        ),
        told_note("c", "statement", "", "“He” is Hudson (last named). Somebody else tells it."),
    ]
    assert brief_detail(told) == "Inferred: last named, form. Somebody else tells it."
    assert brief_detail([told_note("d", "promise", "", "The words deny it.")]) == "The words deny it."
    elsewhere = "Taken from the context: Hudson. Told in 2 other papers too: Minutes (2)."
    assert brief_detail([told_note("e", "encounter", "", elsewhere)]) == elsewhere


def test_a_mark_over_two_paragraphs_has_one_id_and_one_key() -> None:
    text = "One two.\r\n\r\nThree four.\r\n"
    got = read(text, [Mark(4, 18, "x", "read", "a-1", "a"), Mark(0, len(text), "x", "sure", "a-2", "b")])
    assert got.faults == []
    assert sorted(got.ids) == ["w-a", "w-b"]
    assert sorted(got.keys) == ["a", "b"]


def test_no_words_no_blocks() -> None:
    assert set_entry("", (), ()) == ()
    assert set_entry("\r\n\r\n \n", (), ()) == ()


def test_words_are_found_whatever_their_case_and_line_ends() -> None:
    assert find_all("The Prime\nMinister and the prime minister", "prime minister") == ((4, 18), (27, 41))
    assert find_all("text", "  ") == ()
    assert len(find_all("a " * 500, "a")) == 50
    html = str(set_entry("Rab Butler", (), (), ((4, 10),))[0].html)
    assert html == 'Rab <span class="found" id="here" tabindex="-1">Butler</span>'


def test_a_large_entry_is_set_quickly() -> None:
    text = ("Lunch with Mr. Butler and Mr. Hudson at the House, and so home. " * 10 + "\n\n") * 160
    marks = []
    for number, match in enumerate(re.finditer(r"Lunch with (Mr\. Butler)", text)):
        marks.append(Mark(*match.span(), "encounter", "read", f"a-{number}", f"k{number}"))
        marks.append(Mark(*match.span(1), "mention", "read", f"m-{number}", person="p-1"))
    assert len(text) > 100_000
    assert len(marks) == 3200
    start = time.process_time()
    blocks = set_entry(text, marks, ())
    taken = time.process_time() - start
    assert sum(str(b.html).count("<mark") for b in blocks) == 1600
    assert taken < 0.5
    start = time.process_time()
    set_entry("word " * 20_000, [Mark(n * 5, n * 5 + 4, "m", "read", f"m-{n}") for n in range(20_000)], ())
    assert time.process_time() - start < 1.5
