"""`python -m bot` is `scholarbot`."""

from bot.cli import main

main()
