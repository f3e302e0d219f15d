"""The nouns: a Clip goes in, Frames come out of it, a mode makes a Draft, the post-filter a Caption."""

from __future__ import annotations

import hashlib
import os
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from recaption import urls
from recaption.pictures import rgb_of

Picture = npt.NDArray[np.uint8]
"""One RGB picture, uint8, shape (height, width, 3)."""


class Held:
    """What must stay while a clip is used, such as an open file; another process gets a Place without it."""

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()


@dataclass(frozen=True)
class Place:
    """Where a clip's bytes are, when its path alone does not say it.

    Attributes:
        url: a path, or a URL with all that it takes to open it, secrets included.
        offset, size: the bytes that are the clip's; None for all that follow.
        held: what must stay until the clip is done.
    """

    url: str
    offset: int = 0
    size: int | None = None
    held: Held | None = None


@dataclass(frozen=True)
class Clip:
    """One clip: a whole file, or a span of it; or only words, of a film that is not there yet.

    Attributes:
        path: absolute path, or a URL without secrets; see `recaption.urls`.
        start, end: seconds from the start of the file; None for the file's own.
        size: bytes of the file; -1 when it cannot be read, 0 where nobody has looked.
        mtime_ns: modification time of the file in nanoseconds; -1 when it cannot be read, 0 where nobody has looked.
        text: what a person said of it in a few words.
        origin: where it was named, such as the row of a table; "" for the command line. It does not tell clips apart.
        fault: why the place that names it names no clip; "" for one that is.
        place: where its bytes are; None for a path that says it all.
    """

    path: str
    start: float | None = None
    end: float | None = None
    size: int = -1
    mtime_ns: int = -1
    text: str | None = None
    origin: str = field(default="", compare=False)
    fault: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, path: str | os.PathLike[str], start: float | None = None, end: float | None = None) -> Clip:
        """The clip at a path, with the file's size and modification time (-1 each when it cannot be read).

        Nobody looks at a clip at a URL, or in an archive, before it is decoded.
        """
        absolute = urls.absolute(path)
        if urls.is_url(absolute):
            bare = urls.public(absolute)
            return cls(bare, start, end, 0, 0, place=None if bare == absolute else Place(absolute))
        try:
            stat = os.stat(absolute)
        except OSError:
            return cls(absolute, start, end)
        return cls(absolute, start, end, stat.st_size, stat.st_mtime_ns)

    @property
    def id(self) -> str:
        """20 hex digits that follow from path, span, size, modification time and text."""
        parts = (self.path, self.start, self.end, self.size, self.mtime_ns)
        key = "\0".join(map(str, parts if self.text is None else (*parts, self.text)))
        return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:20]

    @property
    def name(self) -> str:
        return urls.name(self.path)


@dataclass(frozen=True)
class Frame:
    """One frame: its time in seconds from the start of the clip, and its picture."""

    time: float
    rgb: Picture


@dataclass(frozen=True)
class Frames(Sequence[Frame]):
    """Sampled frames of one clip, in the order of time.

    Attributes:
        times: seconds from the start of the clip, as the decoder gave them.
        rgb: uint8, shape (frames, height, width, 3); read-only from here on.
        duration: length of the clip in seconds.
        flags: what a person should know of the decoding, such as "truncated".
    """

    times: tuple[float, ...]
    rgb: npt.NDArray[np.uint8]
    duration: float
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.rgb.flags.writeable = False

    @classmethod
    def of(cls, pictures: Any, times: Iterable[float], duration: float | None = None) -> Frames:
        """Frames that are in memory already. Nobody may write to them until they are captioned.

        Args:
            pictures: an array of numpy or a tensor of torch, on any device, of shape (frames, height, width, 3) or
                (frames, 3, height, width); RGB, uint8, or floating point from 0 to 1.
            times: of each frame in seconds from the start of the clip, in order; an array or a tensor too.
            duration: length of the clip in seconds; None for the time of the last frame.

        Raises:
            UsageError: pictures of another shape, or other numbers.
        """
        seconds = tuple(map(float, times))
        return cls(seconds, rgb_of(pictures), max(seconds, default=0.0) if duration is None else duration)

    def __len__(self) -> int:
        return len(self.times)

    @overload
    def __getitem__(self, index: int) -> Frame: ...

    @overload
    def __getitem__(self, index: slice) -> list[Frame]: ...

    def __getitem__(self, index: int | slice) -> Frame | list[Frame]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        return Frame(self.times[index], self.rgb[index])

    def __iter__(self) -> Iterator[Frame]:
        return (Frame(time, rgb) for time, rgb in zip(self.times, self.rgb, strict=True))


@dataclass(frozen=True)
class Turn:
    """One part of a conversation: a prompt and the pictures that come before it, in order.

    Attributes:
        times: of pictures that are the frames of one video, in seconds from its start; empty for pictures that are not.
    """

    prompt: str
    pictures: tuple[Picture, ...] = ()
    times: tuple[float, ...] = ()

    @property
    def is_film(self) -> bool:
        """Whether something may move: several frames of one video."""
        return len(self.times) > 1


@dataclass(frozen=True)
class Exchange:
    """What was asked, and what the model answered."""

    turn: Turn
    reply: str


@dataclass(frozen=True)
class TokenSampling:
    """How an answer's tokens are chosen: the most likely ones at temperature 0, else at random by a seed."""

    temperature: float = 0.0
    seed: int = 0


GREEDY = TokenSampling()


@dataclass(frozen=True)
class Question:
    """What an engine is asked.

    Attributes:
        prompt, pictures, times: see `Turn`.
        max_tokens: limit of the answer.
        earlier: the conversation so far.
        sampling: how each token is chosen.
    """

    prompt: str
    pictures: tuple[Picture, ...] = ()
    max_tokens: int = 512
    times: tuple[float, ...] = ()
    earlier: tuple[Exchange, ...] = ()
    sampling: TokenSampling = GREEDY

    @property
    def turn(self) -> Turn:
        return Turn(self.prompt, self.pictures, self.times)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Everything that is asked, the last turn last."""
        return (*(exchange.turn for exchange in self.earlier), self.turn)

    @property
    def all_pictures(self) -> tuple[Picture, ...]:
        return tuple(picture for turn in self.turns for picture in turn.pictures)


@dataclass(frozen=True)
class Reply:
    """What an engine answered.

    Attributes:
        text: the answer without the stop token, and without white space at its ends, of which engines keep different
            parts.
        finish_reason: "stop" when the model ended it, "length" when the limit of tokens did.
        prompt_tokens, completion_tokens: counts, pictures' tokens included.
        mean_logprob: mean natural log-probability of the answer's tokens; None when unknown.
    """

    text: str
    finish_reason: str
    prompt_tokens: int
    completion_tokens: int
    mean_logprob: float | None = None

    @property
    def is_cut(self) -> bool:
        return self.finish_reason == "length"


@dataclass(frozen=True)
class Step:
    """What a mode said of one stretch of a clip, in seconds from its start."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Draft:
    """What was told of a clip, before the post-filter; `decode_seconds` are those that its frames took."""

    text: str
    steps: tuple[Step, ...] = ()
    flags: tuple[str, ...] = ()
    decode_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the post-filter: reason code, the text that was there, the text that stands there now."""

    code: str
    before: str
    after: str


@dataclass(frozen=True)
class Caption:
    """One finished clip, as its row in `captions.jsonl` tells it (`docs/runs.md` has the columns).

    Attributes:
        clip: whose caption it is, where that is told beside by nothing else.
    """

    text: str
    raw: str
    steps: tuple[Step, ...] = ()
    edits: tuple[Edit, ...] = ()
    flags: tuple[str, ...] = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0
    mean_logprob: float | None = None
    decode_seconds: float = 0.0
    model_seconds: float = 0.0
    merge: str = ""
    clip: Clip | None = None


@dataclass(frozen=True)
class Failure:
    """A clip without a caption.

    Attributes:
        reason: a key of `recaption.errors.REASONS`.
        detail: what was wrong, for a person.
        caption: what the model said, where the post-filter left nothing of it.
        clip: as in `Caption`.
    """

    reason: str
    detail: str
    caption: Caption | None = None
    clip: Clip | None = None


def picture_hash(picture: Picture) -> str:
    """32 hex digits that follow from a picture's pixels and shape; taken once of one that is read-only."""
    known = _hashes.get(id(picture))
    if known and known[0]() is picture:
        return known[1]
    digest = hashlib.sha256(str(picture.shape).encode())
    digest.update(np.ascontiguousarray(picture).data)
    found = digest.hexdigest()[:32]
    if not picture.flags.writeable:
        _remember(picture, found)
    return found


def _remember(picture: Picture, digest: str) -> None:
    key = id(picture)
    _hashes[key] = weakref.ref(picture, lambda _: _hashes.pop(key, None)), digest


_hashes: dict[int, tuple[weakref.ref[Picture], str]] = {}
