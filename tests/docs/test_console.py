"""What the tests of the docs refuse."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from recaption.errors import RecaptionError
from tests.docs import console


@pytest.mark.parametrize(
    "command",
    [
        "recaption videos --mod grid",
        "recaption videos --mode gird",
        "recaption videos --without opinions",
        "recaption export captions --to sidecars",
        "recaption export captions --dest set",
        "torchrun llava_train/stage1.py --config smollm2-stage2",
        "torchrun llava_train/stage2.py --config smollm2-stage2 data.pth=x",
        "python -m scripts.bench_nothing",
        "pip install 'recaption[nothing]'",
        "make nothing",
        "recapton videos",
    ],
)
def test_commands_that_do_not_exist_are_refused(command: str) -> None:
    with pytest.raises((ValueError, click.ClickException, RecaptionError)):
        console.check(command)


@pytest.mark.parametrize(
    "command",
    [
        "recaption videos/ more/clip.mp4 --mode grid     # a comment",
        "OMP_NUM_THREADS=1 recaption rules | head -4",
        "recaption --help",
        "torchrun --nproc-per-node 8 llava_train/stage1.py --config smollm2-stage1 steps=7 --dry-run",
    ],
)
def test_commands_that_exist_are_read_and_not_run(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    console.check(command)
    assert not any(tmp_path.iterdir())


def test_output_that_is_not_printed_is_told() -> None:
    wrong = console.evaluate(SimpleNamespace(parsed="$ recaption --version\nrecaption, version zero\n"))
    assert wrong
    assert f"recaption, version {version('recaption')}" in wrong
    assert console.evaluate(SimpleNamespace(parsed="$ recaption --version\nrecaption, version ...\n")) is None


def test_a_command_may_go_over_lines() -> None:
    assert console.read("$ recaption videos \\\n    --mode grid\none\n$ recaption status captions\n") == [
        console.Shown("recaption videos --mode grid", ["one"]),
        console.Shown("recaption status captions"),
    ]
