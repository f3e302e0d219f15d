"""How a model reads a question: the words of its chat template, how many tokens they are, what it sees of pictures."""

from __future__ import annotations

import contextlib
import copy
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from recaption.clip import Picture, Question, Turn
from recaption.engines.chat import chat
from recaption.errors import AskError, RunError

FIXED_TOWERS = {"clip_vision_model", "siglip_vision_model"}
"""Vision towers that see every picture at one size; LLaVA with Pixtral's does not."""

SHARPNESS = 2.5
"""How much larger than what the tower sees a picture is worth decoding: the tower's own resizing is finer than ours."""


@dataclass(frozen=True)
class Prompt:
    """A question as the model will see it.

    Attributes:
        question: what was asked.
        ids: token ids, with the chat template's own placeholder for each picture or film.
        tokens: length as the model reads it, the pictures' tokens included; exact but for a film whose times are
            written into the prompt, of which films with times of as many digits are taken to be alike.
        films: the turns that go as native video.
    """

    question: Question
    ids: tuple[int, ...]
    tokens: int
    films: tuple[Turn, ...] = ()

    def fits(self, context: int | None) -> bool:
        """Whether the question and its answer fit a context of so many tokens; None is one without a limit."""
        return context is None or self.tokens + self.question.max_tokens <= context

    def must_fit(self, context: int | None) -> None:
        """Raises: AskError "context"."""
        if not self.fits(context):
            raise AskError(
                "context",
                f"{self.tokens} tokens of question and {self.question.max_tokens} for the answer exceed the context of "
                f"{context} tokens",
            )


class Renderer:
    """Renders and counts questions; never runs the model.

    Args:
        processor: with a chat template. It is copied: a fast tokenizer must not be used by one thread while another one
            sets padding.
        picture_tokens: what each picture costs, where it costs the same whatever its size; else the processor is asked
            once for each shape.
        plays_films: whether frames of one video go to the model as that.
        one_by_one: whether each picture costs what it costs alone; some processors cut pictures into fewer tiles where
            there are several.
    """

    def __init__(
        self,
        processor: Any,
        picture_tokens: int | None = None,
        *,
        plays_films: bool = False,
        one_by_one: bool = False,
    ) -> None:
        self._processor = copy.deepcopy(processor)
        self._picture_tokens = picture_tokens
        self._play = play if plays_films else None
        self._one_by_one = one_by_one
        self._extra: dict[object, int] = {}

    def prompt(self, question: Question) -> Prompt:
        """Render and count one question.

        Raises:
            ValueError: the words of the question hold the placeholder of a picture.
        """
        placeholder = getattr(self._processor, "image_token", None)
        if placeholder and any(placeholder in turn.prompt for turn in question.turns):
            raise ValueError(f"the words of a question must not contain {placeholder}")
        ids = self._ids(question)
        films = tuple(turn for turn in question.turns if self._plays(turn))
        return Prompt(question, tuple(ids), len(ids) + self._extra_tokens(question), films)

    def _ids(self, question: Question) -> list[int]:
        placed = chat(question, lambda _: {"type": "image"}, (lambda _: {"type": "video"}) if self._play else None)
        text = self._processor.apply_chat_template(placed, add_generation_prompt=True)
        tokenizer = self._processor.tokenizer
        # As apply_chat_template does: a template that writes the start token itself does not get a second one.
        add_special_tokens = tokenizer.bos_token is None or not text.startswith(tokenizer.bos_token)
        return list(tokenizer(text, add_special_tokens=add_special_tokens).input_ids)

    def _extra_tokens(self, question: Question) -> int:
        """How many tokens more than placeholders the model reads for pictures and films."""
        if self._picture_tokens is not None:
            return len(question.all_pictures) * (self._picture_tokens - 1)
        films = [turn for turn in question.turns if self._plays(turn)]
        pictures = tuple(picture for turn in question.turns if not self._plays(turn) for picture in turn.pictures)
        groups = [(picture,) for picture in pictures] if self._one_by_one else [pictures] if pictures else []
        return sum(map(self._extra_of, [*films, *(Turn("", group) for group in groups)]))

    def _plays(self, turn: Turn) -> bool:
        return self._play is not None and turn.is_film

    def _extra_of(self, turn: Turn) -> int:
        shape = tuple(picture.shape for picture in turn.pictures)
        key = (shape, tuple(len(f"{time:.1f}") for time in turn.times))
        if key not in self._extra:
            alone = Question("", turn.pictures, times=turn.times)
            encoded = self._processor.apply_chat_template(
                [chat(alone, show, self._play)],
                tokenize=True,
                return_dict=True,
                return_tensors="pt",
                add_generation_prompt=True,
                processor_kwargs=film_kwargs([turn] if self._plays(turn) else []),
            )
            self._extra[key] = len(encoded["input_ids"][0]) - len(self._ids(alone))
        return self._extra[key]


def show(picture: Picture) -> dict[str, Any]:
    """A picture as a part of a message for `apply_chat_template`."""
    return {"type": "image", "image": Image.fromarray(picture)}


def play(film: Turn) -> dict[str, Any]:
    """A film as a part of a message for `apply_chat_template`; see `film_kwargs`."""
    return {"type": "video", "video": np.stack(film.pictures)}


def film_kwargs(films: Sequence[Turn]) -> dict[str, Any]:
    """What a processor must be told beside films, so that it takes every frame, each at its time."""
    return {"do_sample_frames": False, "video_metadata": [film_metadata(film.times) for film in films]} if films else {}


def film_metadata(times: Sequence[float]) -> dict[str, Any]:
    """The times of a film's frames as transformers' `VideoMetadata` tells them: indices at a thousand frames a second.

    Qwen2.5-VL takes the interval between frames from `total_num_frames`, which must therefore span the given frames.
    """
    interval = (times[-1] - times[0]) / (len(times) - 1)
    return {
        "fps": 1000.0,
        "frames_indices": [round(1000 * time) for time in times],
        "total_num_frames": round(1000 * len(times) * interval),
        "duration": times[-1],
    }


def plays_films(processor: Any) -> bool:
    """Whether a model takes native video."""
    return getattr(processor, "video_processor", None) is not None


def has_fixed_tower(config: Any) -> bool:
    """Whether a model sees every picture at one size, and each for the same number of tokens.

    Args:
        config: its transformers config.
    """
    return config.model_type == "llava" and config.vision_config.model_type in FIXED_TOWERS


def longest(config: Any) -> int | None:
    """SHARPNESS times what a tower of one size sees; None for towers that take pictures as they are."""
    return round(SHARPNESS * config.vision_config.image_size) if has_fixed_tower(config) else None


def load_processor(model: str, revision: str | None = None) -> Any:
    """The processor of a folder or a Hub id, its chat template in place.

    Raises:
        RunError: there is none that can be loaded, or it has no chat template.
    """
    from transformers import AutoProcessor

    with loading(model):
        processor = AutoProcessor.from_pretrained(model, **({"revision": revision} if revision else {}))
    template = getattr(processor, "chat_template", None) or processor.tokenizer.chat_template
    if template is None:
        raise RunError(
            f"{model}: the model has no chat template, so nobody knows how it wants its questions; "
            "put a chat_template.jinja into its folder, or take an instruction-tuned version of it"
        )
    processor.chat_template = template
    return processor


@contextlib.contextmanager
def loading(model: str) -> Iterator[None]:
    """Load parts of a model: no bars in a terminal where the run draws its own, and errors that name the model.

    Raises:
        RunError: the part cannot be loaded.
    """
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise RunError(_cannot_load(model, error)) from error
    finally:
        if shown:
            logging.enable_progress_bar()


def _cannot_load(model: str, error: Exception) -> str:
    if os.path.isdir(model):
        return f"{model}: not a model that AutoModelForImageTextToText and AutoProcessor can load: {error}"
    return (
        f"{model}: neither a folder with a model nor a Hub model that could be loaded; check the name, the network, "
        f"and for a gated model the login (`hf auth login`): {error}"
    )
