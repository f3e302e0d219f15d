"""Where one shot ends and the next one begins.

A cutter is fed every frame of a film, in order, as a small picture with its time, and says where new shots begin.
CUTTERS has them by name.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Protocol

import cv2
import numpy as np

from recaption.clip import Picture
from recaption.curate import fades
from recaption.curate.transnet import TransNet
from recaption.errors import MissingExtra


class Cutter(Protocol):
    """Finds the cuts of one film while it is decoded, in bounded memory."""

    @property
    def longest(self) -> int:
        """Pixels of the longest side of the pictures that it wants."""
        ...

    @property
    def delay(self) -> float:
        """How many seconds before the frame that was seen last all cuts have been told."""
        ...

    def see(self, time: float, picture: Picture) -> list[float]:
        """Take the next frame.

        Args:
            time: seconds, later than the frame before.
            picture: uint8 RGB, shape (height, width, 3), of one size throughout.

        Returns:
            The cuts that are settled now and were not told before, in order, in seconds: the time of the first frame of
            a new shot, or the middle of a fade.
        """
        ...

    def end(self) -> list[float]:
        """The cuts that are left once the film has ended."""
        ...


SLOW_RATES = (4.0, 2.0)
"""Frames a second of the slower levels of the cascade."""
PHASES = 4
"""How many detectors share a rate, each a part of a step later than the one before, so that no fade falls between."""
WINDOW = 2
"""Frames on either side that a frame is held against: PySceneDetect's own default."""
QUICK_RATIO, QUICK_CHANGE = 4.0, 7.0
"""How many times more a frame changes than its neighbours at a hard cut, and by how much (PySceneDetect's content
value, 0 to 255, of lifted pictures). Its defaults are 3 and 15: a jump may be smaller here if it stands out, and is
looked at again."""
SLOW_RATIO, SLOW_CHANGE = 1.3, 5.6
"""The same between two frames of a slower level, where a fade is only suspected."""
AROUND = 0.25
"""Seconds on either side of a hard cut after which the picture must still be another: a flash is over by then."""
LEAST, MOST_CUT, MOST_THING = 0.6, 1.5, 3.0
"""How much of the jump at a hard cut, or where a thing comes or goes, is still there AROUND it: less of a flash, more
where the jump is but one of many, as in a fade. Hard cuts of scripted films (seeds 77, 78 of `scripts.prove_cuts`)
have 0.94 to 1.09, things 1.5 to 2.6 as all else moves on, a keyframe in a fade 4.7 (`torchcodec_nasa_13013.mp4`)."""
LIFTED = np.rint(255 * np.sqrt(np.arange(256) / 255)).astype(np.uint8)
"""What a grey level becomes before pictures are held against each other: nights differ by some levels only. Of scripted
films with 0.15 of their light (seeds 606, 83) 28 of 50 hard cuts and 13 of 45 fades are found without, and 46 and 25
with it."""
DARK = 50
"""Grey level under which seconds of film are so dark that fades are looked for in lifted pictures."""
CHANGED, FAINTLY, SHARE = 0.04, 5, 0.24
"""Share of the picture's brightest light, and grey levels at the least, by which a pixel of a small picture is another,
and the share of those at a hard cut: what appears or vanishes changes a part of the picture. Scripted films (seeds 77,
81, 82): cuts 0.45 and more, things 0.22 and less; with 0.15 of their light nearly all cuts 0.26 and more, and things,
and what coders do to nights, 0.19 and less."""
SUDDEN = 0.1
"""Seconds from what comes or goes at once, within which nothing fades: it changes the colours, too."""
DELAY = 3.2
"""Seconds after which a fade is told: its middle may be AROUND and `fades.GAP` before a step of half a second, which is
judged `fades.REACH` and AROUND after it; the rest is for frames that are far apart."""
KEPT, FEWEST = 6.0, 8
"""Seconds of film that are remembered, and frames at the least, should they be far apart."""

Span = tuple[float, float]


@dataclass(frozen=True)
class _Seen:
    """A frame that is remembered, and its samples, which are taken when a fade is suspected near it."""

    time: float
    picture: Picture

    @cached_property
    def plain(self) -> fades.Sample:
        return fades.sample(self.time, self.picture)

    @cached_property
    def lifted(self) -> fades.Sample:
        return fades.sample(self.time, _lifted(self.picture))


class Cascade:
    """PySceneDetect's adaptive detector at several frame rates, see `Cutter`.

    At the full rate it finds hard cuts; flashes are left out. At the slower rates (SLOW_RATES) a fade is one step, too,
    but so is a lot that moves: each is held against what was before and is after it (`fades`).

    Raises:
        MissingExtra: PySceneDetect is not installed.
    """

    longest = 160

    def __init__(self) -> None:
        self._quick = _Level(QUICK_RATIO, QUICK_CHANGE)
        self._slow = [
            _Level(SLOW_RATIO, SLOW_CHANGE, rate, part / PHASES) for rate in SLOW_RATES for part in range(PHASES)
        ]
        self._sampled = _Ticks(fades.RATE)
        self._thumbs: deque[tuple[float, Picture]] = deque()
        self._seen: deque[_Seen] = deque()
        self._jumps: deque[Span] = deque()
        self._steps: list[Span] = []
        self._hard: list[float] = []
        self._things: list[float] = []
        self._found: list[float] = []

    @property
    def delay(self) -> float:
        return max(DELAY, self._quick.behind)

    def see(self, time: float, picture: Picture) -> list[float]:
        bgr = np.ascontiguousarray(_lifted(picture)[:, :, ::-1])
        self._thumbs.append((time, _thumb(picture)))
        if self._sampled.tick(time):
            self._seen.append(_Seen(time, picture))
        self._jumps.extend(self._quick.see(time, bgr))
        for level in self._slow:
            self._steps += level.see(time, bgr)
        self._settle(time)
        self._forget(time - KEPT)
        return self._told(time - self.delay)

    def end(self) -> list[float]:
        self._settle(math.inf)
        return self._told(math.inf)

    def _settle(self, now: float) -> None:
        """Judge what can be judged at a time."""
        while self._jumps and self._jumps[0][1] + AROUND <= now:
            self._judge(*self._jumps.popleft())
        ripe = [step for step in self._steps if step[1] + fades.REACH + AROUND <= now]
        self._steps = [step for step in self._steps if step not in ripe]
        for first, last in sorted(ripe):
            middle = self._fade(first, last)
            if middle is None or any(abs(middle - thing) < SUDDEN for thing in self._things):
                continue
            if all(abs(middle - cut) > fades.GAP for cut in self._found):
                self._found.append(middle)

    def _judge(self, before: float, time: float) -> None:
        """What a jump from one frame to the next is, when the picture stays another for a while: a cut, or a thing that
        comes or goes."""
        since = max([time - AROUND, *self._hard[-1:]])
        jump = [thumb for at, thumb in self._thumbs if at in (before, time)]
        around = [thumb for at, thumb in self._thumbs if at == before or since <= at <= time + AROUND]
        differs = cv2.absdiff(jump[0], jump[-1])
        lasting = cv2.absdiff(around[0], around[-1]).mean() / max(differs.mean(), 1e-9)
        light = np.percentile(np.maximum(jump[0], jump[-1]).max(axis=2), 95)
        is_cut = (differs.max(axis=2) > max(CHANGED * light, FAINTLY)).mean() >= SHARE
        if not LEAST <= lasting <= (MOST_CUT if is_cut else MOST_THING):
            return
        if is_cut:
            self._hard.append(time)
            self._found.append(time)
        else:
            self._things.append(time)

    def _fade(self, first: float, last: float) -> float | None:
        """The middle of the fade that a step between two frames may be; None where it is none, or a hard cut."""
        if any(first < cut <= last for cut in self._hard):
            return None
        start = max((cut for cut in self._hard if cut <= first), default=-math.inf)
        end = min((cut for cut in self._hard if cut > last), default=math.inf)
        stretch = [seen for seen in self._seen if start <= seen.time < end]
        is_dark = bool(stretch) and median(seen.plain.light for seen in stretch) < DARK
        samples = [seen.lifted if is_dark else seen.plain for seen in stretch]
        return fades.fade(samples, first - AROUND, last + AROUND)

    def _forget(self, until: float) -> None:
        while len(self._thumbs) > FEWEST and self._thumbs[0][0] < until:
            self._thumbs.popleft()
        while self._seen and self._seen[0].time < until:
            self._seen.popleft()
        self._hard = [cut for cut in self._hard if cut >= until]
        self._things = [thing for thing in self._things if thing >= until]

    def _told(self, until: float) -> list[float]:
        told = sorted(cut for cut in self._found if cut <= until)
        self._found = [cut for cut in self._found if cut > until]
        return told


class _Ticks:
    """Chooses frames, `rate` a second, that many steps of `part` later than from 0 on."""

    def __init__(self, rate: float, part: float = 0.0) -> None:
        self._rate, self._part, self._last = rate, part, -1

    def tick(self, time: float) -> bool:
        """Whether a frame is the first one of a step."""
        step = math.floor(time * self._rate - self._part + 1e-6)
        fresh, self._last = step != self._last, step
        return fresh


class _Level:
    """PySceneDetect's adaptive detector at one rate: it finds frames that change much more than their neighbours."""

    def __init__(self, ratio: float, change: float, rate: float | None = None, part: float = 0.0) -> None:
        try:
            from scenedetect import FrameTimecode
            from scenedetect.detectors import AdaptiveDetector
        except ImportError:
            raise MissingExtra("scenedetect", "curate") from None
        self._timecode = FrameTimecode
        self._detector = AdaptiveDetector(ratio, min_scene_len=0, window_width=WINDOW, min_content_val=change)
        self._ticks = _Ticks(rate, part) if rate else None
        self._times: deque[float] = deque(maxlen=WINDOW + 2)
        self._count = 0

    @property
    def behind(self) -> float:
        """Seconds from the first frame that may be told of next to the last frame that was seen."""
        return self._times[-1] - self._times[0] + AROUND if self._times else 0.0

    def see(self, time: float, bgr: Picture) -> list[Span]:
        """Take a frame; between which two of the frames that were seen much changed."""
        if self._ticks and not self._ticks.tick(time):
            return []
        self._times.append(time)
        found = self._detector.process_frame(self._timecode(self._count, fps=1.0), bgr)
        self._count += 1
        return [(self._times[0], self._times[1]) for _ in found]


def _lifted(picture: Picture) -> Picture:
    return np.asarray(cv2.LUT(picture, LIFTED), np.uint8)


def _thumb(picture: Picture) -> Picture:
    return np.asarray(cv2.resize(picture, (32, 18), interpolation=cv2.INTER_AREA), np.uint8)


CUTTERS: dict[str, type[Cutter]] = {"scenedetect": Cascade, "transnetv2": TransNet}
