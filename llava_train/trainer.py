"""One training run: transformers' Trainer over whole optimizer steps, from its last checkpoint where there is one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader
from transformers import PrinterCallback, Trainer
from transformers.trainer_utils import set_seed

from llava_train import films
from llava_train.arguments import arguments
from llava_train.checkpoints import Checkpoints
from llava_train.features import cache_tower, check_size
from llava_train.meter import Meter
from llava_train.mixture import load as load_mixture
from llava_train.model import optimizer, prepare, start
from llava_train.recipe import Recipe
from llava_train.result import save_result
from llava_train.samples import IGNORED, Encoder
from llava_train.steps import COUNTS, Steps
from llava_train.telling import callbacks, conclude, say
from llava_train.validation import Validate
from recaption.errors import RecipeError


def train(recipe: Recipe) -> Path:
    """Run a recipe to its end, from its last checkpoint where there is one; the folder with the result.

    Raises:
        RecipeError: the model or the data cannot be had, or the folder holds checkpoints of another recipe.
    """
    out = Path(recipe.out)
    checkpoints = Checkpoints(out)
    checkpoints.belong_to(recipe)
    checkpoint = checkpoints.last()
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    set_seed(recipe.seed)
    has_weights = not (recipe.lora_rank or recipe.deepspeed)
    base, processor = start(recipe, checkpoint if has_weights else None)
    model = prepare(base, recipe, say)
    mixture = load_mixture(recipe.data)
    settings = arguments(recipe, mixture)
    if recipe.tower_cache:
        check_size(base, mixture, recipe.batch_size * settings.max_steps, recipe.cache_gb, say)
        cache_tower(base, Path(recipe.tower_cache))
    steps = Steps(
        mixture,
        Encoder(processor, recipe.max_length),
        recipe.batch_size,
        recipe.micro_tokens,
        rank=settings.process_index,
        world=settings.world_size,
        first=checkpoints.step(),
        device=settings.device.type,
    )
    trainer = StepTrainer(
        model=model,
        args=settings,
        processing_class=processor,
        callbacks=callbacks(recipe, out),
        recipe=recipe,
        steps=steps,
        checkpoints=checkpoints,
        has_weights=has_weights,
    )
    trainer.remove_callback(PrinterCallback)
    if recipe.validation.every:
        trainer.add_callback(Validate(trainer, out))
    if trainer.is_world_process_zero():
        checkpoints.begin(recipe)
    trainer.accelerator.wait_for_everyone()
    try:
        trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    finally:
        films.close()
    save_result(trainer, recipe, processor, out, adapter=recipe.adapter)
    if trainer.is_world_process_zero():
        conclude(trainer.state.log_history, recipe, out)
    trainer.accelerator.wait_for_everyone()
    return out


class StepTrainer(Trainer):
    """Trainer whose batches are whole optimizer steps of this process, run part by part.

    Args:
        has_weights: whether the model has the checkpoint's weights already. Trainer's own loading of a whole LLaVA
            loads nothing: the checkpoint's names are not the module's, and it does not insist.
    """

    def __init__(
        self, *, recipe: Recipe, steps: Steps, checkpoints: Checkpoints, has_weights: bool, **named: Any
    ) -> None:
        super().__init__(**named)
        self.recipe, self.steps, self.checkpoints, self.has_weights = recipe, steps, checkpoints, has_weights
        dtype = torch.bfloat16 if self.args.bf16 else torch.float32
        self.meter = Meter(self.model, self.args.world_size, self.args.device, dtype)

    def get_train_dataloader(self) -> DataLoader[dict[str, Any]]:
        """Not accelerate's: each item is this process's own already. Its generator leaves the one of dropout alone."""
        return DataLoader(
            self.steps,
            batch_size=None,
            num_workers=self.args.dataloader_num_workers,
            pin_memory=self.args.dataloader_pin_memory,
            generator=torch.Generator(),
        )

    optimizer: Any

    def create_optimizer(self, model: Any = None) -> torch.optim.Optimizer:
        if self.optimizer is None:
            self.optimizer = optimizer(self.model, self.recipe)
        return self.optimizer

    def get_batch_samples(self, *words: Any, **named: Any) -> Any:
        with self.meter.waiting():
            return super().get_batch_samples(*words, **named)

    def training_step(self, model: Any, inputs: Mapping[str, Any], num_items_in_batch: Any = None) -> torch.Tensor:
        """The gradients of one step, and its loss: the mean over the labels of all parts of all processes."""
        model.train()
        counts = self._over_processes(inputs["counts"])
        self.meter.add(counts, self.optimizer)
        # Processes' gradients are averaged, and each label must weigh the same wherever it is.
        scale = self.args.world_size / max(counts["labelled"], 1)
        total = torch.zeros((), device=self.args.device)
        parts = self._as_many_everywhere(inputs["parts"])
        for left, part in zip(reversed(range(len(parts))), parts, strict=True):
            self.accelerator.gradient_state._set_sync_gradients(not left)
            with self._apart(model) if left else contextlib.nullcontext():
                with self.compute_loss_context_manager():
                    loss = loss_at_labels(model, self._prepare_inputs(part)) * scale
                self.accelerator.backward(loss)
            total += loss.detach()
        return total

    def floating_point_ops(self, inputs: Mapping[str, Any]) -> int:
        return 0  # the meter counts them

    def log(self, logs: dict[str, float], *words: Any, **named: Any) -> None:
        if "loss" in logs:
            logs = {**logs, **self.meter.read()}
        super().log(logs, *words, **named)

    def _over_processes(self, counts: Mapping[str, int]) -> dict[str, int]:
        mine = torch.tensor([counts.get(name, 0) for name in COUNTS], device=self.args.device)
        return dict(zip(COUNTS, self.accelerator.reduce(mine, "sum").tolist(), strict=True))

    def _as_many_everywhere(self, parts: list[dict[str, torch.Tensor]]) -> list[dict[str, torch.Tensor]]:
        """Each part is a meeting of all processes where weights are spread: one that has fewer adds empty ones."""
        if not (self.recipe.fsdp or self.recipe.deepspeed):
            return parts
        most = self.accelerator.gather(torch.tensor([len(parts)], device=self.args.device)).max().item()
        least = min(parts, key=lambda part: part["input_ids"].numel())
        empty = {**least, "labels": torch.full_like(least["labels"], IGNORED)}
        return [*parts, *([empty] * (int(most) - len(parts)))]

    def _apart(self, model: Any) -> contextlib.AbstractContextManager[None]:
        """Gradients of a part that is not the last stay in this process, but not where they would fill its memory."""
        if self.recipe.fsdp or self.recipe.deepspeed:
            return contextlib.nullcontext()
        return self.accelerator.no_sync(model)

    def _load_from_checkpoint(self, *words: Any, **named: Any) -> None:
        if not self.has_weights:
            super()._load_from_checkpoint(*words, **named)

    def _get_output_dir(self, trial: Any) -> str:
        return str(self.checkpoints.aside)

    def _save_checkpoint(self, *words: Any, **named: Any) -> None:
        try:
            super()._save_checkpoint(*words, **named)
        except (OSError, SafetensorError) as error:
            last = self.checkpoints.last()
            raise RecipeError(
                f"checkpoint-{self.state.global_step} could not be written: {error}; "
                + (f"{last} is whole: make room, and the same command goes on from it" if last else "make room")
            ) from error
        self.accelerator.wait_for_everyone()
        if self.is_world_process_zero():
            self.checkpoints.finish()
        self.accelerator.wait_for_everyone()


def loss_at_labels(model: Any, part: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """The sum of the cross-entropies of a part; logits are computed only where some row has a label.

    The model gets no mask: rows are padded on the right, where causal attention does not look, and attention without a
    mask takes kernels that are faster and hold no matrix of all pairs of positions.
    """
    inputs = {name: part[name] for name in ("input_ids", "pixel_values", "logits_to_keep")}
    logits = model(**inputs, use_cache=False).logits
    labels = part["labels"][:, 1:]
    return cross_entropy(logits.float().flatten(0, 1), labels.flatten(), ignore_index=IGNORED, reduction="sum")
