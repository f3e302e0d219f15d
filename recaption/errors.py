"""Everything that recaption raises, as one tree.

    RecaptionError
    ├── UsageError          the command or the call is wrong; nothing was started
    │   └── MissingExtra    an optional package is not installed
    ├── RunError            the run cannot start or go on (locked store, other fingerprint, no model)
    └── ClipError           one clip cannot be captioned; the run goes on
        ├── DecodeError     its frames could not be had
        └── AskError        the model gave no usable answer

Each ClipError carries a reason from REASONS, the closed list that `failures.jsonl` uses.
"""

from __future__ import annotations

REASONS: dict[str, str] = {
    "missing": "the file is not there, or may not be read",
    "unreadable": "no decoder can open the file, or it holds no readable picture",
    "no_video": "the file has no video stream",
    "damaged": "a frame that was asked for is damaged",
    "span": "the clip's start and end lie outside the file, or the span is empty",
    "deadline": "decoding took longer than --deadline",
    "crashed": "the decoder crashed or was killed",
    "context": "a question does not fit the model's context",
    "empty": "the model answered nothing, or the post-filter left nothing",
    "refused": "the server will not answer a question, whoever asks",
    "engine": "the engine could not answer a question",
    "internal": "a fault of recaption itself; the log has the traceback",
}


class RecaptionError(Exception):
    """Base of everything that recaption raises on purpose."""


class UsageError(RecaptionError):
    """The command or the call is wrong; nothing was started."""


class MissingExtra(UsageError):  # noqa: N818 - it reads as what it is
    """An optional package is missing; the message names the extra to install."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed: pip install 'recaption[{extra}]'")


class RunError(RecaptionError):
    """The run cannot start or go on."""


class ClipError(RecaptionError):
    """One clip cannot be captioned.

    Args:
        reason: a key of REASONS.
        detail: what was wrong, for a person; names the file where there is one.
    """

    def __init__(self, reason: str, detail: str) -> None:
        if reason not in REASONS:
            raise ValueError(f"unknown reason {reason!r}")
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[ClipError], tuple[str, str]]:
        return type(self), (self.reason, self.detail)


class DecodeError(ClipError):
    """The frames of a clip could not be had."""


class AskError(ClipError):
    """The model gave no usable answer."""
