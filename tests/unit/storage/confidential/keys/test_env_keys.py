"""The key provider "env", and choosing a provider."""

import subprocess
import sys
from pathlib import Path

import pytest

from domain.sealing import KeyProblem
from storage.confidential.keys import EnvKeyRing, FileKeyRing, open_key_ring
from storage.confidential.keys.secret_key import key_text
from tests.builders.keys import a_key, write_key_file


def test_key_id_is_the_same_each_time_and_tells_keys_apart() -> None:
    names = [EnvKeyRing(key_text(a_key(number))).primary_key_id() for number in (1, 1, 2)]

    assert names[0] == names[1] != names[2]
    assert a_key().hex()[:6] not in names[0]


def test_ring_warns_without_showing_the_key(caplog: pytest.LogCaptureFixture) -> None:
    EnvKeyRing(key_text(a_key()))

    (record,) = caplog.records
    assert (record.levelname, record.getMessage()) == ("WARNING", "key taken from the environment")
    assert key_text(a_key()) not in str(vars(record))


def test_ring_over_an_empty_value_is_refused() -> None:
    with pytest.raises(KeyProblem, match="SCHOLARBOT_KEY is empty"):
        EnvKeyRing("")


def test_ring_over_a_short_key_is_refused_by_the_setting_s_name() -> None:
    with pytest.raises(KeyProblem, match=r"^The key in SCHOLARBOT_KEY has 16 bytes, not 32\."):
        EnvKeyRing(key_text(a_key()[:16]))


def test_ring_cure_makes_a_key_that_works() -> None:
    with pytest.raises(KeyProblem) as caught:
        EnvKeyRing("")

    code = str(caught.value).partition("python3 -c '")[2].rstrip("'")
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.strip()

    assert EnvKeyRing(made).primary_key_id().startswith("env-")


def test_open_key_ring_takes_the_provider_by_name(tmp_path: Path) -> None:
    path = write_key_file(tmp_path / "keys.json")

    rings = [open_key_ring(provider, file=path, value=key_text(a_key())) for provider in ("file", "env")]

    assert [type(ring) for ring in rings] == [FileKeyRing, EnvKeyRing]


def test_open_key_ring_of_an_unknown_provider_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match="must be file or env"):
        open_key_ring("vault", file=tmp_path, value="")
