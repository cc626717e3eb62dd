"""What every test can count on: no network, a policy for skips, and the data folder if there is one."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
NO_SKIPS = os.environ.get("LEGATION_NO_SKIPS") == "1"

hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


# --- The data folder ------------------------------------------------------------------------------


def find_data_dir() -> Path | None:
    """Return the folder of large real texts, which is not part of the checkout; None if not there."""
    named = os.environ.get("LEGATION_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def data_dir() -> Path:
    folder = find_data_dir()
    if folder is None:
        pytest.skip("no data folder: set LEGATION_DATA, or put it at ../shared/data")
    return folder


# --- No test leaves the machine -------------------------------------------------------------------


def is_local(address: object) -> bool:
    """Say whether a socket address stays on this machine."""
    if not isinstance(address, tuple):
        return True  # a Unix socket's path
    host = address[0]
    if host in {"", "localhost", None}:
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Fail a test that connects, sends or looks a name up beyond the loopback.

    The failure is not an `Exception`, so that code which shrugs off errors cannot swallow it.
    """

    def guard(name: str) -> Any:
        original = getattr(socket.socket, name)

        def guarded(self: socket.socket, *arguments: Any) -> Any:
            # The address comes first in connect, last in sendto.
            address = arguments[0] if name.startswith("connect") else arguments[-1]
            if not is_local(address):
                pytest.fail(f"a test must not leave the machine: {name} {address!r}")
            return original(self, *arguments)

        return guarded

    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not is_local((name,)):
            pytest.fail(f"a test must not leave the machine: looking up {name!r}")
        return look_up(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, guard(name))
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


# --- A skip is said aloud, and where it matters it is a failure ------------------------------------

unexpected_skips: list[str] = []


def may_skip(report: pytest.TestReport) -> bool:
    """Only tests of data may be skipped, and only where there is no data."""
    return "data" in report.keywords and find_data_dir() is None


def note_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Remember a skip that the policy does not allow."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    if isinstance(report, pytest.TestReport) and may_skip(report):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    unexpected_skips.append(f"{report.nodeid}: {reason}")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    note_skip(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    note_skip(report)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if NO_SKIPS and unexpected_skips and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if NO_SKIPS and unexpected_skips:
        terminalreporter.section("skips that are failures here (LEGATION_NO_SKIPS=1)", red=True)
        for line in unexpected_skips:
            terminalreporter.line(line)
