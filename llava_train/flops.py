"""FLOPs of a training step that know which parts are frozen, and what share of a GPU's peak they are (MFU).

A multiplication and an addition are two operations, so a linear layer costs 2 x weights for each position forward, the
same again for the gradient of its weights where they train, and the same again for the gradient of its input where
anything before it trains (Kaplan et al. 2020, arXiv 2001.08361, section 2.1). So stage 1 still runs the frozen language
model backwards, for the projector, and a frozen tower has no backward at all. Norms, activation functions, look-ups of
embeddings, the optimizer and what gradient checkpointing computes again cost nothing here: this is model FLOPs
utilisation (PaLM, arXiv 2204.02311, appendix B), not how busy the hardware is.

Attention's scores and values are counted over the whole square of a row, the masked half of a causal row too, as PaLM's
formula does and as eager attention computes it; flash attention computes about half of that.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from torch import nn

from llava_train.model import PARTS

PEAK = {
    "A100": 312e12,
    "H100 PCIe": 756e12,
    "H100 NVL": 835e12,
    "H100": 989e12,
    "H200 NVL": 835e12,
    "H200": 989e12,
    "B200": 2250e12,
    "L40S": 362e12,
    "L4": 121e12,
    "RTX 4090": 165e12,
}
"""FLOP/s of dense bfloat16 matrices with float32 sums, by words of `torch.cuda.get_device_name`; the first that fits.

From NVIDIA's data sheets, which give most of them with sparsity, twice as much; RTX 4090: the white paper of Ada.
"""


@dataclass(frozen=True)
class Work:
    """What a step works through; without padding for MFU, with it for what the machine computes.

    Attributes:
        pictures: through tower and projector.
        tokens: positions of the language model, those of pictures too.
        squares: sum of the squares of the rows' lengths, in tokens.
        labelled: positions whose logits are computed.
    """

    pictures: int
    tokens: int
    squares: int
    labelled: int

    def __add__(self, other: Work) -> Work:
        return Work(
            self.pictures + other.pictures,
            self.tokens + other.tokens,
            self.squares + other.squares,
            self.labelled + other.labelled,
        )


@dataclass(frozen=True)
class Flops:
    """Floating-point operations forward and backward."""

    forward: int = 0
    backward: int = 0

    @property
    def total(self) -> int:
        return self.forward + self.backward


def step_flops(model: Any, work: Work) -> dict[str, Flops]:
    """FLOPs of one step by part, the keys of PARTS.

    Blocks of the tower after the layer that the projector reads are not counted: they are run for nothing.

    Args:
        model: a LLaVA, on any device, `meta` too, or peft's model around one; what requires gradients is what trains.
        work: of the whole step. FLOPs are linear in it, so the work of many steps gives the FLOPs of all of them.

    Raises:
        ValueError: a part has weights in other modules than linear layers, convolutions and embeddings, such as the
            experts of a mixture, whose FLOPs nobody knows here.
    """
    config = model.config
    patches = (config.vision_config.image_size // config.vision_config.patch_size) ** 2
    seen = patches + (config.vision_config.model_type == "clip_vision_model")  # with CLIP's class token
    positions = {
        "vision tower": work.pictures * seen,
        "projector": work.pictures * patches,
        "language model": work.tokens,
        "head": work.labelled,
    }
    squares = {"vision tower": work.pictures * seen**2, "language model": work.squares}
    blocks = {"vision tower": _tower_blocks(config), "language model": config.text_config.num_hidden_layers}
    configs = {"vision tower": config.vision_config, "language model": config.text_config}

    flops, trains_before = {}, False
    for part in PARTS:
        forward = backward = 0
        for module in _modules(model, part, blocks.get(part)):
            count = work.pictures * patches if isinstance(module, nn.Conv2d) else positions[part]
            once = 2 * module.weight.numel() * count if not isinstance(module, nn.Embedding) else 0
            trains = module.weight.requires_grad
            forward += once
            backward += once * (trains + trains_before)
            trains_before = trains_before or trains
        if part in squares:
            attention = 4 * _width(configs[part]) * squares[part] * blocks[part]
            forward += attention
            backward += 2 * attention * trains_before
        flops[part] = Flops(forward, backward)
    return flops


def mfu(flops: int, seconds: float, peak: float) -> float:
    """The share of `peak` (FLOP/s of all devices together) that `flops` in `seconds` are."""
    return flops / seconds / peak


def peak_flops(device: torch.device, dtype: torch.dtype) -> float | None:
    """FLOP/s that a device could reach at best; None for a GPU that PEAK does not know.

    For a GPU the data sheet's figure for bfloat16; for a CPU, which has none, a product of matrices is measured once,
    on as many threads as torch has.
    """
    return named_peak(torch.cuda.get_device_name(device)) if device.type == "cuda" else _measured_peak(dtype)


def named_peak(name: str) -> float | None:
    """PEAK of a GPU by its name, such as "NVIDIA A100-SXM4-80GB"; None for one that PEAK does not know."""
    return next((peak for words, peak in PEAK.items() if re.search(rf"\b{words}\b", name)), None)


@lru_cache
def _measured_peak(dtype: torch.dtype, size: int = 1024, repeats: int = 5) -> float:
    matrix, fastest = torch.ones(size, size, dtype=dtype), float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        matrix @ matrix
        fastest = min(fastest, time.perf_counter() - start)
    return 2 * size**3 / fastest


def _modules(model: Any, part: str, blocks: int | None) -> Iterator[nn.Linear | nn.Conv2d | nn.Embedding]:
    """Modules of a part that hold matrices, in the order in which they are run, without blocks nobody reads.

    peft keeps the projector that it trains a copy of; the copy is what runs.
    """
    for name, module in model.named_modules():
        name = name.removeprefix("base_model.model.")
        block = re.search(r"\.layers\.(\d+)\.", name)
        if not f"{name}.".startswith(PARTS[part]) or ".original_module" in name:
            continue
        if blocks is not None and block and int(block[1]) >= blocks:
            continue
        if isinstance(module, nn.Linear | nn.Conv2d | nn.Embedding):
            yield module
        elif any(weight.ndim > 1 for weight in module.parameters(recurse=False)):
            raise ValueError(f"{name}: the FLOPs of a {type(module).__name__} are not known")


def _tower_blocks(config: Any) -> int:
    """Blocks of the tower up to the last hidden state that the projector reads; state 0 comes before all blocks."""
    layers, total = config.vision_feature_layer, config.vision_config.num_hidden_layers
    layers = [layers] if isinstance(layers, int) else layers
    return max(layer if layer >= 0 else total + 1 + layer for layer in layers)


def _width(config: Any) -> int:
    """Width of the queries of a block's attention, all heads together."""
    head = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return head * config.num_attention_heads
