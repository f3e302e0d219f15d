"""Whole optimizer steps: draws become samples, samples are shared out to processes and cut into parts for the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from math import ceil, inf
from typing import Any

import torch
from torch.nn.functional import pad
from torch.utils.data import IterableDataset, get_worker_info

from llava_train.mixture import Draw, Mixture
from llava_train.recipe import Recipe
from llava_train.samples import IGNORED, REASONS, Encoded, Encoder, Sample, SampleError
from recaption.errors import RecipeError

PART_COST = {"cuda": 128, "cpu": 16}
"""Tokens of padding that are worth saving a part, by type of device: about as many as are computed while the weights
are read once more. A token takes 6 FLOPs a weight, and a part 3 readings of it. On an H100, 400 TFLOP/s (an MFU of 40%)
and 3.35 TB/s (its data sheet) make that 120 tokens; a CPU's 100 GFLOP/s in float32 and 20 GB/s for each core make it
10."""

COUNTS = (
    "samples",
    "pictures",
    "tokens",
    "padded",
    "squares",
    "labelled",
    *(f"skipped_{reason}" for reason in REASONS),
)
"""What is counted of each step, see `Steps`."""

Batch = dict[str, torch.Tensor]


@dataclass(frozen=True)
class _Row:
    """A sample of this process, with its pixels."""

    words: Encoded
    pixels: torch.Tensor

    def then(self, other: _Row) -> _Row:
        """This row and behind it the other one, of which it sees nothing, as attention is causal."""
        words = Encoded(
            torch.cat([self.words.ids, other.words.ids]),
            torch.cat([self.words.labels, other.words.labels]),
            self.words.places + other.words.places,
        )
        return _Row(words, torch.cat([self.pixels, other.pixels]))


class Steps(IterableDataset[dict[str, Any]]):
    """What one process does in each optimizer step, without end.

    Step k takes the draws k * batch_size to (k + 1) * batch_size. Every process makes them all, without loading
    pictures, and takes its own share of the samples. An item is a dict:

        parts: batches for the model, at least one: input_ids, shape (rows, width), pixel_values, shape (pictures, 3,
            height, width), labels and logits_to_keep (see `_collate`). A part without any picture gets a blank one,
            without labels, behind its shortest row: otherwise nothing that trains in stage 1 would have a gradient, and
            processes that share gradients would wait for each other for ever.
        lengths: tokens of each sample of this process.
        counts: those of COUNTS that are not 0, of this process: samples, labelled (labels), tokens and pictures (of the
            samples), squares (of the samples' tokens, summed), padded (tokens of the parts, with padding and blank
            pictures), and skipped_REASON for each of `samples.REASONS` for which some were left out. A sample that no
            process can make is counted by the first one.

    Workers of a DataLoader (with batch_size=None) take the steps in turn, so that their order is that of one process.

    Args:
        micro_tokens: tokens of a part, padding and blank pictures included; a longer sample is a part of its own.
        rank, world: number of this process (from 0), and how many there are.
        first: step to begin with.
        device: type of the device that the parts are for, a key of PART_COST.
    """

    def __init__(
        self,
        mixture: Mixture,
        encoder: Encoder,
        batch_size: int,
        micro_tokens: int,
        rank: int = 0,
        world: int = 1,
        first: int = 0,
        device: str = "cpu",
    ) -> None:
        self.mixture, self.encoder = mixture, encoder
        self.batch_size, self.micro_tokens = batch_size, micro_tokens
        self.rank, self.world, self.first = rank, world, first
        self.part_cost = PART_COST[device]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        worker = get_worker_info()
        turn, workers = (worker.id, worker.num_workers) if worker else (0, 1)
        draws = self.mixture.draws(self.first * self.batch_size)
        for number in count():
            drawn = list(islice(draws, self.batch_size))
            if number % workers == turn:
                yield self._step(drawn)

    def _step(self, drawn: Sequence[Draw]) -> dict[str, Any]:
        skipped: Counter[str] = Counter()
        made: list[tuple[Sample, Encoded]] = []
        for draw in drawn:
            try:
                sample = self.mixture.sample(draw)
                made.append((sample, self.encoder.words(sample)))
            except SampleError as error:
                if self.rank == 0:  # all processes meet it
                    skipped[f"skipped_{error.reason}"] += 1
        owners = shared_out([len(words) for _, words in made], self.world)
        rows: list[_Row] = []
        for (sample, words), owner in zip(made, owners, strict=True):
            if owner != self.rank:
                continue
            try:
                rows.append(_Row(words, self.encoder.pixels(sample)))
            except SampleError as error:
                skipped[f"skipped_{error.reason}"] += 1
        parts = self._parts(rows)
        lengths = [len(row.words) for row in rows]
        counts = {
            "labelled": sum(int((part["labels"] != IGNORED).sum()) for part in parts),
            "tokens": sum(lengths),
            "padded": sum(part["input_ids"].numel() for part in parts),
            "squares": sum(length**2 for length in lengths),
            "pictures": sum(row.words.places for row in rows),
            "samples": len(rows),
        }
        return {"parts": parts, "lengths": lengths, "counts": counts | skipped}

    def _parts(self, rows: Sequence[_Row]) -> list[Batch]:
        blank = _Row(self.encoder.blank, self.encoder.blank_pixels)
        padding = self.encoder.processor.tokenizer.pad_token_id
        if not rows:
            return [_collate([blank], padding)]
        ordered = sorted(rows, key=lambda row: len(row.words))
        lengths, seeing = [len(row.words) for row in ordered], [row.words.places > 0 for row in ordered]
        parts = []
        for start, end in cut(lengths, seeing, len(blank.words), self.micro_tokens, self.part_cost):
            shortest, *others = ordered[start:end]
            sees = any(seeing[start:end])
            parts.append(_collate([shortest if sees else shortest.then(blank), *others], padding))
        return parts


def total_steps(recipe: Recipe, mixture: Mixture) -> int:
    """Steps of a run.

    Raises:
        RecipeError: they follow from the number of rows, and a stream has none.
    """
    if recipe.steps:
        return recipe.steps
    if mixture.rows is None:
        raise RecipeError("a stream has no end that is known: say with steps=N how many steps to train")
    return ceil(recipe.epochs * mixture.rows / recipe.batch_size)


def shared_out(lengths: Sequence[int], world: int) -> list[int]:
    """The process of each sample, so that all have about as many tokens: the longest first, to whoever has fewest."""
    owners, loads = [0] * len(lengths), [0] * world
    for i in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        owners[i] = loads.index(min(loads))
        loads[owners[i]] += lengths[i]
    return owners


def cut(lengths: Sequence[int], seeing: Sequence[bool], blank: int, most: int, part_cost: int) -> list[tuple[int, int]]:
    """Where to cut samples into parts so that padded tokens, and `part_cost` for each part, are fewest.

    Args:
        lengths: tokens of each sample, in ascending order.
        seeing: whether it has pictures; a part without any gets `blank` tokens more in its shortest row.
        most: tokens that a part may have, padding included; a sample that has more is a part of its own.

    Returns:
        (first, one beyond the last) of each part.
    """
    least = [0.0] + [inf] * len(lengths)
    starts = [0] * (len(lengths) + 1)
    for end in range(1, len(lengths) + 1):
        sees = False
        for start in reversed(range(end)):
            if end - start > 1 and (end - start) * lengths[end - 1] > most:
                break
            sees = sees or seeing[start]
            rows, width = end - start, max(lengths[end - 1], 0 if sees else lengths[start] + blank)
            if rows > 1 and rows * width > most:
                continue
            cost = least[start] + rows * width + part_cost
            if cost < least[end]:
                least[end], starts[end] = cost, start
    cuts = []
    end = len(lengths)
    while end:
        cuts.append((starts[end], end))
        end = starts[end]
    return cuts[::-1]


def _collate(rows: Sequence[_Row], padding: int) -> Batch:
    """Samples as one batch, padded on the right.

    `logits_to_keep` holds the positions, the same for all rows, whose next token some row has a label for; logits are
    computed there only. `labels` has one column for each, after a first column without labels, which the loss drops
    (Trainer counts labels without the first column).
    """
    width = max(len(row.words) for row in rows)
    labels = torch.stack([_padded(row.words.labels, width, IGNORED) for row in rows])
    following = pad(labels[:, 1:], (0, 1), value=IGNORED)
    keep = (following != IGNORED).any(dim=0).nonzero()[:, 0]
    # Not even one label: keep a position, so that the loss is a zero with a gradient.
    keep = keep if len(keep) else torch.tensor([0])
    return {
        "input_ids": torch.stack([_padded(row.words.ids, width, padding) for row in rows]),
        "pixel_values": torch.cat([row.pixels for row in rows]),
        "logits_to_keep": keep,
        "labels": torch.cat([torch.full((len(rows), 1), IGNORED), following[:, keep]], dim=1),
    }


def _padded(row: torch.Tensor, width: int, value: int) -> torch.Tensor:
    return pad(row, (0, width - len(row)), value=value)
