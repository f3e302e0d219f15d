"""One training run: which parts train is the recipe's `stage`; everything else is transformers' Trainer.

The same command again goes on from the last checkpoint, with the same losses as if it had not been stopped.
"""

from __future__ import annotations

import dataclasses
import json
import os
import time
from pathlib import Path
from typing import Any

import torch
from torch.nn.functional import cross_entropy
from transformers import (
    AutoConfig,
    AutoImageProcessor,
    AutoModelForCausalLM,
    AutoProcessor,
    AutoTokenizer,
    CLIPVisionModel,
    LlavaForConditionalGeneration,
    PrinterCallback,
    SiglipVisionModel,
    Trainer,
    TrainerCallback,
    TrainingArguments,
)
from transformers.trainer_utils import get_last_checkpoint, set_seed

from llava_train.compose import compose, save
from llava_train.data import IGNORED, Collator, Encoded, dataset
from llava_train.features import cache_tower
from llava_train.muon import Muon
from llava_train.recipe import Recipe, RecipeError

TOWER, PROJECTOR, LLM, HEAD = "model.vision_tower.", "model.multi_modal_projector.", "model.language_model.", "lm_head."
TRAINED = {1: (PROJECTOR,), 2: (PROJECTOR, LLM, HEAD)}
"""Prefixes of the parameters that each stage trains."""

TOWERS = {"clip": CLIPVisionModel, "siglip": SiglipVisionModel}

MAY_CHANGE = {"workers", "log_every", "save_every"}
"""Keys of a recipe that a resumed run may give other values."""

LORA_DROPOUT = 0.05
"""As in LLaVA-1.5's and ShareGPT4Video's LoRA training."""


def train(recipe: Recipe) -> Path:
    """Run a recipe to its end, from its last checkpoint where there is one; the folder with the result.

    Raises:
        RecipeError: the model or the data cannot be had, or the folder holds checkpoints of another recipe.
    """
    out = Path(recipe.out)
    checkpoint = _last_checkpoint(recipe)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    set_seed(recipe.seed)
    model, processor = _start(recipe, checkpoint)
    model = prepare(model, recipe)
    trainer = _Trainer(
        model=model,
        args=_arguments(recipe),
        train_dataset=Encoded(dataset(recipe.data), processor, recipe.max_length),
        data_collator=Collator(processor),
        processing_class=processor,
        compute_loss_func=_loss,
        optimizers=(optimizer(model, recipe), None),
        callbacks=[_Log(recipe.batch_size)],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.has_weights = not recipe.lora_rank
    trainer.train(resume_from_checkpoint=checkpoint)
    if trainer.is_world_process_zero():
        _say(f"skipped {int(trainer.skipped)} samples longer than {recipe.max_length} tokens")
        final = model.merge_and_unload() if recipe.lora_rank else model
        save(final, processor, out)
        (out / "log.json").write_text(json.dumps(trainer.state.log_history, indent=1))
        _say(f"saved {out}")
    trainer.accelerator.wait_for_everyone()
    return out


def prepare(model: LlavaForConditionalGeneration, recipe: Recipe) -> Any:
    """Freeze and free the parts that the stage says, print what trains, and check that it is exactly that.

    Returns the model itself, or, for LoRA, peft's model around it.
    """
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name.startswith(TRAINED[recipe.stage]))
    expected = {name for name, parameter in model.named_parameters() if parameter.requires_grad}
    base = model
    if recipe.lora_rank:
        model, expected = _add_lora(model, recipe)
    if torch.cuda.is_available():
        _halve_frozen(model)
    if recipe.gradient_checkpointing:
        base.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
        base.config.use_cache = base.config.text_config.use_cache = False
        # Otherwise the inputs of every part ask for gradients, and the frozen tower is run backwards.
        base.disable_input_require_grads()
    if recipe.tower_cache:
        cache_tower(base, Path(recipe.tower_cache))
    training = {name for name, parameter in model.named_parameters() if parameter.requires_grad}
    if training != expected:
        raise AssertionError(f"these should train and do not, or the other way round: {sorted(training ^ expected)}")
    _say(f"stage {recipe.stage}{f', LoRA of rank {recipe.lora_rank}' if recipe.lora_rank else ''}")
    for part, title in ((TOWER, "vision tower"), (PROJECTOR, "projector"), (LLM, "language model"), (HEAD, "head")):
        own = [p for name, p in model.named_parameters() if _base_name(name).startswith(part)]
        if own:  # a head that is tied to the embeddings has no parameters of its own
            free = sum(p.numel() for p in own if p.requires_grad)
            _say(f"  {title:15s}{free:>14,} of {sum(p.numel() for p in own):>14,} parameters train")
    return model


def optimizer(model: Any, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW with a learning rate for each part, or, where the recipe says so, Muon for matrices and AdamW for the rest.

    Weight decay is for matrices only, and beside Muon not for embeddings.
    """
    parts: dict[tuple[float, bool, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        is_matrix = parameter.ndim == 2
        is_muon = bool(recipe.muon_lr) and is_matrix and "embed_tokens" not in name and HEAD not in name
        adamw_lr = recipe.projector_lr if PROJECTOR in name else recipe.llm_lr
        decays = is_muon if recipe.muon_lr else is_matrix
        parts.setdefault((recipe.muon_lr if is_muon else adamw_lr, is_muon, decays), []).append(parameter)
    groups = [
        {"params": params, "lr": lr, "weight_decay": recipe.weight_decay if decays else 0.0, "muon": is_muon}
        for (lr, is_muon, decays), params in parts.items()
    ]
    if recipe.muon_lr:
        return Muon(groups)
    return torch.optim.AdamW(groups, betas=(0.9, 0.999))


class _Trainer(Trainer):
    """Counts skipped samples, and leaves alone the weights that were loaded before it was made.

    Trainer's own loading of a whole LLaVA loads nothing: the checkpoint's names are not the module's, and it does not
    insist.
    """

    has_weights = True
    skipped: int | torch.Tensor = 0

    def training_step(self, model: Any, inputs: dict[str, Any], *args: Any, **kwargs: Any) -> torch.Tensor:
        self.skipped = self.skipped + inputs.pop("skipped")
        return super().training_step(model, inputs, *args, **kwargs)

    def log(self, logs: dict[str, float], *args: Any, **kwargs: Any) -> None:
        super().log({**logs, "skipped": int(self.skipped)}, *args, **kwargs)

    def _load_from_checkpoint(self, *args: Any, **kwargs: Any) -> None:
        if not self.has_weights:
            super()._load_from_checkpoint(*args, **kwargs)


class _Log(TrainerCallback):
    """One plain line for each log."""

    def __init__(self, batch_size: int) -> None:
        self.batch_size = batch_size

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.start, self.first = time.monotonic(), state.global_step

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any) -> None:
        if logs is None or "loss" not in logs or not state.is_world_process_zero:
            return
        seconds = (time.monotonic() - self.start) / max(state.global_step - self.first, 1)
        _say(
            f"step {state.global_step}/{state.max_steps}  loss {logs['loss']:.4f}  lr {logs['learning_rate']:.2e}  "
            f"gradient {logs.get('grad_norm', 0.0):.2f}  {self.batch_size / seconds:.1f} samples/s  "
            f"left {seconds * (state.max_steps - state.global_step) / 60:.1f} min  skipped {logs['skipped']}"
        )


def _loss(outputs: Any, labels: torch.Tensor, num_items_in_batch: torch.Tensor | int | None = None) -> torch.Tensor:
    """Cross-entropy at the positions that `Collator` kept, over the number of labels of the whole step."""
    labels = labels[:, 1:]
    total = cross_entropy(outputs.logits.float().flatten(0, 1), labels.flatten(), ignore_index=IGNORED, reduction="sum")
    items = (labels != IGNORED).sum() if num_items_in_batch is None else torch.as_tensor(num_items_in_batch)
    return total / items.clamp(min=1).to(total.device)


def _arguments(recipe: Recipe) -> TrainingArguments:
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    parts, rest = divmod(recipe.batch_size, recipe.micro_batch * processes)
    if rest:
        raise RecipeError(
            f"batch_size {recipe.batch_size} is no multiple of micro_batch {recipe.micro_batch} x {processes} processes"
        )
    return TrainingArguments(
        output_dir=str(Path(recipe.out) / "checkpoints"),
        per_device_train_batch_size=recipe.micro_batch,
        gradient_accumulation_steps=parts,
        num_train_epochs=recipe.epochs,
        max_steps=recipe.steps or -1,
        lr_scheduler_type=recipe.schedule,
        warmup_steps=recipe.warmup,
        max_grad_norm=recipe.max_grad_norm,
        bf16=torch.cuda.is_available(),
        dataloader_num_workers=recipe.workers,
        dataloader_persistent_workers=recipe.workers > 0,
        dataloader_pin_memory=torch.cuda.is_available(),
        remove_unused_columns=False,
        ddp_find_unused_parameters=False,
        logging_steps=recipe.log_every,
        save_steps=recipe.save_every,
        save_total_limit=2,
        seed=recipe.seed,
        report_to="none",
        disable_tqdm=True,
    )


def _last_checkpoint(recipe: Recipe) -> str | None:
    """The newest checkpoint of this recipe, after noting the recipe in its folder."""
    out = Path(recipe.out)
    noted, values = out / "recipe.json", json.loads(json.dumps(dataclasses.asdict(recipe)))
    checkpoints = out / "checkpoints"
    last = get_last_checkpoint(str(checkpoints)) if checkpoints.is_dir() else None
    before = json.loads(noted.read_text()) if last and noted.is_file() else values
    if any(before.get(key) != value for key, value in values.items() if key not in MAY_CHANGE):
        raise RecipeError(
            f"{checkpoints} holds checkpoints of another recipe, see {noted}: remove them or choose another out"
        )
    out.mkdir(parents=True, exist_ok=True)
    if _is_first():
        noted.write_text(json.dumps(values, indent=1))
    return last


def _start(recipe: Recipe, checkpoint: str | None) -> tuple[LlavaForConditionalGeneration, Any]:
    source = checkpoint if checkpoint and not recipe.lora_rank else recipe.model
    try:
        if source:
            model = LlavaForConditionalGeneration.from_pretrained(source, dtype=torch.float32)
            return model, AutoProcessor.from_pretrained(source)
        kind = AutoConfig.from_pretrained(recipe.tower).model_type.removesuffix("_vision_model")
        if kind not in TOWERS:
            raise RecipeError(f"{recipe.tower}: a tower is one of {', '.join(TOWERS)}, which vLLM serves, not {kind}")
        return compose(
            TOWERS[kind].from_pretrained(recipe.tower, dtype=torch.float32),
            AutoModelForCausalLM.from_pretrained(recipe.llm, dtype=torch.float32),
            AutoTokenizer.from_pretrained(recipe.llm),
            AutoImageProcessor.from_pretrained(recipe.tower),
            feature_layer=recipe.feature_layer,
        )
    except (OSError, ValueError) as error:
        raise RecipeError(f"{source or f'{recipe.tower} and {recipe.llm}'}: cannot be loaded: {error}") from error


def _add_lora(model: LlavaForConditionalGeneration, recipe: Recipe) -> tuple[Any, set[str]]:
    """LoRA on every linear layer of the language model; the projector trains whole, and is saved with the adapter."""
    from peft import LoraConfig, get_peft_model

    layers = [
        name for name, module in model.named_modules() if name.startswith(LLM) and isinstance(module, torch.nn.Linear)
    ]
    projector = {name for name, _ in model.named_parameters() if name.startswith(PROJECTOR)}
    config = LoraConfig(
        r=recipe.lora_rank,
        lora_alpha=recipe.lora_alpha,
        lora_dropout=LORA_DROPOUT,
        target_modules=layers,
        modules_to_save=[PROJECTOR.strip(".").rpartition(".")[2]],
    )
    adapters = {f"{layer}.lora_{side}.default.weight" for layer in layers for side in "AB"}
    saved = {name.replace(PROJECTOR, f"{PROJECTOR}modules_to_save.default.") for name in projector}
    return get_peft_model(model, config), {f"base_model.model.{name}" for name in adapters | saved}


def _halve_frozen(model: Any) -> None:
    """bfloat16 for weights that do not train."""
    for parameter in model.parameters():
        if not parameter.requires_grad:
            parameter.data = parameter.data.to(torch.bfloat16)


def _base_name(name: str) -> str:
    return name.removeprefix("base_model.model.")


def _is_first() -> bool:
    return int(os.environ.get("RANK", "0")) == 0


def _say(line: str) -> None:
    if _is_first():
        print(line, flush=True)
