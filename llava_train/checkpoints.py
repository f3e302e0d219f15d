"""Checkpoints are written aside and renamed: only whole ones are seen, whatever ends a run while it writes."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path

from llava_train.recipe import Recipe
from recaption.errors import RecipeError

KEPT = 2
ASIDE = "aside"
MAY_CHANGE = {"workers", "log_every", "save_every", "report", "validation"}
"""Keys of a recipe that a resumed run may give other values."""


class Checkpoints:
    """The states of one run, `checkpoint-STEP` in a folder.

    Args:
        out: folder of the run.
    """

    def __init__(self, out: Path) -> None:
        self.folder = out / "checkpoints"
        self.aside = self.folder / ASIDE
        self._note = out / "recipe.json"

    def last(self) -> Path | None:
        """The newest one."""
        known = self._known()
        return known[-1] if known else None

    def step(self) -> int:
        """That of the newest one; 0 where there is none."""
        return _step(last) if (last := self.last()) else 0

    def belong_to(self, recipe: Recipe) -> None:
        """Check that what is there is of this recipe.

        Raises:
            RecipeError: it is of another one.
        """
        if not self.last() or not self._note.is_file():
            return
        before, now = json.loads(self._note.read_text()), _plain(recipe)
        if other := sorted(key for key in now.keys() - MAY_CHANGE if before.get(key) != now[key]):
            raise RecipeError(
                f"{self.folder} holds checkpoints of another recipe ({', '.join(other)}), see {self._note}: remove "
                "them or choose another out"
            )

    def begin(self, recipe: Recipe) -> None:
        """Note the recipe, and remove what an earlier run had half written. For one process."""
        shutil.rmtree(self.aside, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._note.write_text(json.dumps(_plain(recipe), indent=1))

    def finish(self) -> None:
        """Let what was written aside be seen, and remove all but the newest KEPT. For one process."""
        for written in self.aside.iterdir():
            written.replace(self.folder / written.name)
        self.aside.rmdir()
        for old in self._known()[:-KEPT]:
            shutil.rmtree(old)

    def _known(self) -> list[Path]:
        found = [path for path in self.folder.glob("checkpoint-*") if re.fullmatch(r"checkpoint-\d+", path.name)]
        return sorted(found, key=_step)


def _step(checkpoint: Path) -> int:
    return int(checkpoint.name.rpartition("-")[2])


def _plain(recipe: Recipe) -> dict[str, object]:
    plain: dict[str, object] = json.loads(json.dumps(dataclasses.asdict(recipe)))
    return plain
