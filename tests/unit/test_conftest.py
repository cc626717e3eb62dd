"""The rules that every test runs under: no network, and skips that fail where they must not happen."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

# A test module for pytest to run in a process of its own. Its known failure is there because the policy
# on skips must not take an expected failure for a skipped test.
SAMPLE = """\
import pytest

@pytest.mark.data
def test_of_data(data_dir): ...

def test_that_passes(): ...

@pytest.mark.xfail(strict=True, reason="this sample has to fail: the policy must tell it from a skip")
def test_known_to_fail(): assert False
"""
SKIPPED = "\ndef test_that_skips(): pytest.skip('no Chromium')\n"
CONFIGURATION = "[pytest]\nmarkers = data\n"


def run_sample(folder: Path, sample: str, **variables: str) -> tuple[int, str]:
    shutil.copy(TESTS / "conftest.py", folder)
    (folder / "pytest.ini").write_text(CONFIGURATION)
    (folder / "test_sample.py").write_text(sample)
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", str(folder)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LEGATION_DATA": str(folder / "nowhere"), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.returncode, answer.stdout


def test_a_data_test_may_be_skipped_where_there_is_no_data(tmp_path):
    code, said = run_sample(tmp_path, SAMPLE, LEGATION_NO_SKIPS="1")
    assert code == 0, said
    assert "no data folder" in said


def test_a_data_test_may_not_be_skipped_where_there_is_data(tmp_path):
    sample = SAMPLE.replace("(data_dir): ...", "(data_dir): pytest.skip('a file is missing')")
    code, said = run_sample(tmp_path, sample, LEGATION_NO_SKIPS="1", LEGATION_DATA=str(tmp_path))
    assert code == 1
    assert "a file is missing" in said


def test_any_other_skip_fails_where_skips_are_failures(tmp_path):
    code, said = run_sample(tmp_path, SAMPLE + SKIPPED, LEGATION_NO_SKIPS="1")
    assert code == 1
    assert "test_that_skips: Skipped: no Chromium" in said


def test_a_whole_file_that_skips_fails_too(tmp_path):
    sample = "import pytest\npytest.skip('all of it', allow_module_level=True)\n" + SAMPLE
    (tmp_path / "test_other.py").write_text("def test_it(): ...\n")
    code, said = run_sample(tmp_path, sample, LEGATION_NO_SKIPS="1")
    assert code == 1
    assert "all of it" in said


def test_skips_are_only_said_elsewhere(tmp_path):
    code, said = run_sample(tmp_path, SAMPLE + SKIPPED)
    assert code == 0
    assert "no Chromium" in said


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "legation.example"])
def test_no_test_leaves_the_machine(host):
    with pytest.raises(pytest.fail.Exception, match="must not leave the machine"):
        socket.create_connection((host, 80), timeout=1)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
        pytest.raises(pytest.fail.Exception, match="sendto"),
    ):
        sender.sendto(b"x", (host, 9))


def test_the_loopback_is_free():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as client:
            client.sendall(b"hello")
        connection, _address = server.accept()
        with connection:
            assert connection.recv(5) == b"hello"
