"""The command with an engine that needs no model, for tests that stop, kill or starve it.

COLOUR_SECONDS is how long an answer takes, COLOUR_ANSWERS how many there are before the engine falls silent, and
COLOUR_LOG a file that gets a line for every question that is asked.
"""

from __future__ import annotations

import logging
import os

from recaption import cli, command
from recaption.engines import choose
from tests.clips import ColourEngine

if __name__ == "__main__":
    choose.choose = lambda model, revision: choose.Choice(model or "colour", "")
    seconds = float(os.environ.get("COLOUR_SECONDS", "0"))
    answers = float(os.environ.get("COLOUR_ANSWERS", "inf"))
    command.load = lambda choice, serving, asked: ColourEngine(choice.name, seconds, answers=answers, remember=False)
    if "COLOUR_LOG" in os.environ:
        asking_log = logging.getLogger("recaption.asking")
        asking_log.setLevel(logging.DEBUG)
        asking_log.addHandler(logging.FileHandler(os.environ["COLOUR_LOG"]))
        asking_log.propagate = False
    cli.main()
