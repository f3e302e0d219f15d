"""Console blocks of the docs: each command has to be one that exists, and a block that shows output is run.

A block without output is only read: options, formats, rules, recipes, extras and files that it names have to exist.
Where a block shows output, all its commands run in order, and what they print has to be what stands there; `...` stands
for anything. Output of what cannot be run by tests stands in a `text` block of its own.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sybil import Example

from llava_train import recipe
from recaption.cli import cli
from recaption.export import FORMATS
from recaption.postfilter import PostFilter

ROOT = Path(__file__).parents[2]
PROMPT = "$ "
PROGRESS = re.compile(r"^.* clips/s.*\n", re.MULTILINE)
"""Lines that a run prints where it takes long."""


@dataclass
class Shown:
    """A command and the lines that stand below it."""

    command: str
    output: list[str] = field(default_factory=list)


def evaluate(example: Example) -> str | None:
    """What is wrong with a console block, None for a good one; an exception where a command is wrong."""
    shown = read(example.parsed)
    for one in shown:
        check(one.command)
    if not any(one.output for one in shown):
        return None
    for one in shown:
        wanted, got = "\n".join(one.output) + "\n", run(one.command, Path.cwd())
        if not OutputChecker().check_output(wanted, got, ELLIPSIS | NORMALIZE_WHITESPACE):
            return f"{one.command}\nshould print:\n{wanted}\nand prints:\n{got}"
    return None


def read(block: str) -> list[Shown]:
    """The commands of a block, each with its output."""
    shown: list[Shown] = []
    for line in re.sub(r"\\\n\s*", "", block).splitlines():
        if line.startswith(PROMPT):
            shown.append(Shown(line.removeprefix(PROMPT)))
        elif not shown:
            raise ValueError(f"a console block begins with {PROMPT!r}, not with {line!r}")
        else:
            shown[-1].output.append(line)
    return shown


def run(command: str, folder: Path) -> str:
    """What a command prints in a folder, errors included and progress left out."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return PROGRESS.sub("", done.stdout)


def check(command: str) -> None:
    """Raises: ValueError, ClickException, RecaptionError: the command cannot be meant so."""
    words = _words(command)
    program, *rest = words
    if program not in _PROGRAMS:
        raise ValueError(f"{command}: nothing is known of {program}")
    _PROGRAMS[program](rest)


def _words(command: str) -> list[str]:
    """The words of the first of piped commands, without what is set before it."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        if set(word) <= set("|&;<>()"):
            break
        if words or not re.match(r"[A-Z_]+=", word):
            words.append(word)
    return words


def _recaption(words: Sequence[str]) -> None:
    """Reads the words as the command does, and calls nothing."""
    with ExitStack() as stack:
        for command in cli.commands.values():
            stack.enter_context(patch.object(command, "callback", _check_options))
        cli.main([*words], prog_name="recaption", standalone_mode=False)


def _check_options(**options: Any) -> None:
    """What the command itself checks only once it runs."""
    if "format_" in options and options["format_"] not in FORMATS:
        raise ValueError(f"no format {options['format_']}")
    PostFilter.of(options.get("without", ()), options.get("budget"))


def _torchrun(words: Sequence[str]) -> None:
    script = next(word for word in words if word.endswith(".py"))
    name = words[words.index("--config") + 1]
    settings = [word for word in words if re.match(r"[\w.]+=", word)]
    if recipe.load(name, settings).stage != int(Path(script).stem[-1]) or not (ROOT / script).is_file():
        raise ValueError(f"{name} is no recipe of {script}")


def _python(words: Sequence[str]) -> None:
    if words[0] != "-m" or importlib.util.find_spec(words[1]) is None:
        raise ValueError(f"python {' '.join(words)}: no such module")


def _pip(words: Sequence[str]) -> None:
    if words[0] != "install":
        raise ValueError(f"pip {words[0]}")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    for named in re.findall(r"recaption\[([\w,]+)\]", " ".join(words)):
        for extra in named.split(","):
            if extra not in extras:
                raise ValueError(f"no extra {extra}")


def _make(words: Sequence[str]) -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    if unknown := set(words) - set(targets):
        raise ValueError(f"the Makefile makes no {unknown}")


def _anything(words: Sequence[str]) -> None:
    """Other people's programs: a block that shows their output is run, which tells."""


_PROGRAMS: dict[str, Callable[[Sequence[str]], None]] = {
    "recaption": _recaption,
    "torchrun": _torchrun,
    "python": _python,
    "pip": _pip,
    "make": _make,
    "cat": _anything,
    "ls": _anything,
}
