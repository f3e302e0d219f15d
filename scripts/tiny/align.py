"""The projector's start: from the frozen tower's features to what the language model already reads.

Each patch of a scripted picture has two descriptions: the tower's features, and the oracle's numbers, which the
language model has learned to read. The projector is fitted from the first to the second; stage 1 goes on from there.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional
from transformers import SiglipImageProcessorPil, SiglipVisionModel
from transformers.models.llava.modeling_llava import LlavaMultiModalProjector

from llava_train.recipe import FRAME_WIDTH
from recaption.evaluate.report import frame_times
from recaption.scripted.plan import plan
from recaption.scripted.render import picture
from scripts.tiny import oracle
from scripts.tiny.tower import SIDE

BATCH = 16
RATE = 2e-3


@dataclass
class Pairs:
    """Features of the tower, float16 (pictures, patches, width), and the oracle's numbers of the same patches."""

    features: torch.Tensor
    numbers: torch.Tensor


def collect(tower: SiglipVisionModel, processor: SiglipImageProcessorPil, count: int, seed: int) -> Pairs:
    """Both descriptions of `count` pictures of clips of a seed, at times drawn like the captioner's."""
    rng = random.Random(f"align {seed}")
    features: list[torch.Tensor] = []
    numbers: list[torch.Tensor] = []
    number = 0
    while len(features) * BATCH < count:
        pictures: list[np.ndarray] = []
        truths: list[np.ndarray] = []
        while len(pictures) < BATCH:
            script = plan(seed, number)
            number += 1
            for time in rng.sample(frame_times(script), 3):
                pictures.append(picture(script, time, FRAME_WIDTH))
                truths.append(oracle.patches(script, time, SIDE))
        features.append(encode(tower, processor, pictures[:BATCH]).half())
        numbers.append(torch.from_numpy(np.stack(truths[:BATCH])).half())
    return Pairs(torch.cat(features), torch.cat(numbers))


@torch.no_grad()
def encode(tower: SiglipVisionModel, processor: SiglipImageProcessorPil, pictures: list[np.ndarray]) -> torch.Tensor:
    """The output of the tower's last block for some pictures: float32 (pictures, patches, width)."""
    pixels = processor(pictures, return_tensors="pt")["pixel_values"]
    return tower(pixel_values=pixels, output_hidden_states=True).hidden_states[-1]


def fit(
    projector: LlavaMultiModalProjector, reads: oracle.Oracle, table: torch.Tensor, pairs: Pairs, steps: int
) -> float:
    """Fit the projector to the oracle; the rest stays as it is.

    Args:
        table: embeddings of the language model.

    Returns:
        Share of the patches, of those that mostly show one thing, whose nearest kind is the right one, on the last
        tenth of the pictures, which were not fitted to.
    """
    with torch.no_grad():
        targets = reads(pairs.numbers.float(), table).half()
        kinds = table[reads.words[oracle.KIND]]
        hues = table[reads.words[oracle.COLOUR]]
    held = len(targets) // 10
    count = len(targets) - held
    optimizer = torch.optim.AdamW(projector.parameters(), lr=RATE, weight_decay=0.0)
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / 50) * (1 - step / steps)
        chosen = torch.randint(count, (BATCH,))
        out = projector(pairs.features[chosen].float())
        numbers = pairs.numbers[chosen].float()
        loss = functional.mse_loss(out, targets[chosen].float(), reduction="none").sum(-1).mean()
        loss = loss + _naming(out, kinds, numbers[..., oracle.KIND])
        loss = loss + _naming(out, hues, numbers[..., oracle.COLOUR])
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    with torch.no_grad():
        out = projector(pairs.features[count:].float())
        return _right(out, kinds, pairs.numbers[count:, :, oracle.KIND].float())


def _naming(out: torch.Tensor, words: torch.Tensor, shares: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of the word that a patch shows, on patches that mostly show one thing."""
    most = shares.max(-1)
    clear = most.values > 0.5
    directions = functional.normalize(words, dim=-1)
    return functional.cross_entropy(8 * out[clear] @ directions.T, most.indices[clear])


def _right(out: torch.Tensor, words: torch.Tensor, shares: torch.Tensor) -> float:
    most = shares.max(-1)
    clear = most.values > 0.5
    directions = functional.normalize(words, dim=-1)
    return ((out[clear] @ directions.T).argmax(-1) == most.indices[clear]).float().mean().item()
