"""Writes `.env.example` from the settings themselves: `python -m bot.example`."""

from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings

PATH = Path(__file__).parent.parent / ".env.example"
HEADER = """\
# Every setting there is, with its default. `scholarbot init` copies this to .env, where nobody else can read it: mode
# 0600, and the bot refuses any other. Fill in the first lines; the environment goes before the file. A key that is not
# listed here is refused, so that a spelling mistake cannot pass unseen.
"""


def example() -> str:
    """The file's text: one commented key after another."""
    return HEADER + "".join(_entry(name) for name in Settings.model_fields)


def _entry(name: str) -> str:
    field = Settings.model_fields[name]
    default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    return f"\n# {field.description}\n{name.upper()}={default}\n"


if __name__ == "__main__":
    PATH.write_text(example(), "utf-8")
