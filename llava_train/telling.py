"""What a run tells, and where: lines, a log, a picture, TensorBoard, W&B."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

from llava_train.meter import line, told_skipped, total_skipped
from llava_train.plot import plot
from llava_train.recipe import Recipe
from recaption.errors import MissingExtra


def say(line: str) -> None:
    """Print a line, from the first process only."""
    if _is_first():
        print(line, flush=True)


def _is_first() -> bool:
    return int(os.environ.get("RANK", "0")) == 0


class _Say(TrainerCallback):
    """One plain line for each log."""

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any) -> None:
        if logs and "loss" in logs:
            say(line(state.global_step, state.max_steps, logs, state.log_history))


def callbacks(recipe: Recipe, out: Path) -> list[TrainerCallback]:
    """Those that tell of each log.

    Raises:
        MissingExtra: a package is not installed.
    """
    made: list[TrainerCallback] = [_Say()]
    if recipe.report == "tensorboard" and _is_first():
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError:
            raise MissingExtra("tensorboard", "train") from None
        from transformers.integrations import TensorBoardCallback

        made.append(TensorBoardCallback(SummaryWriter(str(out / "tensorboard"))))
    if recipe.report == "wandb" and importlib.util.find_spec("wandb") is None:
        raise MissingExtra("wandb", "wandb")
    return made


def conclude(history: list[dict[str, float]], recipe: Recipe, out: Path) -> None:
    """Write the log of a run that has ended, and its picture."""
    (out / "log.json").write_text(json.dumps(history, indent=1))
    if recipe.report != "none":
        plot(history, out / "training.png")
    if skipped := total_skipped(history):
        say(f"skipped samples: {told_skipped(skipped)}")
    say(f"saved {out}")
