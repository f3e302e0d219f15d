"""Dense, truthful captions for the clips that text-to-video models train on.

>>> from recaption import Captioner
>>> captioner = Captioner(mode="diffsw", model="tiny")
>>> caption = captioner("clip.mp4")
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recaption.captioner import Captioner
    from recaption.clip import Caption, Clip, Edit, Failure, Frames, Step
    from recaption.engines.serving import Serving
    from recaption.errors import ClipError, MissingExtra, RecaptionError, RunError, UsageError
    from recaption.postfilter import Cleaned, clean

_HOMES = {
    "recaption.captioner": ("Captioner",),
    "recaption.clip": ("Caption", "Clip", "Edit", "Failure", "Frames", "Step"),
    "recaption.engines.serving": ("Serving",),
    "recaption.errors": ("ClipError", "MissingExtra", "RecaptionError", "RunError", "UsageError"),
    "recaption.postfilter": ("Cleaned", "clean"),
}
"""Each is imported when it is first asked for, so that decoding processes and `recaption --help` start quickly."""

__all__ = [
    "Caption",
    "Captioner",
    "Cleaned",
    "Clip",
    "ClipError",
    "Edit",
    "Failure",
    "Frames",
    "MissingExtra",
    "RecaptionError",
    "RunError",
    "Serving",
    "Step",
    "UsageError",
    "clean",
]


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(home), name)
    raise AttributeError(f"module 'recaption' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
