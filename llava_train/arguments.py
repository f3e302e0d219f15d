"""What a recipe means to transformers' Trainer, and to DeepSpeed."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import torch
from transformers import TrainingArguments

from llava_train.mixture import Mixture
from llava_train.model import is_half
from llava_train.recipe import Recipe
from llava_train.steps import total_steps
from recaption.errors import MissingExtra, RecipeError

WAITS = 7200
"""Seconds that processes wait for one that validates, or writes a checkpoint."""


def arguments(recipe: Recipe, mixture: Mixture) -> TrainingArguments:
    """Of the Trainer that runs a recipe.

    Raises:
        RecipeError: the number of steps is not known, or the DeepSpeed configuration will not do.
        MissingExtra: DeepSpeed is wanted and not installed.
    """
    on_gpu = torch.cuda.is_available()
    return TrainingArguments(
        output_dir=str(Path(recipe.out) / "checkpoints"),
        max_steps=total_steps(recipe, mixture),
        lr_scheduler_type=recipe.schedule,
        warmup_steps=recipe.warmup,
        max_grad_norm=recipe.max_grad_norm,
        bf16=is_half(recipe),
        use_cpu=not on_gpu,
        ddp_timeout=WAITS,
        fsdp=recipe.fsdp,
        deepspeed=_deepspeed(recipe.deepspeed) if recipe.deepspeed else None,
        dataloader_num_workers=recipe.workers,
        dataloader_pin_memory=on_gpu,
        # The steps themselves begin where the checkpoint ended.
        ignore_data_skip=True,
        remove_unused_columns=False,
        ddp_find_unused_parameters=False,
        logging_steps=recipe.log_every,
        save_steps=recipe.save_every,
        seed=recipe.seed,
        report_to="wandb" if recipe.report == "wandb" else "none",
        disable_tqdm=True,
    )


def _deepspeed(file: str) -> dict[str, Any]:
    """What a DeepSpeed configuration file says, its place left to the recipe where both could.

    Raises:
        RecipeError: it cannot be read, or brings an optimizer or a schedule.
        MissingExtra: DeepSpeed is not installed.
    """
    try:
        said = json.loads(Path(file).read_text(encoding="utf-8"))
        zero = said.get("zero_optimization", {})
    except (OSError, ValueError, AttributeError) as error:
        raise RecipeError(f"{file}: cannot be read as a DeepSpeed configuration: {error}") from None
    if own := {"optimizer", "scheduler"} & said.keys():
        raise RecipeError(f"{file}: leave {', '.join(sorted(own))} out: the recipe has learning rates and schedule")
    if importlib.util.find_spec("deepspeed") is None:
        raise MissingExtra("deepspeed", "deepspeed")
    return {
        **said,
        **dict.fromkeys(("train_batch_size", "train_micro_batch_size_per_gpu", "gradient_accumulation_steps"), "auto"),
        "gradient_clipping": "auto",
        # Without it ZeRO-3 refuses to give the weights away, at the end of the run.
        "zero_optimization": {**zero, "stage3_gather_16bit_weights_on_model_save": True},
    }
