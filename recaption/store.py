"""What is done, what failed and why: the protocol that the scheduler speaks, and the store that keeps it in memory.

`recaption.database` is the store of the command, on disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Protocol

from recaption.clip import GREEDY, Caption, Clip, Question, Reply, picture_hash

CAPTIONED = "captioned"
FAILED = "failed"


@dataclass(frozen=True)
class Fingerprint:
    """What must stay the same for rows to belong to one run.

    Attributes:
        mode: a key of `modes.MODES`.
        model: the model, its revision included.
        prompts: name of the prompt set.
        prompts_hash: 16 hex digits that follow from the set's words.
        frames: how frames are sampled, in words.
        max_tokens: limit of one answer.
    """

    mode: str
    model: str
    prompts: str
    prompts_hash: str
    frames: str
    max_tokens: int

    def differences(self, other: Fingerprint) -> list[str]:
        """One line for each field in which another run differs: its name, ours, theirs."""
        pairs = ((f.name, getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return [f"{name}: {ours} there, {theirs} now" for name, ours, theirs in pairs if ours != theirs]


@dataclass(frozen=True)
class Answer:
    """A finished question: the reply, and the seconds from asking to answer (waiting in the batch included)."""

    reply: Reply
    seconds: float


class Store(Protocol):
    """Remembers finished questions and finished clips."""

    def seen(self, clip: Clip) -> str | None:
        """CAPTIONED, FAILED or `verdicts.REJECTED` of a clip with its row; None when another is wanted, or without."""
        ...

    def failed(self, clip: Clip) -> bool:
        """Whether the clip's path and span have a failure row, written for this version of the file or another one."""
        ...

    def times_again(self, clip: Clip) -> int:
        """How often a person has asked for another caption of this very clip."""
        ...

    def answer(self, clip: Clip, key: str) -> Answer | None:
        """The stored answer to a question of a clip."""
        ...

    def answered(self, clip: Clip, key: str, answer: Answer) -> None:
        """Keep an answer. It is never replaced, and it is on disk before `finish` of its clip returns."""
        ...

    async def finish(self, clip: Clip, caption: Caption) -> None:
        """Write a clip's caption; returns when it cannot be lost any more."""
        ...

    async def fail(self, clip: Clip, reason: str, detail: str, caption: Caption | None = None) -> None:
        """Write why a clip has no caption, unless it has one; returns when it cannot be lost any more.

        Args:
            caption: what the model said, where the post-filter left nothing of it.
        """
        ...


class MemoryStore:
    """A store for one process and its lifetime.

    Attributes:
        captions: finished clips with their captions, in the order in which they finished.
        failures: failed clips with reason (a key of `errors.REASONS`) and detail.
    """

    def __init__(self) -> None:
        self.captions: dict[Clip, Caption] = {}
        self.failures: dict[Clip, tuple[str, str]] = {}
        self._answers: dict[Clip, dict[str, Answer]] = {}

    def seen(self, clip: Clip) -> str | None:
        if clip in self.captions:
            return CAPTIONED
        return FAILED if clip in self.failures else None

    def failed(self, clip: Clip) -> bool:
        place = (clip.path, clip.start, clip.end)
        return any(place == (other.path, other.start, other.end) for other in self.failures)

    def times_again(self, clip: Clip) -> int:
        return 0

    def answer(self, clip: Clip, key: str) -> Answer | None:
        return self._answers.get(clip, {}).get(key)

    def answered(self, clip: Clip, key: str, answer: Answer) -> None:
        self._answers.setdefault(clip, {}).setdefault(key, answer)

    async def finish(self, clip: Clip, caption: Caption) -> None:
        self.failures.pop(clip, None)
        self._answers.pop(clip, None)
        self.captions[clip] = caption

    async def fail(self, clip: Clip, reason: str, detail: str, caption: Caption | None = None) -> None:
        if clip not in self.captions:
            self.failures[clip] = (reason, detail)


def question_key(question: Question) -> str:
    """32 hex digits that follow from a question's words, pictures and limit of tokens, and from the talk before it."""
    digest = hashlib.blake2b(digest_size=16)
    for part in _parts(question):
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.hexdigest()


def _parts(question: Question) -> Iterator[str]:
    yield from (question.prompt, str(question.max_tokens), *map(picture_hash, question.pictures))
    if question.times:
        yield f"video {question.times}"
    if question.sampling != GREEDY:
        yield f"sampling {question.sampling}"
    for exchange in question.earlier:
        yield from (exchange.turn.prompt, *map(picture_hash, exchange.turn.pictures), exchange.reply)


def caption_row(clip: Clip, caption: Caption, run: Fingerprint) -> dict[str, object]:
    """A row of `captions.jsonl`; `docs/runs.md` tells the columns."""
    return {
        "id": clip.id,
        "path": clip.path,
        "start": clip.start,
        "end": clip.end,
        "text": clip.text,
        "mode": run.mode,
        "model": run.model,
        "prompts": run.prompts,
        "caption": caption.text,
        "raw": caption.raw,
        **({"merge": caption.merge} if caption.merge else {}),
        "steps": [asdict(step) for step in caption.steps],
        "edits": [asdict(edit) for edit in caption.edits],
        "flags": list(caption.flags),
        "tokens": {"prompt": caption.prompt_tokens, "completion": caption.completion_tokens},
        "mean_logprob": caption.mean_logprob,
        "seconds": {"decode": round(caption.decode_seconds, 3), "model": round(caption.model_seconds, 3)},
    }


def failure_row(clip: Clip, reason: str, detail: str, caption: Caption | None, run: Fingerprint) -> dict[str, object]:
    """A row of `failures.jsonl`; where the model said something, with the columns of a caption too."""
    told = caption_row(clip, caption, run) if caption else {"id": clip.id, "path": clip.path, "text": clip.text}
    return {**told, "reason": reason, "detail": detail}
