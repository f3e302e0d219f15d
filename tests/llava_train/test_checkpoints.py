"""Only whole checkpoints are seen, and the last good one stays, whatever goes wrong."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest
import torch

from llava_train.checkpoints import ASIDE, Checkpoints
from llava_train.recipe import Data, Recipe
from llava_train.trainer import train
from recaption.errors import RecipeError
from tests.llava_train.small import losses, recipe


def any_recipe(**changes: Any) -> Recipe:
    return Recipe(**{"stage": 1, "out": "out", "model": "any", "data": Data(path="any"), **changes})


def written(checkpoints: Checkpoints, step: int) -> None:
    (checkpoints.aside / f"checkpoint-{step}").mkdir(parents=True)
    checkpoints.finish()


def test_the_newest_by_number_is_the_last_and_older_ones_go(tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path)
    assert checkpoints.last() is None
    checkpoints.begin(any_recipe())
    for step in (8, 9, 10):
        written(checkpoints, step)
    last = checkpoints.last()
    assert last
    assert last.name == "checkpoint-10"
    assert sorted(path.name for path in checkpoints.folder.iterdir()) == ["checkpoint-10", "checkpoint-9"]


def test_what_was_half_written_is_not_seen_and_goes_with_the_next_run(tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path)
    checkpoints.begin(any_recipe())
    written(checkpoints, 3)
    half = checkpoints.aside / "checkpoint-6"
    half.mkdir(parents=True)
    last = checkpoints.last()
    assert last
    assert last.name == "checkpoint-3"
    checkpoints.begin(any_recipe())
    assert not half.exists()


def test_another_recipe_is_refused_by_what_differs(tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path)
    checkpoints.belong_to(any_recipe())
    checkpoints.begin(any_recipe())
    written(checkpoints, 1)
    checkpoints.belong_to(any_recipe(workers=1, save_every=3))
    with pytest.raises(RecipeError, match=r"another recipe \(max_length, seed\)"):
        checkpoints.belong_to(any_recipe(seed=1, max_length=7))


def test_a_full_disk_leaves_the_last_good_one(
    start: Path, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    straight = losses(train(recipe(start, rows, tmp_path / "straight", save_every=2)))
    settings = recipe(start, rows, tmp_path / "full", save_every=2)
    save = torch.save

    def fills(made: Any, path: Any, *words: Any, **named: Any) -> None:
        if "checkpoint-4" in str(path):
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        save(made, path, *words, **named)

    with monkeypatch.context() as patch:
        patch.setattr(torch, "save", fills)
        with pytest.raises(RecipeError, match=r"checkpoint-4.*No space left.*checkpoint-2 is whole"):
            train(settings)
    folder = tmp_path / "full" / "checkpoints"
    assert sorted(path.name for path in folder.iterdir()) == [ASIDE, "checkpoint-2"]
    assert losses(train(settings)) == straight
    assert sorted(path.name for path in folder.iterdir()) == ["checkpoint-4", "checkpoint-6"]
