"""The first thing anybody runs: `legation demo`, in a process of its own, on a machine with little."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 120


def start(arguments: list[str], folder: Path, **environment: str) -> subprocess.Popen[str]:
    given = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT / "src"),
        "LANG": "C.UTF-8",
        **environment,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "legation", *arguments], cwd=folder, env=given, text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with spaces and letters in its path, where one demo has run."""
    return tmp_path_factory.mktemp("path with spaces é") / "sample"


@pytest.fixture(scope="module")
def once(place: Path) -> tuple[int, str, str]:
    process = start(["demo", "--once"], place.parent, HOME="", LEGATION_SAMPLE=str(place))
    out, err = process.communicate(timeout=WAIT_SECONDS)
    return process.returncode, out, err


def test_once_prints_today_and_ends(once: tuple[int, str, str], place: Path) -> None:
    code, out, err = once
    assert code == 0, err
    assert "9 March 1939 · Ivan Maisky" in out
    assert str(place) in re.sub(r"\s+", " ", out)
    for head in ("Planned", "Due", "Lately", "Questions"):
        assert re.search(rf"^{head}$", out, re.M)
    assert "\x1b" not in out + err
    assert "Traceback" not in err


def test_everything_of_the_sample_is_read(once: tuple[int, str, str]) -> None:
    found = re.search(r"(\d+) files, (\d+) items: (\d+) read\.", once[1])
    assert found is not None
    assert found[2] == found[3]
    assert int(found[1]) >= 60


def test_again_nothing_is_new(once: tuple[int, str, str], place: Path) -> None:
    process = start(["demo", "--once", "-w", str(place)], place.parent)
    out, err = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 0, err
    assert re.search(r"items: \d+ unchanged\.", out)


@pytest.fixture
def taken() -> Iterator[int]:
    """Hold a port."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield int(held.getsockname()[1])


def test_the_desk_is_served_until_it_is_interrupted(
    once: tuple[int, str, str], place: Path, taken: int
) -> None:
    process = start(["demo", "--port", str(taken)], place.parent, HOME="", LEGATION_SAMPLE=str(place))
    try:
        address = wait_for_address(process)
        assert f":{taken}/" not in address
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with browser.open(address, timeout=20) as answer:
            page = answer.read().decode("utf-8")
        assert "Winston Churchill" in page
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address.partition("?")[0], timeout=20)
        assert refused.value.code in (401, 403)
        refused.value.close()
        browser.close()
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert f"Port {taken} is in use" in err
    assert "Traceback" not in err


def wait_for_address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
        if found:
            return found[0]
        assert line or process.poll() is None, "the demo ended before it served"
    pytest.fail("the desk did not say where it is")
