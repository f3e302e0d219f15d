"""Prompt sets: the words of every question, and how pictures are laid out for it.

A set is a folder with one text file for each role (`first.txt`, `pair.txt`, ...) and `set.toml`, which names the
picture layout of each role. Fields in braces are filled in: `{i}`, `{j}` (frame numbers from 1), `{time}`, `{start}`,
`{end}` (seconds from the start of the clip), `{previous}`, `{steps}`, `{middle}`, `{video}`, `{text}`.

`sharecaptioner` holds the prompts that ShareCaptioner-Video was trained on, to the letter, misspellings included
(github.com/ShareGPT4Omni/ShareGPT4Video, commit 7e02ee6); `default` is clean English, and lends a set what it lacks of
LATER.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from recaption.clip import Step
from recaption.errors import UsageError

FIELDS = {
    "first": {"time"},
    "pair": {"i", "j", "start", "end", "previous"},
    "summary": {"steps"},
    "summary_step": {"i", "time", "text"},
    "next": {"i", "j", "start", "end"},
    "frame": {"i", "time"},
    "video": set(),
    "fast": set(),
    "grid": set(),
    "middle": {"time"},
    "join": {"time", "middle", "video"},
    "recaption": {"text"},
    "hint": {"text"},
    "merge": {"text"},
}
LATER = ("next", "frame", "video", "middle", "join", "hint", "merge")
"""Roles that ShareCaptioner-Video does not have; a set that lacks one takes it from `default`."""
DEFAULT = "default"
SEPARATE = "separate"
VIDEO = "video"
PASTED = ("pair", "strip", "grid")
"""Layouts that make one picture of several frames."""
LAYOUTS = (SEPARATE, VIDEO, *PASTED)


@dataclass(frozen=True)
class Prompt:
    """The words of one question, and the layout of the pictures that go with it (one of LAYOUTS)."""

    text: str
    layout: str = SEPARATE


@dataclass(frozen=True)
class Prompts:
    """One prompt set: templates and layouts by role, and the words of a person that go with every question for a whole
    caption."""

    name: str
    templates: dict[str, str]
    layouts: dict[str, str]
    hint: str = ""

    @property
    def hash(self) -> str:
        """16 hex digits that follow from every word and layout of the set."""
        parts = [*sorted(self.templates.items()), *sorted(self.layouts.items())]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def hinted(self, text: str | None) -> Prompts:
        """The same set, with what a person said of the clip."""
        return replace(self, hint=self._fill("hint", text=text).text if text else "")

    def first(self, time: float) -> Prompt:
        """Describe the first frame."""
        return self._fill("first", time=time)

    def pair(self, i: int, start: float, end: float, previous: str) -> Prompt:
        """Describe what happened between frame i (from 1) and the next one."""
        return self._fill("pair", i=i, j=i + 1, start=start, end=end, previous=previous)

    def summary(self, steps: Sequence[Step]) -> Prompt:
        """Sum up the descriptions of all frames."""
        lines = [self._fill("summary_step", i=i, time=s.end, text=s.text).text for i, s in enumerate(steps, 1)]
        return self._whole("summary", steps="".join(lines))

    def next(self, i: int, start: float, end: float) -> Prompt:
        """Describe what happened between frame i (from 1), which was shown before, and the next one."""
        return self._fill("next", i=i, j=i + 1, start=start, end=end)

    def frame(self, i: int, time: float) -> Prompt:
        """Describe frame i (from 1) by itself."""
        return self._fill("frame", i=i, time=time)

    def video(self) -> Prompt:
        """Describe the clip from its frames as a video."""
        return self._whole("video")

    def fast(self) -> Prompt:
        """Describe the clip from its keyframes in one picture."""
        return self._whole("fast")

    def grid(self) -> Prompt:
        """Describe the clip from uniformly spaced frames in a grid."""
        return self._whole("grid")

    def middle(self, time: float) -> Prompt:
        """Describe the frame in the middle of the clip."""
        return self._fill("middle", time=time)

    def join(self, time: float, middle: str, video: str) -> Prompt:
        """Make one caption of what was said of the frame in the middle, at `time`, and of the whole clip."""
        return self._whole("join", time=time, middle=middle, video=video)

    def recaption(self, text: str) -> Prompt:
        """Turn a short prompt into a detailed caption."""
        return self._fill("recaption", text=text)

    def merge(self, text: str) -> Prompt:
        """Make one paragraph of a caption's sentences."""
        return self._fill("merge", text=text)

    def _whole(self, role: str, **fields: object) -> Prompt:
        prompt = self._fill(role, **fields)
        return replace(prompt, text=prompt.text + self.hint)

    def _fill(self, role: str, **fields: object) -> Prompt:
        return Prompt(self.templates[role].format(**fields), self.layouts.get(role, SEPARATE))


def load(name: str) -> Prompts:
    """The prompt set of that name, or in the folder of that path.

    Raises:
        UsageError: no such set, a file of it is missing, or a template names a field that its role does not have.
    """
    built_in = resources.files("recaption") / "_prompts"
    root = built_in / name if name.isidentifier() and (built_in / name).is_dir() else Path(name)
    if not root.is_dir():
        known = ", ".join(sorted(p.name for p in built_in.iterdir() if (p / "set.toml").is_file()))
        raise UsageError(f"--prompts {name}: no such prompt set ({known}) and no such folder")
    lacking = {role for role in LATER if not (root / f"{role}.txt").is_file()}
    homes = {role: built_in / DEFAULT if role in lacking else root for role in FIELDS}
    templates = {role: _read(home, f"{role}.txt") for role, home in homes.items()}
    layouts = {VIDEO: VIDEO, **tomllib.loads(_read(root, "set.toml")).get("layout", {})}
    prompts = Prompts(root.name, templates, layouts)
    _check(prompts, root)
    return prompts


def _read(root: Traversable, file: str) -> str:
    try:
        return (root / file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"prompt set {root}: cannot read {file}: {error}") from None


def _check(prompts: Prompts, root: Traversable) -> None:
    for role, fields in FIELDS.items():
        values = {name: 1.0 if name in ("time", "start", "end") else "1" for name in fields}
        try:
            prompts.templates[role].format(**values)
        except (KeyError, IndexError, ValueError) as error:
            raise UsageError(
                f"{root}/{role}.txt: bad field {error}; this role has {', '.join(sorted(fields)) or 'no fields'}"
            ) from None
    for role, layout in prompts.layouts.items():
        if role not in FIELDS or layout not in LAYOUTS:
            raise UsageError(f"{root}/set.toml: {role} = {layout!r}; layouts are {', '.join(LAYOUTS)}")
