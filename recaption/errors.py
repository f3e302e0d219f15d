"""Everything that recaption raises, as one tree.

RecaptionError
├── UsageError          the command or the call is wrong; nothing was started
│   ├── MissingExtra    an optional package is not installed
│   └── RecipeError     a recipe cannot be read, or something in it is wrong
├── RunError            the run cannot start or go on (locked store, other fingerprint, no model)
└── LeftOutError        one of many cannot be done, for a reason from a closed list; the rest goes on
    ├── ClipError       one clip cannot be captioned
    │   ├── DecodeError     its frames could not be had
    │   └── AskError        the model gave no usable answer
    └── (SampleError    one sample cannot be trained on: llava_train.samples)
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar, Self

log = logging.getLogger(__name__)

REASONS: dict[str, str] = {
    "missing": "the file is not there, or may not be read",
    "unreachable": "the clip's server does not give it",
    "row": "the row of a table, or the place in a tar, that names the clip is wrong",
    "unreadable": "no decoder can open the file, or it holds no readable picture",
    "no_video": "the file has no video stream",
    "damaged": "a frame that was asked for is damaged",
    "span": "the clip's start and end lie outside the file, or the span is empty",
    "deadline": "decoding took longer than --deadline",
    "crashed": "the decoder crashed or was killed",
    "context": "a question does not fit the model's context",
    "empty": "the model answered nothing, or the post-filter left nothing",
    "refusal": "the model refused to caption the clip",
    "refused": "the server will not answer a question, whoever asks",
    "engine": "the engine could not answer a question",
    "rejected": "a person rejected the caption",
    "again": "a person wants another caption; the next run asks for it",
    "internal": "a fault of recaption itself; the log has the traceback",
}
"""Reasons of a ClipError, those of `failures.jsonl`."""


class RecaptionError(Exception):
    """Base of everything that recaption raises on purpose."""


class UsageError(RecaptionError):
    """The command or the call is wrong; nothing was started."""


class MissingExtra(UsageError):  # noqa: N818 - it reads as what it is
    """An optional package is missing; the message names the extra to install."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed: pip install 'recaption[{extra}]'")


class RecipeError(UsageError):
    """A recipe cannot be read, or something in it is wrong."""


class RunError(RecaptionError):
    """The run cannot start or go on."""


class LeftOutError(RecaptionError):
    """One of many cannot be done, and the rest goes on.

    Args:
        reason: a key of `reasons`.
        detail: what was wrong, for a person; names the file where there is one.
    """

    reasons: ClassVar[Mapping[str, str]] = {}

    def __init__(self, reason: str, detail: str) -> None:
        if reason not in self.reasons:
            raise ValueError(f"unknown reason {reason!r}")
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        return type(self), (self.reason, self.detail)


class ClipError(LeftOutError):
    """One clip cannot be captioned."""

    reasons = REASONS


class DecodeError(ClipError):
    """The frames of a clip could not be had."""


class AskError(ClipError):
    """The model gave no usable answer."""


@contextmanager
def faults_of(path: str) -> Iterator[None]:
    """Whatever goes wrong with a clip that nobody foresaw is the failure of that clip alone.

    Raises:
        ClipError: "internal".
    """
    try:
        yield
    except RecaptionError:
        raise
    except Exception as error:
        log.exception("%s: a fault of recaption itself", path)
        raise ClipError("internal", f"{type(error).__name__}: {error}") from error
