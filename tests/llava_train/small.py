"""Small runs for the tests of the trainer: sixteen pictures with a question each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

from llava_train.recipe import Data, Recipe
from llava_train.samples import Encoder, Sample, exchange
from llava_train.steps import Steps

ANSWERS = ("the red ball stops", "a small green car grows", "the yellow star falls", "the bird leaves")


def write_rows(folder: Path) -> Path:
    """LLaVA JSON of sixteen rows."""
    made = []
    for i in range(16):
        pixels = np.random.default_rng(i).integers(0, 256, (28, 28, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"{i}.png")
        turns = [{"from": "human", "value": "<image>\nwhat?"}, {"from": "gpt", "value": ANSWERS[i % 4]}]
        made.append({"image": f"{i}.png", "conversations": turns})
    (folder / "rows.json").write_text(json.dumps(made))
    return folder / "rows.json"


def write_mixed_rows(folder: Path) -> Path:
    """LLaVA JSON of six rows with a picture each, and six of words only, long ones."""
    rows = json.loads(write_rows(folder).read_text())[:6]
    for i in range(6):
        turns = [{"from": "human", "value": "and now? " * 9 * i}, {"from": "gpt", "value": "the star falls " * (i + 1)}]
        rows.append({"conversations": turns})
    (folder / "mixed.json").write_text(json.dumps(rows))
    return folder / "mixed.json"


def values(start: Path, rows: Path, out: Path | str, **changes: Any) -> dict[str, Any]:
    """A recipe for a small run, as a file has it."""
    return {
        "stage": 2,
        "model": str(start),
        "out": str(out),
        "data": {"path": str(rows)},
        "llm_lr": 1e-3,
        "batch_size": 4,
        "micro_tokens": 64,
        "steps": 6,
        "workers": 0,
        "save_every": 3,
        "report": "none",
        **changes,
    }


def recipe(start: Path, rows: Path, out: Path, **changes: Any) -> Recipe:
    return Recipe(**{**values(start, rows, out), "data": Data(path=str(rows)), **changes})


def losses(out: Path) -> list[float]:
    return [row["loss"] for row in json.loads((out / "log.json").read_text()) if "loss" in row]


def trained(model: torch.nn.Module) -> set[str]:
    return {name for name, parameter in model.named_parameters() if parameter.requires_grad}


class Samples:
    """A mixture of a few samples, in their order."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self.samples = samples

    def draws(self, first: int = 0) -> Iterator[int]:
        return count(first)

    def sample(self, draw: int) -> Sample:
        return self.samples[draw % len(self.samples)]


def batch(processor: Any, size: int = 3) -> dict[str, torch.Tensor]:
    """One part of samples with one picture, two, three ..."""
    (part,) = parts(processor, size, micro_tokens=10_000)
    return part


def parts(processor: Any, size: int, micro_tokens: int) -> list[dict[str, torch.Tensor]]:
    """The samples of `batch`, in parts of so many tokens, as few as a GPU would have them in."""
    pictures = np.random.default_rng(0).integers(0, 256, (size, size, 28, 28, 3), dtype=np.uint8)
    samples = [
        exchange("what? " * i, ANSWERS[i], i + 1, shows=(lambda _, i=i: list(pictures[i, : i + 1]),))
        for i in range(size)
    ]
    made = Steps(Samples(samples), Encoder(processor, 1024), size, micro_tokens, device="cuda")
    return next(iter(made))["parts"]


def quiet(line: str) -> None:
    """What hears what is said, and does not say it."""
