"""A row becomes its sample; what kind of row it is follows from the keys that it has.

    conversations        LLaVA: turns of human and gpt, with `image` or `video` (one, a list, or none)
    messages             a chat: turns of user and assistant, with `images` and `videos`, or with both inside the parts
    captions, keyframe   ShareGPT4Video's own: `video_path`, `captions` [{"idx": "1", "content": ...}, ...], of which
                         "-1" is the whole caption, and `keyframe`, the times of the others' frames; these are taken
                         as seconds from the start of the film, and a time beyond its end counts as "span"
    caption, path        a row of `captions.jsonl`, of any mode; the words may have been corrected

Each `<image>` in the words of a user, and each part {"type": "image"}, stands for the next picture of the row, and
`<video>`, or an `<image>` where the row has films only, for the next film. A film is shown as its frames, each with its
time before it, as the captioner shows it to a model without native video.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from llava_train import films, roles
from llava_train.recipe import Data
from llava_train.roles import ROLES, Told
from llava_train.samples import Message, Sample, SampleError, Show
from recaption import prompts as prompt_sets
from recaption import urls
from recaption.caption import LONGEST
from recaption.clip import Clip, Picture, Step
from recaption.engines.chat import timed
from recaption.errors import RecipeError, UsageError
from recaption.prompts import Prompts
from recaption.scripted.world import Script
from recaption.video.sample import Every, Sampling, Uniform

SPEAKERS = {"human": "user", "gpt": "assistant"}

Part = dict[str, Any]
Medium = str | Mapping[str, Any]
"""A path, or {"bytes", "path"} with the file itself, as `datasets` keeps pictures."""


@dataclass(frozen=True)
class Reading:
    """How the rows of one source are read.

    Attributes:
        files: folder that relative paths start at.
        prompts: the questions about clips.
        shares: share of each role.
        every, spread: which frames of a film are taken, with their times and for a grid.
        width: pixels that frames of scripted clips are drawn wide.
    """

    files: Path
    prompts: Prompts
    shares: dict[str, float]
    every: Sampling
    spread: Sampling
    width: int

    @classmethod
    def of(cls, data: Data) -> Reading:
        """As a recipe says.

        Raises:
            RecipeError: no such role or prompt set.
        """
        if unknown := set(data.roles) - set(ROLES):
            raise RecipeError(f"data.roles: no role {', '.join(sorted(unknown))}; there are {', '.join(ROLES)}")
        try:
            prompts = prompt_sets.load(data.prompts)
        except UsageError as error:
            raise RecipeError(f"data.prompts: {error}") from None
        path = Path(data.path)
        return cls(
            files=Path(data.files) if data.files else path if path.is_dir() else path.parent,
            prompts=prompts,
            shares=data.roles or dict.fromkeys(ROLES, 1.0),
            every=Every(data.every, data.max_frames) if data.every else Uniform(data.frames),
            spread=Uniform(data.frames),
            width=data.width,
        )


def sample(row: Mapping[str, Any] | Script, reading: Reading, rng: random.Random) -> Sample:
    """The sample of a row; a clip gives one of its lessons, drawn by role.

    Raises:
        SampleError: the row is none of the formats, or does not fit together, or the times of its film cannot be had.
    """
    if isinstance(row, Script):
        return _lesson(roles.tell(row, rng, reading.every, reading.spread), reading, rng)
    try:
        match row:
            case {"conversations": turns} if turns is not None:
                return _chat([_llava(turn) for turn in turns], row, reading)
            case {"messages": turns} if turns is not None:
                return _chat([_message(turn) for turn in turns], row, reading)
            case {"captions": [*_], "keyframe": [*_]}:
                return _lesson(_sharegpt4video(row, reading), reading, rng)
            case {"caption": str(), "path": str()}:
                return _lesson(_captioned(row, reading), reading, rng)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise SampleError("format", f"{_shown(row)}: {type(error).__name__}: {error}") from None
    raise SampleError("format", f"{_shown(row)}: no conversations, messages, captions with keyframe, or caption")


def _lesson(told: Told[Any], reading: Reading, rng: random.Random) -> Sample:
    here = [role for role in told.roles if reading.shares.get(role)]
    if not here:
        raise SampleError(
            "format", f"{told.caption[:60]!r}: no lesson of {', '.join(reading.shares)} can be made of it"
        )
    role = rng.choices(here, [reading.shares[role] for role in here])[0]
    lesson = rng.choice(roles.lessons(told, role, reading.prompts))
    return roles.sample(lesson, reading.prompts, reading.width)


def _captioned(row: Mapping[str, Any], reading: Reading) -> Told[Clip]:
    steps = row["steps"] if str(row.get("mode")).startswith("diffsw") else ()
    told = tuple(Step(float(step["start"]), float(step["end"]), step["text"]) for step in steps)
    clip = _clip(row["path"], reading, row.get("start"), row.get("end"))
    return _told(clip, row["caption"], told, row.get("text") or "", reading)


def _sharegpt4video(row: Mapping[str, Any], reading: Reading) -> Told[Clip]:
    times = [float(time) for time in row["keyframe"]]
    words = {int(caption["idx"]): caption["content"] for caption in row["captions"]}
    whole = words.pop(-1)
    told = [words[number] for number in sorted(words)]
    steps = tuple(
        Step(start, end, text)
        for (start, end), text in zip(pairwise([*times[:1], *times]), told, strict=True)  # fails when one is missing
    )
    return _told(_clip(row["video_path"], reading), whole, steps, "", reading)


def _told(clip: Clip, caption: str, steps: tuple[Step, ...], text: str, reading: Reading) -> Told[Clip]:
    if not caption.strip() or not all(step.text.strip() for step in steps):
        raise ValueError("nothing is told of it, or not of one of its steps")
    return Told(
        film=clip,
        caption=caption,
        sampled=partial(films.times, clip),
        steps=steps,
        brief=text,
        hint=text,
        every=reading.every,
        spread=reading.spread,
    )


def _llava(turn: Mapping[str, Any]) -> Message:
    return _message({"role": SPEAKERS.get(turn["from"], turn["from"]), "content": turn["value"]})


def _message(turn: Mapping[str, Any]) -> Message:
    """A turn with its content as parts; words that stand for a picture or a film become parts too."""
    role, content = turn["role"], turn["content"]
    if not isinstance(content, str):
        return {"role": role, "content": content}
    if role == "assistant":
        return {"role": role, "content": [_words(content)]}
    pieces = [piece.strip("\n") for piece in re.split("(<image>|<video>)", content)]
    places = {"<image>": {"type": "image"}, "<video>": {"type": "video"}}
    return {"role": role, "content": [places.get(piece) or _words(piece) for piece in pieces if piece]}


def _words(text: str) -> Part:
    return {"type": "text", "text": text}


def _chat(messages: Sequence[Message], row: Mapping[str, Any], reading: Reading) -> Sample:
    """The sample of a chat; pictures and films take their places."""
    talk = [message["role"] for message in messages if message["role"] != "system"]
    if not talk or talk != ["user", "assistant"] * (len(talk) // 2):
        raise ValueError(f"turns of user and assistant, the assistant's last, are needed, not {talk}")
    waiting = {"image": _media(row, "image"), "video": _media(row, "video")}
    only_films = not waiting["image"] and bool(waiting["video"])
    shows: list[Show] = []

    def placed(part: Part) -> list[Part]:
        kind = part["type"]
        if kind == "text":
            return [_words(part["text"])]
        medium = part.get(kind) or part.get("path")
        if not medium:
            kind = "video" if only_films else kind
            medium = waiting[kind].pop(0)
        parts, show = {"image": _picture, "video": _film}[kind](medium, reading)
        shows.append(show)
        return parts

    made = [
        {**message, "content": [one for part in message["content"] for one in placed(part)]} for message in messages
    ]
    if left := sum(map(len, waiting.values())):
        raise ValueError(f"{left} pictures or films more than places for them")
    if not all(_has_words(message) for message in made if message["role"] == "assistant"):
        raise ValueError("an answer has no words")
    return Sample([{"role": message["role"], "content": message["content"]} for message in made], tuple(shows))


def _has_words(message: Message) -> bool:
    return any(part["type"] == "text" and part["text"].strip() for part in message["content"])


def _media(row: Mapping[str, Any], kind: str) -> list[Medium]:
    media = row.get(kind) or row.get(f"{kind}s") or []
    return list(media) if isinstance(media, list | tuple) else [media]


def _picture(medium: Medium, reading: Reading) -> tuple[list[Part], Show]:
    return [{"type": "image"}], partial(_opened, medium, reading.files)


def _film(medium: Medium, reading: Reading) -> tuple[list[Part], Show]:
    clip = _clip(medium if isinstance(medium, str) else medium["path"], reading)
    times = films.times(clip, reading.every)
    return timed(times, [{"type": "image"}] * len(times)), partial(_played, clip, times)


def _opened(medium: Medium, files: Path, _seen: int) -> list[Picture]:
    content = None if isinstance(medium, str) else medium["bytes"]
    path = files / (medium if isinstance(medium, str) else medium.get("path") or "")
    try:
        with Image.open(path if content is None else io.BytesIO(content)) as image:
            return [np.asarray(image.convert("RGB"))]
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        raise SampleError("missing", f"{path}: {error.strerror}") from None
    except Exception as error:  # PIL's plug-ins raise whatever comes to them of a broken file
        raise SampleError("unreadable", f"{path}: {error}") from None


def _played(clip: Clip, times: Sequence[float], seen: int) -> list[Picture]:
    return [frame.rgb for frame in films.frames(clip, times, min(LONGEST, seen))]


def _clip(path: str, reading: Reading, start: float | None = None, end: float | None = None) -> Clip:
    clip = Clip.of(urls.absolute(path, str(reading.files)), start, end)
    if clip.size < 0:
        raise SampleError("missing", f"{clip.path}: the file is not there, or may not be read")
    return clip


def _shown(row: Mapping[str, Any]) -> str:
    """A row, short, for messages."""
    return str({key: str(value)[:60] for key, value in row.items()})[:300]
