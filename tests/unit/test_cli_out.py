"""Commands that take the plan out and answers in, on a small workspace: what they print, write and change."""

from __future__ import annotations

import json
import re
import shutil
import stat
import sys
from pathlib import Path
from typing import Any

import icalendar
import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parent))
from test_formats import compare, documented

from legation.desk.cli import main
from legation.desk.cli.commands import taking_plan
from legation.report.replies import LARGEST_BYTES
from legation.workspace.feed_key import FEED_KEY, load_feed_key, renew_feed_key

CARDS = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:halifax\r\nFN:Lord Halifax\r\nEMAIL:mailto:halifax@fo.example\r\n"
    "EMAIL:edward@home.example\r\nTITLE:Foreign Secretary\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:eden\r\nFN:Anthony Eden\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:maisky\r\nFN:Ivan Maisky\r\nEMAIL:maisky@embassy.example\r\nEND:VCARD\r\n"
)
WEEKS = """\
# Kept by hand.
since = 1939-03-06
weeks = 3

[[encounter]]
uid = "w-lunch"
on = 1939-03-14
at = "13:00"
form = "lunch"
place = "the Embassy"
hours = 2.0
guests = [
  { name = "Lord Halifax", why = "due since 2 March" },
  { name = "Anthony Eden", why = "the only one who sees both" },
]

[[encounter]]
uid = "w-call"
on = 1939-03-15
form = "telephone"
guests = [{ name = "Anthony Eden" }]
"""


def run(root: Path, *words: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [words[0], "-w", str(root), *words[1:]], input=stdin)


def ask(root: Path, *words: str) -> Any:
    found = run(root, *words, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one workspace for all tests here; each takes a copy."""
    root = tmp_path_factory.mktemp("out") / "work space"
    assert CliRunner().invoke(main, ["init", str(root), "--owner", "Ivan Maisky"]).exit_code == 0
    (root / "people.vcf").write_bytes(CARDS.encode())
    (root / "legation.toml").write_text(
        '[workspace]\nname = "w"\nowner = "Ivan Maisky"\ntoday = 1939-03-08\n', encoding="utf-8"
    )
    found = run(root, "import", str(root / "people.vcf"))
    assert found.exit_code == 0, found.output
    (root / "weeks.toml").write_text(WEEKS, encoding="utf-8")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    shutil.copytree(made, copy)
    return copy


def events(data: bytes) -> dict[str, icalendar.Event]:
    return {str(e["UID"]): e for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def replies(root: Path) -> dict[str, str]:
    return {g["name"]: g["reply"] for g in ask(root, "guests", "w-lunch")["guests"]}


# ── calendar and feed ───────────────────────────────────────────────────────────────────


def test_the_calendar_goes_to_stdout_or_a_file(root: Path, tmp_path: Path) -> None:
    shown = run(root, "calendar")
    assert shown.exit_code == 0
    target = tmp_path / "plan.ics"
    told = run(root, "calendar", "-o", str(target))
    assert "2 encounters." in " ".join(told.stdout.split())
    assert target.read_bytes() == shown.stdout_bytes
    event = events(shown.stdout_bytes)["w-lunch"]
    assert str(event["ATTENDEE"][0]) == "mailto:halifax@fo.example"
    assert event["ORGANIZER"] == "mailto:maisky@embassy.example"
    assert b"due since" not in shown.stdout_bytes
    assert b"Due since 2 March" in run(root, "calendar", "--why").stdout_bytes.replace(b"\r\n ", b"")
    compare(ask(root, "calendar", "-o", str(target)), documented("calendar.md", "`legation calendar --json`"))
    assert list(tmp_path.glob(".*")) == []


def test_a_calendar_within_the_workspace_is_warned_of(root: Path) -> None:
    assert "would read it back" in re.sub(
        r"\s+", " ", run(root, "calendar", "-o", str(root / "plan.ics")).stdout
    )


def test_a_target_that_cannot_be_written_is_an_error(root: Path, tmp_path: Path) -> None:
    found = run(root, "calendar", "-o", str(tmp_path / "no" / "plan.ics"))
    assert found.exit_code == 31
    assert f"{tmp_path / 'no' / 'plan.ics'}: " in found.stderr
    assert ".new" not in found.stderr
    assert run(root, "calendar", "-o", str(tmp_path)).exit_code == 31
    assert [p.name for p in tmp_path.iterdir()] == ["copy"]


def test_the_feed_keeps_its_address_until_it_is_renewed(root: Path) -> None:
    first = ask(root, "calendar", "--feed")
    compare(first, documented("calendar.md", "`legation calendar --feed --json`"))
    assert re.fullmatch(r"http://127\.0\.0\.1:8743/feed/[\w-]{43}/legation\.ics", first["address"])
    assert ask(root, "calendar", "--feed")["address"] == first["address"]
    assert first["address"] in run(root, "calendar", "--feed").stdout
    again = ask(root, "calendar", "--renew", "--port", "9000")
    assert again["renewed"]
    assert again["address"].startswith("http://127.0.0.1:9000/feed/")
    assert again["address"][29:] != first["address"][29:]
    assert stat.S_IMODE((root / FEED_KEY).stat().st_mode) == 0o600


def test_a_key_is_made_once_and_kept_to_oneself(tmp_path: Path) -> None:
    (tmp_path / ".legation").mkdir()
    assert load_feed_key(tmp_path, make=False) == ""
    key = load_feed_key(tmp_path)
    (tmp_path / FEED_KEY).chmod(0o644)
    assert load_feed_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / FEED_KEY).stat().st_mode) == 0o600
    assert renew_feed_key(tmp_path) != key
    for text in ("", "short", "é" * 43, "a" * 44, "a b" * 20):
        (tmp_path / FEED_KEY).write_text(text, encoding="utf-8")
        assert load_feed_key(tmp_path, make=False) == ""
    assert len(load_feed_key(tmp_path)) == 43
    assert [p.name for p in (tmp_path / ".legation").iterdir()] == ["feed-key"]


# ── week and guests ─────────────────────────────────────────────────────────────────────


def test_the_week_on_paper(root: Path) -> None:
    text = run(root, "week", "--on", "1939-03-14").stdout
    for said in ("13 March to 19 March 1939", "Tuesday 14 March 1939", "13:00–15:00", "Lunch", "the Embassy",
                 "Lord Halifax", "(Foreign Secretary)", "not invited yet", "[lunch]"):  # fmt: skip
        assert said in text
    assert "due since" not in text
    assert "due since 2 March" in run(root, "week", "--on", "1939-03-14", "--why").stdout
    assert "No plan that is kept" in run(root, "week", "--on", "1938-01-01").stdout
    assert run(root, "week", "--on", "soon").exit_code == 2
    compare(ask(root, "week", "--on", "1939-03-14"), documented("week.md"), whole=False)


def test_guest_lists(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "guests.csv"
    assert "3 guests." in " ".join(run(root, "guests", "-o", str(target)).stdout.split())
    assert target.read_bytes() == run(root, "guests").stdout_bytes
    compare(ask(root, "guests"), documented("guests.md"))
    assert [g["reply"] for g in ask(root, "guests")["guests"]] == ["invite", "invite", ""]
    assert [g["name"] for g in ask(root, "guests", "lun")["guests"]] == ["Anthony Eden", "Lord Halifax"]
    assert run(root, "guests", "w-none").exit_code == 3


def test_where_no_weeks_are_kept_it_says_what_to_do(root: Path) -> None:
    (root / "weeks.toml").unlink()
    assert run(root, "guests").exit_code == 3
    assert "legation plan" in run(root, "letters").stderr
    assert run(root, "week").exit_code == 0
    assert events(run(root, "calendar").stdout_bytes) == {}


def test_what_cannot_be_used_of_the_weeks_is_told(root: Path) -> None:
    text = WEEKS.replace('on = 1939-03-15\nform = "telephone"', 'on = "soon"\nform = "telephone"')
    (root / "weeks.toml").write_text(text, encoding="utf-8")
    for words in (("calendar",), ("week",), ("guests",), ("letters",)):
        found = run(root, *words)
        assert found.exit_code == 0
        assert "weeks.toml, line" in found.stderr


# ── letters ─────────────────────────────────────────────────────────────────────────────


def test_letters_are_written_once_and_nobody_is_marked(root: Path) -> None:
    receipt = ask(root, "letters")
    compare(
        receipt | {"invited": ["x"], "outdated": ["x"]}, documented("letters.md", "`legation letters --json`")
    )
    assert [x["salutation"] for x in receipt["letters"]] == ["Dear Foreign Secretary", "Dear Anthony Eden"]
    letter = Path(receipt["letters"][0]["file"])
    assert letter.read_text(encoding="utf-8").startswith("8 March 1939\n\nDear Foreign Secretary,\n")
    assert set(replies(root).values()) == {"invite"}
    assert (root / "weeks.toml").read_text(encoding="utf-8") == WEEKS

    letter.write_text("my own words", encoding="utf-8")
    again = ask(root, "letters")
    assert [x["written"] for x in again["letters"]] == [False, False]
    assert letter.read_text(encoding="utf-8") == "my own words"
    assert "left as it was" in run(root, "letters").stdout


def test_letters_of_another_day_are_told(root: Path) -> None:
    sent = [Path(x["file"]) for x in ask(root, "letters")["letters"]]
    old = root / "letters" / "1939-02-14 lunch lord-halifax.txt"
    notes = root / "letters" / "1939-05-01 notes.txt"
    for path in (old, notes):
        path.write_text("mine", encoding="utf-8")
    assert ask(root, "letters")["outdated"] == []
    text = WEEKS.replace("on = 1939-03-14", "on = 1939-03-16")
    (root / "weeks.toml").write_text(text, encoding="utf-8")
    # What is past was sent and held; what has no letter's name is somebody else's.
    assert ask(root, "letters")["outdated"] == sorted(str(p) for p in sent)
    assert "ask for what stands no more" in " ".join(run(root, "letters").stdout.split())


def test_guests_are_marked_when_the_letters_are_sent(root: Path) -> None:
    told = run(root, "letters", "--invite", "--calendar").stdout
    assert "2 guests marked as invited." in told
    assert replies(root) == {"Lord Halifax": "needs-action", "Anthony Eden": "needs-action"}
    assert (root / "weeks.toml").read_text(encoding="utf-8").startswith("# Kept by hand.\n")
    assert "--again writes to those" in run(root, "letters").stdout
    assert len(ask(root, "letters", "--again")["letters"]) == 2
    invitations = sorted((root / "letters").glob("*.ics"))
    assert len(invitations) == 2
    for path in invitations:
        text = path.read_bytes().replace(b"\r\n ", b"")
        assert (b"Eden" in text) != (b"Halifax" in text)
        assert b"due since" not in text


def test_the_text_of_the_letters_is_the_user_s(root: Path, tmp_path: Path) -> None:
    run(root, "letters")
    path = root / "letters" / "letters.toml"
    path.write_text(
        'letter = "{salutation}, {asks}?"\n[salutations]\n"Lord Halifax" = "Edward"\n', encoding="utf-8"
    )
    folder = tmp_path / "post"
    assert ask(root, "letters", "-o", str(folder), "w-lunch")["folder"] == str(folder)
    assert (folder / "1939-03-14 lunch lord-halifax.txt").read_text(
        encoding="utf-8"
    ) == "Edward, come to lunch?\n"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ('letter = "{nom}"', 2, "{nom}"),
        ('letter = "for {why}"', 2, "never says why"),
        ("letter = 3", 10, "letter has to be a text"),
        ('letter = ""', 10, "letter has to be a text"),
        ("reply_days = 0", 10, "reply_days"),
        ("reply_days = true", 10, "reply_days"),
        ('[forms]\ntelephone = "x"', 10, "telephone"),
        ("[salutations]\nx = 1", 10, "salutations"),
        ("salutations = 1", 10, "salutations"),
        ("brief = 1", 10, "brief"),
        ("=", 10, "cannot be read"),
    ],
)
def test_a_text_that_cannot_be_used_is_told(root: Path, text: str, code: int, said: str) -> None:
    (root / "letters").mkdir()
    (root / "letters" / "letters.toml").write_text(text, encoding="utf-8")
    found = run(root, "letters")
    assert (found.exit_code, said in found.stderr) == (code, True), found.stderr
    assert [p.name for p in (root / "letters").iterdir()] == ["letters.toml"]


# ── answers ─────────────────────────────────────────────────────────────────────────────


def test_an_answer_by_hand(root: Path) -> None:
    compare(
        ask(root, "reply", "w-lunch", "Lord Halifax", "accepted"),
        documented("letters.md", "`legation reply --json`"),
    )
    assert replies(root)["Lord Halifax"] == "accepted"
    assert "comes, as before" in run(root, "reply", "w-l", "lord halifax", "yes").stdout
    assert events(run(root, "calendar").stdout_bytes)["w-lunch"]["STATUS"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("w-lunch", "Lord Halifax"), 2, "UID, NAME and ANSWER"),
        (("w-lunch", "Lord Halifax", "soon"), 2, "no answer"),
        (("w-none", "Lord Halifax", "accepted"), 3, "w-none"),
        (("w-", "Lord Halifax", "accepted"), 4, "2 encounters"),
        (("w-lunch", "Ivan Maisky", "accepted"), 3, "Its guests are"),
        (("w-lunch", "Nobody Known", "accepted"), 3, ""),
    ],
)
def test_an_answer_that_fits_nobody_changes_nothing(
    root: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    found = run(root, "reply", *words)
    assert found.exit_code == code, found.output
    assert said in found.stderr
    assert (root / "weeks.toml").read_text(encoding="utf-8") == WEEKS


def test_answers_come_in_files(root: Path, tmp_path: Path) -> None:
    run(root, "letters", "--invite", "--calendar")
    sent = sorted((root / "letters").glob("*.ics"))
    answered = []
    for n, (path, partstat) in enumerate(zip(sent, (b"DECLINED", b"ACCEPTED"), strict=True)):
        answered.append(tmp_path / f"answer {n}.ics")
        data = path.read_bytes().replace(b"\r\n ", b"").replace(b"METHOD:REQUEST", b"METHOD:REPLY")
        answered[-1].write_bytes(data.replace(b"NEEDS-ACTION", partstat))
    strange = tmp_path / "strange.ics"
    strange.write_bytes(answered[0].read_bytes().replace(b"UID:w-lunch", b"UID:w-other"))
    prose = tmp_path / "prose.txt"
    prose.write_text("I shall come.", encoding="utf-8")

    files = [x for path in (*answered, strange, prose) for x in ("--read", str(path))]
    told = ask(root, "reply", *files)
    compare(told, documented("letters.md", "`legation reply --read FILE --json`"))
    assert [r["state"] for r in told["replies"]] == ["taken", "taken", "unknown", "unread"]
    assert replies(root) == {"Anthony Eden": "declined", "Lord Halifax": "accepted"}
    text = run(root, "reply", "--read", str(answered[0]), "--read", str(strange)).stdout
    assert "as it stood" in text
    assert "Nothing was changed." in text
    piped = run(root, "reply", "--read", "-", stdin=answered[1].read_bytes())
    assert "as it stood" in piped.stdout
    assert run(root, "reply", "--read", str(tmp_path / "none.ics")).exit_code == 31


def test_a_file_without_an_answer_is_no_success(root: Path, tmp_path: Path) -> None:
    junk = tmp_path / "junk.ics"
    junk.write_text("junk", encoding="utf-8")
    found = run(root, "reply", "--read", str(junk))
    assert found.exit_code == 2
    assert "No answer was read" in found.stderr
    assert run(root, "reply", "--read", str(junk), "--json").exit_code == 2


def test_the_commands_read_as_much_as_the_reader_takes() -> None:
    assert taking_plan.LARGEST_BYTES == LARGEST_BYTES
