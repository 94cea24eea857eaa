from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import example
from bot.settings import KEYS, KeyProvider, LogFormat, LogLevel, Mode, Settings, SettingsProblem, read_settings

NO_FILE = Path("/nowhere/.env")
CANARY = "Canaryth"
SECRETS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SCHOLARBOT_KEY")


def problem_of(environment: dict[str, str], env_file: Path = NO_FILE) -> str:
    """What somebody is told who starts with these settings."""
    with pytest.raises(SettingsProblem) as problem:
        read_settings(environment, env_file)
    return str(problem.value)


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    """A .env to write into."""
    return tmp_path / ".env"


def test_settings_without_anything_are_the_defaults() -> None:
    settings = read_settings({}, NO_FILE)

    assert settings == Settings()
    assert (settings.slack_mode, settings.slack_api_url) == (Mode.SOCKET, "https://slack.com/api/")


def test_environment_goes_before_the_file(env_file: Path) -> None:
    env_file.write_text("SCHOLARBOT_HTTP_PORT=4000\nSCHOLARBOT_HTTP_THREADS=4\n", "utf-8")

    settings = read_settings({"SCHOLARBOT_HTTP_PORT": "5000"}, env_file)

    assert (settings.scholarbot_http_port, settings.scholarbot_http_threads) == (5000, 4)


@pytest.mark.parametrize(
    ("key", "value", "field", "read"),
    [
        ("SLACK_MODE", "HTTP", "slack_mode", Mode.HTTP),
        ("SCHOLARBOT_LOG_LEVEL", "debug", "scholarbot_log_level", LogLevel.DEBUG),
        ("SCHOLARBOT_LOG_FORMAT", "JSON", "scholarbot_log_format", LogFormat.JSON),
        ("SCHOLARBOT_KEY_PROVIDER", "ENV", "scholarbot_key_provider", KeyProvider.ENV),
        ("SCHOLARBOT_CONFIDENTIAL_DATABASE_URL", "", "scholarbot_confidential_database_url", ""),
        ("SCHOLARBOT_KEY_FILE", "/run/key.json", "scholarbot_key_file", Path("/run/key.json")),
    ],
)
def test_value_is_read_as_people_write_it(key: str, value: str, field: str, read: Any) -> None:
    assert getattr(read_settings({key: value}, NO_FILE), field) == read


@pytest.mark.parametrize("codec", ["latin-1", "utf-16"])
def test_file_that_is_not_utf_8_is_refused_by_name(env_file: Path, codec: str) -> None:
    env_file.write_text(f"# café\nSLACK_BOT_TOKEN={CANARY}\n", codec)

    assert problem_of({}, env_file) == f"The settings file {env_file} is not UTF-8 text. Save it as UTF-8."


def test_file_with_the_mark_that_some_editors_put_first_is_read(env_file: Path) -> None:
    env_file.write_text("SCHOLARBOT_HTTP_PORT=4000\n", "utf-8-sig")

    assert read_settings({}, env_file).scholarbot_http_port == 4000


@pytest.mark.parametrize("provider", ["file", "env"])
def test_key_file_without_a_name_is_refused(provider: str) -> None:
    said = problem_of({"SCHOLARBOT_KEY_FILE": "", "SCHOLARBOT_KEY_PROVIDER": provider})

    assert said.splitlines()[0] == (
        "SCHOLARBOT_KEY_FILE names no file; give the one that `scholarbot init` makes, or take the line out."
    )


def test_unknown_key_in_the_environment_is_refused_by_its_prefix_only() -> None:
    said = problem_of({"SCHOLARBOT_HTTP_PROT": CANARY, "SLACK_CHANNEL": CANARY, "PATH": "/bin"})

    assert said == (
        "SCHOLARBOT_HTTP_PROT (in the environment) is not a setting. "
        "Check its spelling against .env.example, or take it out."
    )


def test_client_id_and_secret_together_are_refused_and_never_quoted() -> None:
    said = problem_of({"SLACK_CLIENT_ID": CANARY, "SLACK_CLIENT_SECRET": CANARY})

    assert said.startswith("Take SLACK_CLIENT_ID and SLACK_CLIENT_SECRET out of the environment.")
    assert CANARY not in said


@pytest.mark.parametrize("key", ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"])
def test_client_id_or_secret_alone_does_nothing_and_is_let_be(key: str) -> None:
    assert read_settings({key: CANARY}, NO_FILE) == Settings()


def test_unknown_key_in_the_file_is_refused_whatever_its_prefix(env_file: Path) -> None:
    env_file.write_text(f"SLACK_TOKEN={CANARY}\nSCHOLARBOT_HTTP_PROT=1\n", "utf-8")

    said = problem_of({}, env_file)

    assert [line.partition(" (in ")[0] for line in said.splitlines()] == ["SCHOLARBOT_HTTP_PROT", "SLACK_TOKEN"]
    assert CANARY not in said


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("SLACK_MODE", CANARY, "'socket' or 'http'"),
        ("SCHOLARBOT_KEY_PROVIDER", CANARY, "'file' or 'env'"),
        ("SCHOLARBOT_LOG_LEVEL", CANARY, "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("SCHOLARBOT_LOG_FORMAT", CANARY, "'text' or 'json'"),
        ("SCHOLARBOT_HTTP_PORT", CANARY, "a whole number"),
        ("SCHOLARBOT_HTTP_PORT", "65536", "at most 65535"),
        ("SCHOLARBOT_HTTP_PORT", "-1", "at least 0"),
        ("SCHOLARBOT_HTTP_PORT", "", "a whole number"),
        ("SCHOLARBOT_HTTP_THREADS", "0", "at least 1"),
        ("SCHOLARBOT_HTTP_THREADS", "201", "at most 200"),
        ("SCHOLARBOT_POSTS_PER_MINUTE", "0", "at least 1"),
        ("SCHOLARBOT_POSTS_PER_MINUTE", "6001", "at most 6000"),
        ("SCHOLARBOT_POSTS_PER_MINUTE", "2.5", "a whole number"),
        ("SCHOLARBOT_POSTS_PER_MINUTE", "9" * 5000, "a whole number of fewer digits"),
    ],
)
def test_bad_value_is_refused_by_name_in_our_words_and_never_quoted(key: str, value: str, expected: str) -> None:
    said = problem_of({key: value})

    assert said == f"{key} must be {expected}.\nSee .env.example for what each setting takes."


def test_every_bad_value_is_named_at_once() -> None:
    said = problem_of({"SLACK_MODE": "carrier pigeon", "SCHOLARBOT_HTTP_PORT": "many"})

    assert [line.partition(" ")[0] for line in said.splitlines()[:-1]] == ["SLACK_MODE", "SCHOLARBOT_HTTP_PORT"]


@pytest.mark.parametrize("key", SECRETS)
def test_secret_shows_in_no_representation(key: str) -> None:
    settings = read_settings({key: CANARY}, NO_FILE)

    assert CANARY not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    secret: SecretStr = getattr(settings, key.lower())
    assert secret.get_secret_value() == CANARY


@pytest.mark.parametrize("key", SECRETS)
@pytest.mark.parametrize("value", [f"xoxb-{CANARY}\nmore", f"xoxb-{CANARY}\u201d", f"{CANARY}\x00"])
def test_secret_that_could_not_be_sent_is_named_and_not_quoted(key: str, value: str) -> None:
    said = problem_of({key: value})

    assert said.startswith(f"{key} holds characters that no secret has; please copy it anew.")
    assert CANARY not in said


@pytest.mark.parametrize("key", SECRETS)
def test_blanks_around_a_secret_are_not_a_part_of_it(key: str) -> None:
    secret: SecretStr = getattr(read_settings({key: f" {CANARY}\n"}, NO_FILE), key.lower())

    assert secret.get_secret_value() == CANARY


def test_secret_in_the_file_is_taken_as_it_stands(env_file: Path) -> None:
    env_file.write_text("SLACK_SIGNING_SECRET=ab${HOME}cd\n", "utf-8")

    assert read_settings({}, env_file).slack_signing_secret.get_secret_value() == "ab${HOME}cd"


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings({}, NO_FILE).slack_mode = Mode.HTTP


def test_example_file_is_the_one_the_settings_write() -> None:
    assert example.PATH.read_text("utf-8") == example.example()


def test_example_names_every_key_with_what_it_is_and_its_default(env_file: Path) -> None:
    env_file.write_text(example.example(), "utf-8")

    blocks = example.example().removeprefix(example.HEADER).strip().split("\n\n")

    assert [block.splitlines()[1].partition("=")[0] for block in blocks] == list(KEYS)
    assert [block for block in blocks if not block.startswith("# ") or len(block.splitlines()) != 2] == []
    assert read_settings({}, env_file) == Settings()
