"""Captions of a fixed set while a model trains, by the very path that will serve it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

from llava_train.recipe import Recipe
from llava_train.result import save_result
from llava_train.telling import say
from recaption.evaluate.report import report
from recaption.scripted import files

SECONDS, SIZE = (8.0, 14.0), (854, 480)
"""Of scripted clips: as `scripts.bench_tiny` has them."""

TORCHRUN = {"RANK", "LOCAL_RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"}
"""Variables that tell a process that it is one of several; the captioner is not."""


class Validate(TrainerCallback):
    """Captions of the validation set every so many steps, and after the last one."""

    def __init__(self, trainer: Any, out: Path) -> None:
        self.trainer, self.out = trainer, out

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        trainer = self.trainer
        if state.global_step % trainer.recipe.validation.every and state.global_step < state.max_steps:
            return
        with trainer.meter.apart():
            figures = validate(trainer, trainer.recipe, trainer.processing_class, self.out)
        if figures:
            say(f"step {state.global_step}/{state.max_steps}  event F1 {figures['event_f1']:.3f}")
            step_is_due = control.should_log
            trainer.log(figures)
            control.should_log = step_is_due  # which a log of any kind takes back


def validate(trainer: Any, recipe: Recipe, processor: Any, out: Path) -> dict[str, float]:
    """Caption the validation set with the model as it is now. All processes take part.

    The captions are `out/validation/step-N/captions.jsonl`.

    Returns:
        What goes into the log: `event_f1` where the clips are scripted. Empty in all processes but the first.

    Raises:
        subprocess.CalledProcessError: `recaption` failed; its words are on standard error.
    """
    settings, folder = recipe.validation, out / "validation"
    model, told = folder / "model", folder / f"step-{trainer.state.global_step}"
    save_result(trainer, recipe, processor, model, adapter=False)
    figures: dict[str, float] = {}
    if trainer.is_world_process_zero():
        clips = Path(settings.folder) if settings.folder else folder / f"clips-{settings.seed}-{settings.clips}"
        if not settings.folder:
            files.made(clips, settings.clips, settings.seed, SECONDS, SIZE)
        _caption(model, clips, settings.mode, told)
        if not settings.folder:
            figures = {"event_f1": report(told, clips / files.TRUTH)["event_f1"]}
        shutil.rmtree(model)
    trainer.accelerator.wait_for_everyone()
    return figures


def _caption(model: Path, clips: Path, mode: str, out: Path) -> None:
    line = [sys.executable, "-c", "from recaption.cli import main; main()", str(clips), "--mode", mode]
    line += ["--model", str(model), "--engine", "transformers", "--out", str(out), "--new-run"]
    alone = {name: value for name, value in os.environ.items() if name not in TORCHRUN}
    done = subprocess.run(line, stdout=subprocess.DEVNULL, env=alone, check=False)
    if done.returncode not in (0, 3):  # 3: some clips failed, which a young model's endless repetitions do
        raise subprocess.CalledProcessError(done.returncode, line)
