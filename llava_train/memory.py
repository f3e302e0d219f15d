"""Bytes that a training step needs on each GPU, told without one.

Weights, gradients and the optimizer's moments follow from the parameters. Activations are what autograd keeps for the
backward pass: the forward pass is run on fake tensors, which have shapes and no content, and what it saves is added up.
On top come CUDA's own gigabyte or so and what lives within one operation: leave a tenth of the GPU free.
"""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import nn
from torch._subclasses.fake_tensor import FakeTensorMode

LOGIT_BYTES = 16
"""For each logit when the loss is taken backwards: float32 logits, log-probabilities, and the gradients of both."""


@dataclass(frozen=True)
class Part:
    """What a GPU works on at once, one of the parts that a step is made of.

    Attributes:
        rows, width: of `input_ids`; width in tokens.
        pictures: in all rows together.
        kept: positions of each row whose logits are computed.
    """

    rows: int
    width: int
    pictures: int
    kept: int


def step_memory(
    model: Any, optimizer: torch.optim.Optimizer, part: Part, *, gpus: int = 1, sharded: bool = False, half: bool = True
) -> dict[str, int]:
    """Bytes on each GPU at the fullest moment of a step, by what they are for.

    Args:
        model: a LLaVA as it trains, on any device, `meta` too, or peft's model around one: its parameters have the
            dtypes and `requires_grad` of the run, and gradient checkpointing is on or off as in the run.
        optimizer: of the model; two moments for each parameter, or one in groups marked `muon`.
        gpus: processes.
        sharded: weights, gradients and moments are split between them (FSDP); otherwise each holds all of them (DDP).
        half: bfloat16 is computed with, as on a GPU, and weights that train are kept in float32.
    """
    split = gpus if sharded else 1
    frozen = sum(p.nbytes for p in model.parameters() if not p.requires_grad)
    trained = sum(p.nbytes for p in model.parameters() if p.requires_grad)
    moments = sum(
        p.nbytes * (1 if group.get("muon") else 2) for group in optimizer.param_groups for p in group["params"]
    )
    kept, again = activations(model, part, half=half, sharded=sharded)
    logits = LOGIT_BYTES * part.rows * part.kept * model.config.text_config.vocab_size
    memory = {
        "frozen weights": frozen // split,
        "trained weights": trained // split,
        "gradients": trained // split,
        "moments of the optimizer": moments // split,
        "activations": kept,
        # The loss is taken backwards, and its memory is free again, before the first block is computed again.
        "logits" if logits >= again else "block computed again": max(logits, again),
    }
    if gpus > 1:
        # DDP sends gradients from buckets of its own; FSDP gathers a block, and the next one while that is computed.
        memory |= {"gathered blocks": _gathered(model)} if sharded else {"buckets of gradients": trained}
    return memory


def activations(model: Any, part: Part, *, half: bool = True, sharded: bool = False) -> tuple[int, int]:
    """Bytes that autograd keeps of tower, projector and language model, and bytes that are computed again.

    Without gradient checkpointing everything is kept. With it the inputs of blocks are, and the second figure is what
    the largest block keeps while it is computed again. Parameters are in neither.

    Args:
        half: under autocast to bfloat16. Then copies of the float32 weights are kept too, except when `sharded`: FSDP
            gathers them in bfloat16 in the first place.
    """
    llava = copy.deepcopy(_base(model)).to("meta")
    recomputes = llava.is_gradient_checkpointing
    llava.gradient_checkpointing_disable()
    if half and sharded:
        llava.to(torch.bfloat16)
    fakes = FakeTensorMode(allow_non_fake_inputs=True)
    with fakes:
        # Autocast knows no `meta` device, so the fakes say that they are on the CPU.
        saved = _Saved(llava.to_empty(device="cpu").train())
        ids, pixels, places = _inputs(llava.config, part)
    # Outside of the mode positions are real numbers, which tell transformers that it needs no mask.
    with saved.counted(), torch.autocast("cpu", torch.bfloat16, enabled=half):
        _forward(llava, ids, pixels, places)
    outside = saved.inside.pop("", 0)
    if not recomputes:
        return outside + sum(saved.inside.values()), 0
    return outside + sum(saved.inputs[block] for block in saved.inside), max(saved.inside.values(), default=0)


def _inputs(config: Any, part: Part) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Token ids, pixels, and where the pictures are."""
    size = config.vision_config.image_size
    ids = torch.zeros(part.rows, part.width, dtype=torch.long)
    return ids, torch.zeros(part.pictures, 3, size, size), torch.zeros(part.rows, part.width, 1, dtype=torch.bool)


def _forward(llava: Any, ids: torch.Tensor, pixels: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
    """The last hidden state; LLaVA's own forward would look where the pictures are, which fakes do not tell."""
    embeds = llava.get_input_embeddings()(ids)
    if len(pixels):
        features = torch.cat(list(llava.get_image_features(pixel_values=pixels).pooler_output))
        embeds = embeds.masked_scatter(places, features.to(embeds.dtype))
    return llava.model.language_model(inputs_embeds=embeds, use_cache=False).last_hidden_state


class _Saved:
    """Adds up what autograd saves while a LLaVA runs, by the block that it is saved in.

    Attributes:
        inside: bytes by name of the block; "" is outside of all blocks. Each storage is counted once.
        inputs: bytes of the hidden states that each block is given.
    """

    def __init__(self, llava: nn.Module) -> None:
        self.inside: dict[str, int] = defaultdict(int)
        self.inputs: dict[str, int] = {}
        self.block = ""
        # Tensors are held, so that no storage is freed and its number given to another.
        self.seen: dict[int, torch.Tensor] = {_storage(p): p for p in llava.parameters()}
        for name, module in _blocks(llava):
            module.register_forward_pre_hook(partial(self._enter, name))
            module.register_forward_hook(self._leave)

    def counted(self) -> torch.autograd.graph.saved_tensors_hooks:
        return torch.autograd.graph.saved_tensors_hooks(self._save, lambda tensor: tensor)

    def _save(self, tensor: torch.Tensor) -> torch.Tensor:
        if _storage(tensor) not in self.seen:
            self.seen[_storage(tensor)] = tensor
            self.inside[self.block] += tensor.untyped_storage().nbytes()
        return tensor

    def _enter(self, name: str, module: nn.Module, given: tuple[torch.Tensor, ...]) -> None:
        self.block, self.inputs[name] = name, given[0].nbytes

    def _leave(self, *_: Any) -> None:
        self.block = ""


def _storage(tensor: torch.Tensor) -> int:
    return tensor.untyped_storage()._cdata


def _blocks(model: nn.Module) -> Iterator[tuple[str, nn.Module]]:
    return ((name, module) for name, module in model.named_modules() if re.search(r"\.layers\.\d+$", name))


def _gathered(model: nn.Module) -> int:
    """Bytes in bfloat16 of two blocks and of everything that is in no block, which FSDP keeps gathered all the time."""
    blocks = [sum(p.numel() for p in module.parameters()) for _, module in _blocks(model)]
    rest = sum(p.numel() for p in model.parameters()) - sum(blocks)
    return 2 * (rest + 2 * max(blocks))


def _base(model: Any) -> Any:
    """The LLaVA inside peft's model, or the model itself."""
    return model.get_base_model() if hasattr(model, "get_base_model") else model
