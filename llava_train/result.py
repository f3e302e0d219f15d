"""What a run leaves: a folder that transformers and vLLM load as it is."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from transformers.integrations.deepspeed import set_hf_deepspeed_config, unset_hf_deepspeed_config

from llava_train.compose import save
from llava_train.model import prepare, start
from llava_train.recipe import Recipe

ADAPTER = "adapter"


def save_result(trainer: Any, recipe: Recipe, processor: Any, out: Path, *, adapter: bool) -> None:
    """Write the model as it is now. All processes take part, the first one writes; the model itself stays as it is.

    Args:
        adapter: what LoRA learned goes into `out/adapter`; else it is merged into the model.
    """
    is_first = trainer.is_world_process_zero()
    if not (recipe.lora_rank or recipe.fsdp or recipe.deepspeed):
        if is_first:
            save(trainer.accelerator.unwrap_model(trainer.model), processor, out)
        return
    # As it is wrapped, because only DeepSpeed's engine can put spread weights together.
    state = trainer.accelerator.get_state_dict(trainer.model_wrapped)
    if not is_first:
        return
    model = _copy(trainer, recipe, state)
    if adapter:
        _save_adapter(model, out / ADAPTER, out)
    if recipe.lora_rank:
        model = model.unload() if adapter else model.merge_and_unload()
    save(model, processor, out)


def _copy(trainer: Any, recipe: Recipe, state: dict[str, Any]) -> Any:
    """The model of a recipe with other weights, in the machine's memory: a GPU in training has no room for two."""
    with torch.random.fork_rng(), _loading_whole(trainer):
        model = prepare(start(recipe)[0], recipe, lambda _: None)
    model.load_state_dict(state)
    return model


@contextlib.contextmanager
def _loading_whole(trainer: Any) -> Iterator[None]:
    """Where ZeRO-3 trains, transformers would spread what is loaded over all processes, and wait for them."""
    unset_hf_deepspeed_config()
    try:
        yield
    finally:
        if config := getattr(trainer.args, "hf_deepspeed_config", None):
            set_hf_deepspeed_config(config)


def _save_adapter(model: Any, folder: Path, base: Path) -> None:
    """Write what LoRA learned as peft does, but for the projector, which goes into the model: vLLM refuses it here.

    Args:
        base: folder of the model that the adapter belongs to.
    """
    from peft import get_peft_model_state_dict

    learned = {name: tensor for name, tensor in get_peft_model_state_dict(model).items() if ".lora_" in name}
    config = copy.deepcopy(model.peft_config["default"])
    config.modules_to_save, config.base_model_name_or_path, config.inference_mode = None, str(base), True
    folder.mkdir(parents=True, exist_ok=True)
    config.save_pretrained(folder)
    save_file({name: tensor.contiguous() for name, tensor in learned.items()}, folder / "adapter_model.safetensors")
