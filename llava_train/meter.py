"""How a run goes: speed, padding, waiting, use of the hardware, memory, learning rates."""

from __future__ import annotations

import contextlib
import math
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch

from llava_train.flops import Work, mfu, peak_flops, step_flops

SKIPPED = "skipped_"


class Meter:
    """What happened since it was last read.

    Args:
        world: processes, each with its own device.
        dtype: what is computed in.
    """

    def __init__(self, model: Any, world: int, device: torch.device, dtype: torch.dtype) -> None:
        self._model = model
        self._peak = world * (peak_flops(device, dtype) or math.nan)
        self._device = device
        self._begin()

    def _begin(self) -> None:
        self._counts: Counter[str] = Counter()
        self._rates: dict[str, float] = {}
        self._waited = 0.0
        self._started = time.perf_counter()

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """What happens within is waiting for data."""
        started = time.perf_counter()
        yield
        self._waited += time.perf_counter() - started

    @contextlib.contextmanager
    def apart(self) -> Iterator[None]:
        """What happens within is no part of the training."""
        started = time.perf_counter()
        yield
        self._started += time.perf_counter() - started

    def add(self, counts: Mapping[str, int], optimizer: Any) -> None:
        """Take in one step of all processes, in the counts of `steps.COUNTS`, before the optimizer makes it.

        Later its learning rates would be the next step's.
        """
        self._counts.update(counts)
        self._rates = {("muon" if group["muon"] else group["part"]): group["lr"] for group in optimizer.param_groups}

    def read(self) -> dict[str, float]:
        """Figures for the log, and a new start.

        `padding_share` is of the tokens that went through the model, `data_wait_share` of the time; `mfu` is the share
        of the devices' peak that the work itself takes (`llava_train.flops`), not a number for a GPU whose peak is
        unknown; memory is this process's peak in GiB, on the GPU where there is one; `skipped_REASON` counts samples.
        """
        seconds = time.perf_counter() - self._started
        counts = self._counts
        figures = {
            "seconds": seconds,
            "labelled_tokens_per_second": counts["labelled"] / seconds,
            "tokens_per_second": counts["tokens"] / seconds,
            "padding_share": 1 - counts["tokens"] / max(counts["padded"], 1),
            "data_wait_share": self._waited / seconds,
            "mfu": mfu(self._flops(), seconds, self._peak),
            "memory_gib": self._memory() / 2**30,
            **{f"lr_{name}": rate for name, rate in self._rates.items()},
            **{name: float(count) for name, count in counts.items() if name.startswith(SKIPPED) and count},
        }
        self._begin()
        return figures

    def _flops(self) -> int:
        work = Work(**{name: self._counts[name] for name in ("pictures", "tokens", "squares", "labelled")})
        return sum(flops.total for flops in step_flops(self._model, work).values())

    def _memory(self) -> int:
        if self._device.type == "cuda":
            return torch.cuda.max_memory_allocated(self._device)
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def line(step: int, steps: int, figures: Mapping[str, float], history: Sequence[Mapping[str, float]]) -> str:
    """One step's figures for a person.

    Args:
        history: all logs of the run, this one too; the time that is left follows from the last ones.
    """
    rates = "  ".join(f"{name} {rate:.2e}" for name, rate in figures.items() if name.startswith("lr_"))
    skipped = total_skipped(history)
    return (
        f"step {step}/{steps}  loss {figures['loss']:.4f}  {rates}  gradient {figures.get('grad_norm', 0.0):.2f}  "
        f"{figures['labelled_tokens_per_second']:,.0f} labelled of {figures['tokens_per_second']:,.0f} tokens/s  "
        f"padding {figures['padding_share']:.1%}  data wait {figures['data_wait_share']:.0%}  "
        f"mfu {figures['mfu']:.1%}  {figures['memory_gib']:.1f} GiB  left {_left(step, steps, history)}"
        + (f"  skipped {told_skipped(skipped)}" if skipped else "")
    )


def total_skipped(history: Sequence[Mapping[str, float]]) -> Counter[str]:
    """Samples that were left out in the whole run, by reason."""
    total: Counter[str] = Counter()
    for row in history:
        total.update({name.removeprefix(SKIPPED): int(n) for name, n in row.items() if name.startswith(SKIPPED)})
    return total


def told_skipped(skipped: Mapping[str, int]) -> str:
    return f"{sum(skipped.values())} ({', '.join(f'{reason} {count}' for reason, count in skipped.items())})"


RECENT = 20
"""Logs from which the time that is left follows."""


def _left(step: int, steps: int, history: Sequence[Mapping[str, float]]) -> str:
    recent = [row for row in history if "seconds" in row][-RECENT - 1 :]
    done = recent[-1]["step"] - recent[0]["step"]
    if not done:
        return "unknown"
    seconds = sum(row["seconds"] for row in recent[1:]) / done * (steps - step)
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min"
