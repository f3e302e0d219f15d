"""A sample is a chat to learn from; the encoder makes token ids, labels and pixels of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from jinja2 import TemplateError
from PIL import Image

from recaption.clip import Picture, Question
from recaption.engines.chat import chat
from recaption.engines.rendering import SHARPNESS
from recaption.errors import REASONS as CLIP_REASONS
from recaption.errors import LeftOutError

IGNORED = -100
"""Label of a position that carries no loss; what PyTorch's cross-entropy ignores by default."""

REASONS: dict[str, str] = {
    "long": "the sample has more tokens than max_length; cutting it would cut pictures or answers",
    "format": "the row is none that can be read, or does not fit together",
    **{
        reason: CLIP_REASONS[reason]
        for reason in ("missing", "unreadable", "no_video", "damaged", "span", "deadline", "crashed")
    },
}
"""Every reason for which a sample is left out."""

Message = dict[str, Any]
Show = Callable[[int], Sequence[Picture]]
"""Loads pictures, given how many pixels of a picture's longest side the model sees; films come no larger than that.

Raises SampleError.
"""


class SampleError(LeftOutError):
    """One sample is left out, and the training goes on."""

    reasons = REASONS


@dataclass(frozen=True)
class Sample:
    """One chat to learn from.

    Attributes:
        messages: {"role": "user" | "assistant", "content": [{"type": "image"} | {"type": "text", "text": ...}, ...]};
            turns alternate and the last one is the assistant's.
        shows: load the pictures of the chat, in order.
    """

    messages: list[Message]
    shows: tuple[Show, ...] = ()

    @property
    def places(self) -> int:
        """How many pictures the chat has."""
        return sum(part["type"] == "image" for message in self.messages for part in message["content"])

    def pictures(self, seen: int) -> list[Picture]:
        """One picture for each {"type": "image"}, in order, uint8, shape (height, width, 3); `seen` as for Show.

        Raises:
            SampleError: they cannot be had.
        """
        return [picture for show in self.shows for picture in show(seen)]


def exchange(
    prompt: str, answer: str, count: int = 0, times: Sequence[float] = (), shows: tuple[Show, ...] = ()
) -> Sample:
    """The sample of one question as the captioner asks it, and its answer.

    Args:
        count: how many pictures come before the prompt.
        times: of pictures that are the frames of one video, in seconds, as `recaption.clip.Turn` has them.
        shows: load the pictures.
    """
    blanks = tuple(np.zeros((count, 1, 1, 3), np.uint8))
    asked = chat(Question(prompt, blanks, times=tuple(times)), lambda _: {"type": "image"})
    return Sample([*asked, {"role": "assistant", "content": [{"type": "text", "text": answer}]}], shows)


@dataclass(frozen=True)
class Encoded:
    """The words of a sample.

    Attributes:
        ids, labels: int64, shape (tokens,); the tokens of its pictures are among them, and labels are IGNORED
            everywhere but on the assistant's words and their stop tokens.
        places: how many pictures belong to it.
    """

    ids: torch.Tensor
    labels: torch.Tensor
    places: int

    def __len__(self) -> int:
        return len(self.ids)


class Encoder:
    """Makes token ids, labels and pixels of samples.

    Args:
        processor: of a LLaVA whose pictures all cost the same number of tokens, with a chat template.
        max_length: tokens that a sample may have.

    Attributes:
        seen: pixels of a picture's longest side that films are decoded to, as the captioner has them.
        blank: a blank picture without labels.
        blank_pixels: float32, shape (1, 3, height, width).
    """

    def __init__(self, processor: Any, max_length: int) -> None:
        self.processor = processor
        self.max_length = max_length
        self.blank_pixels = self._pixels([np.zeros((32, 32, 3), np.uint8)])
        self.seen = round(SHARPNESS * max(self.blank_pixels.shape[2:]))
        drawn = Image.new("RGB", (32, 32))
        ids = processor(text=processor.image_token, images=drawn, add_special_tokens=False, return_tensors="pt")
        self.blank = Encoded(ids["input_ids"][0], torch.full_like(ids["input_ids"][0], IGNORED), 1)

    def words(self, sample: Sample) -> Encoded:
        """Token ids and labels of a sample, without loading a picture.

        Raises:
            SampleError: "long", or "format" where the chat does not go with the chat template, or not with its
                pictures.
            ValueError: the chat template does not mark the assistant's words and stop token and nothing else: training
                on that would teach nothing, or nonsense.
        """
        try:
            made = self.processor.apply_chat_template(
                [sample.messages],
                tokenize=True,
                return_dict=True,
                return_tensors="pt",
                return_assistant_tokens_mask=True,
            )
        except TemplateError as error:
            raise SampleError("format", f"the chat template does not take this chat: {error}") from None
        ids, mask = made["input_ids"][0], torch.as_tensor(made["assistant_masks"][0]).bool()
        is_picture = ids == self.processor.image_token_id
        if int(is_picture.sum()) != sample.places or (is_picture & mask).any():
            raise SampleError(
                "format", f"the words of the chat, or its assistant, hold {self.processor.image_token} themselves"
            )
        self._check(sample, ids, mask)
        repeats = torch.where(is_picture, len(self.blank), 1)
        if (length := int(repeats.sum())) > self.max_length:
            raise SampleError("long", f"{length} tokens")
        labels = ids.masked_fill(~mask, IGNORED)
        return Encoded(ids.repeat_interleave(repeats), labels.repeat_interleave(repeats), sample.places)

    def pixels(self, sample: Sample) -> torch.Tensor:
        """What the tower takes of a sample's pictures: float32, shape (pictures, 3, height, width).

        Raises:
            SampleError: a picture cannot be had, or there are more or fewer than the chat has places for.
        """
        pictures = sample.pictures(self.seen)
        if len(pictures) != sample.places:
            raise SampleError("format", f"{sample.places} places for pictures and {len(pictures)} pictures")
        return self._pixels(pictures) if pictures else self.blank_pixels[:0]

    def _pixels(self, pictures: Sequence[Picture]) -> torch.Tensor:
        # PIL pictures, because an array of 3 rows could be taken for one with its channels first.
        images = [Image.fromarray(picture) for picture in pictures]
        return self.processor.image_processor(images, return_tensors="pt")["pixel_values"]

    def _check(self, sample: Sample, ids: torch.Tensor, mask: torch.Tensor) -> None:
        """Labels are the assistant's words, each turn followed by the stop token, and nothing else."""
        tokenizer = self.processor.tokenizer
        answers = [_text(message) for message in sample.messages if message["role"] == "assistant"]
        edges = torch.nn.functional.pad(mask.int(), (1, 1)).diff()
        starts, ends = ((edges == step).nonzero()[:, 0].tolist() for step in (1, -1))
        turns = [ids[start:end].tolist() for start, end in zip(starts, ends, strict=True)]
        if len(turns) != len(answers) or any(turn[-1] != tokenizer.eos_token_id for turn in turns):
            raise ValueError(
                f"the chat template marks {len(turns)} turns for {len(answers)} answers, or leaves a stop token out: "
                "put {% generation %} ... {% endgeneration %} around the assistant's words and the stop token"
            )
        for turn, answer in zip(turns, answers, strict=True):
            # White space aside, which templates trim and tokenizers join to words.
            told, meant = (
                "".join(tokenizer.decode(tokens).split())
                for tokens in (turn[:-1], tokenizer(answer, add_special_tokens=False).input_ids)
            )
            if told != meant:
                raise ValueError(f"the chat template marks {told[:80]!r} where the assistant says {meant[:80]!r}")


def _text(message: Message) -> str:
    return "".join(part["text"] for part in message["content"])
