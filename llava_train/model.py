"""The model of a run: composed or loaded, what trains and what is frozen, and how fast each part learns."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoImageProcessor,
    AutoModelForCausalLM,
    AutoProcessor,
    AutoTokenizer,
    CLIPVisionModel,
    LlavaForConditionalGeneration,
    SiglipVisionModel,
)

from llava_train.compose import compose
from llava_train.muon import Muon
from llava_train.recipe import Recipe
from recaption.engines.choose import TINY, tiny_folder
from recaption.errors import RecipeError

TOWER, PROJECTOR, LLM, HEAD = "model.vision_tower.", "model.multi_modal_projector.", "model.language_model.", "lm_head."
PARTS = {"vision tower": TOWER, "projector": PROJECTOR, "language model": LLM, "head": HEAD}
"""Parts of a LLaVA in the order in which they are run, and how the names in them begin; a head that is tied to the
embeddings has no parameters of its own."""

TOWERS = {"clip_vision_model": CLIPVisionModel, "siglip_vision_model": SiglipVisionModel}
"""Towers of a LLaVA that vLLM serves, by the type of their config."""

LORA_DROPOUT = 0.05
"""As in LLaVA-1.5's and ShareGPT4Video's LoRA training."""


def start(recipe: Recipe, checkpoint: Path | None = None) -> tuple[LlavaForConditionalGeneration, Any]:
    """The LLaVA that a run starts from, in float32, and its processor.

    Args:
        checkpoint: a folder with the whole model, which takes the place of the recipe's.

    Raises:
        RecipeError: it cannot be had.
    """
    source = str(checkpoint) if checkpoint else place(recipe.model)
    try:
        if source:
            model = LlavaForConditionalGeneration.from_pretrained(source, dtype=torch.float32)
            return model, AutoProcessor.from_pretrained(source)
        return compose(
            _tower(place(recipe.tower)),
            AutoModelForCausalLM.from_pretrained(recipe.llm, dtype=torch.float32),
            AutoTokenizer.from_pretrained(recipe.llm),
            AutoImageProcessor.from_pretrained(place(recipe.tower)),
            feature_layer=recipe.feature_layer,
        )
    except (OSError, ValueError) as error:
        raise RecipeError(f"{source or f'{recipe.tower} and {recipe.llm}'}: cannot be loaded: {error}") from error


def place(name: str) -> str:
    """The folder or Hub id of a model that a recipe names."""
    return str(tiny_folder()) if name == TINY else name


def tower_config(tower: str) -> Any:
    """The config of a vision tower, or of the tower in a model that has one; a folder or a Hub id.

    Raises:
        RecipeError: vLLM does not serve a LLaVA with such a tower.
    """
    config = AutoConfig.from_pretrained(tower)
    config = getattr(config, "vision_config", config)
    if config.model_type not in TOWERS:
        raise RecipeError(f"{tower}: a tower is one of {', '.join(TOWERS)}, which vLLM serves, not {config.model_type}")
    return config


def _tower(tower: str) -> Any:
    kind = TOWERS[tower_config(tower).model_type]
    if AutoConfig.from_pretrained(tower).model_type == "llava":
        return LlavaForConditionalGeneration.from_pretrained(tower, dtype=torch.float32).model.vision_tower
    return kind.from_pretrained(tower, dtype=torch.float32)


def is_half(recipe: Recipe) -> bool:
    """Whether a run computes in bfloat16."""
    return recipe.dtype == "bfloat16" or (recipe.dtype == "auto" and torch.cuda.is_available())


def prepare(model: LlavaForConditionalGeneration, recipe: Recipe, say: Callable[[str], object]) -> Any:
    """Freeze and free the parts that the recipe says, say what trains, and check that it is exactly that.

    Returns the model itself, or, for LoRA, peft's model around it.
    """
    expected = free(model, recipe)
    base = model
    if recipe.lora_rank:
        model, expected = _add_lora(model, recipe)
    if is_half(recipe) and not recipe.fsdp:
        halve_frozen(model)
    if recipe.gradient_checkpointing:
        base.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
        base.config.use_cache = base.config.text_config.use_cache = False
        # Otherwise the inputs of every part ask for gradients, and a frozen tower is run backwards.
        base.disable_input_require_grads()
    training = {name for name, parameter in model.named_parameters() if parameter.requires_grad}
    if training != expected:
        raise AssertionError(f"these should train and do not, or the other way round: {sorted(training ^ expected)}")
    _tell(model, recipe, say)
    return model


def free(model: LlavaForConditionalGeneration, recipe: Recipe) -> set[str]:
    """Let exactly the parameters of the recipe's stage train, and return their names."""
    trained = tuple(PARTS[part] for part in trained_parts(recipe))
    unused = _behind_features(model)
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(name.startswith(trained) and not name.startswith(unused))
    return {name for name, parameter in model.named_parameters() if parameter.requires_grad}


def trained_parts(recipe: Recipe) -> tuple[str, ...]:
    """Keys of PARTS that train: the projector, in stage 2 the language model too, and the tower if it has a rate."""
    llm = ("language model", "head") if recipe.stage == 2 else ()
    return (*(("vision tower",) if recipe.tower_lr else ()), "projector", *llm)


def _behind_features(model: LlavaForConditionalGeneration) -> tuple[str, ...]:
    """Prefixes of the tower's parameters that lie behind the layer whose output the projector reads."""
    blocks = model.config.vision_config.num_hidden_layers
    layers = model.config.vision_feature_layer
    last = max(layer % (blocks + 1) for layer in ([layers] if isinstance(layers, int) else layers))
    return (f"{TOWER}post_layernorm.", *(f"{TOWER}encoder.layers.{i}." for i in range(last, blocks)))


def optimizer(model: Any, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW with a learning rate for each part, or, where the recipe says so, Muon for matrices and AdamW for the rest.

    Weight decay is for matrices only, and beside Muon not for embeddings. Each group carries its `part`, one of
    "tower", "projector" and "llm".
    """
    rates = {"tower": recipe.tower_lr, "projector": recipe.projector_lr, "llm": recipe.llm_lr}
    groups: dict[tuple[str, bool, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        part = "tower" if TOWER in name else "projector" if PROJECTOR in name else "llm"
        is_matrix = parameter.ndim == 2
        is_muon = bool(recipe.muon_lr) and is_matrix and "embed_tokens" not in name and HEAD not in name
        groups.setdefault((part, is_muon, is_muon if recipe.muon_lr else is_matrix), []).append(parameter)
    settings = [
        {
            "params": params,
            "part": part,
            "lr": recipe.muon_lr if is_muon else rates[part],
            "weight_decay": recipe.weight_decay if decays else 0.0,
            "muon": is_muon,
        }
        for (part, is_muon, decays), params in groups.items()
    ]
    return Muon(settings) if recipe.muon_lr else torch.optim.AdamW(settings, betas=(0.9, 0.999), fused=True)


def _add_lora(model: LlavaForConditionalGeneration, recipe: Recipe) -> tuple[Any, set[str]]:
    """LoRA on every linear layer of the language model; the projector trains whole, and is saved with the adapter."""
    from peft import LoraConfig, get_peft_model

    layers = [
        name for name, module in model.named_modules() if name.startswith(LLM) and isinstance(module, torch.nn.Linear)
    ]
    whole = {name for name, parameter in model.named_parameters() if parameter.requires_grad and PROJECTOR in name}
    leaves = sorted({layer.rpartition(".")[2] for layer in layers})
    config = LoraConfig(
        r=recipe.lora_rank,
        lora_alpha=recipe.lora_alpha,
        lora_dropout=LORA_DROPOUT,
        target_modules=rf"{re.escape(LLM)}.*\.({'|'.join(leaves)})",
        modules_to_save=[PROJECTOR.strip(".").rpartition(".")[2]],
    )
    adapters = {f"{layer}.lora_{side}.default.weight" for layer in layers for side in "AB"}
    saved = {name.replace(PROJECTOR, f"{PROJECTOR}modules_to_save.default.") for name in whole}
    return get_peft_model(model, config), {f"base_model.model.{name}" for name in adapters | saved}


def halve_frozen(model: Any) -> None:
    """bfloat16 for weights that do not train."""
    for parameter in model.parameters():
        if not parameter.requires_grad:
            parameter.data = parameter.data.to(torch.bfloat16)


def _tell(model: Any, recipe: Recipe, say: Callable[[str], object]) -> None:
    say(f"stage {recipe.stage}{f', LoRA of rank {recipe.lora_rank}' if recipe.lora_rank else ''}")
    for title, prefix in PARTS.items():
        own = [p for name, p in model.named_parameters() if name.removeprefix("base_model.model.").startswith(prefix)]
        if own:
            trained = sum(p.numel() for p in own if p.requires_grad)
            say(f"  {title:15s}{trained:>14,} of {sum(p.numel() for p in own):>14,} parameters train")
