"""How vLLM is set up for a run: its questions, the model and the memory in; vLLM's arguments out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recaption.errors import RunError

MOST_CLIPS = 256
SHOWN_TWICE = 2
"""Pictures of a clip that the encoder cache holds at a time: in a chain the one that comes back and the new one."""
CLIPS_A_SEQUENCE = 1.5
"""Clips in flight for each question that vLLM works on: the others decode, or are between two questions."""
LEAST_BATCHED = 8192
"""Tokens in a step: vLLM's own default on a GPU, so that long questions are read in one go."""
BLOCK = 128
"""The most tokens in a block of the cache: vLLM's default on the CPU. Each sequence leaves up to one block unused, and
vLLM keeps one for itself."""
STEP_WORDS = 24
"""Tokens that the prompt puts around each description in a summary; more than any of the prompt sets has."""
LEAST_CACHE_GIB = 0.25
"""Of prepared pictures: one that is let go while its question waits fails the question ("Expected a cached item")."""
PICTURE_BYTES_A_TOKEN = 3 * 14 * 14 * 4
"""Bytes of what a processor makes of the pixels behind one token, float32, for patches of 14 that are not merged."""


@dataclass(frozen=True)
class Demand:
    """What a run will ask.

    Attributes:
        pictures: the most pictures in a question, or frames of its film.
        films: whether those frames go as one native video.
        picture_tokens: what the largest of them costs.
        words: tokens of that question's prompts, pictures and answers left out.
        answer: the limit of tokens of an answer.
        turns: how many questions and answers a talk grows to; 1 where a question stands alone.
        steps: the most answers that a later question quotes.
    """

    pictures: int
    picture_tokens: int
    words: int
    answer: int
    turns: int
    steps: int
    films: bool = False

    @property
    def limits(self) -> dict[str, Any]:
        """What vLLM makes room for: a video of one frame is a picture."""
        if self.films:
            return {"image": 1, "video": {"count": 1, "num_frames": self.pictures}}
        return {"image": self.pictures, "video": 0}

    @property
    def seen(self) -> int:
        """Tokens of the longest question with pictures, with the answers in it and its own."""
        return self.pictures * self.picture_tokens + self.words + (self.turns + 1) * self.answer

    @property
    def usual(self) -> int:
        """Tokens of a question with pictures in the mean: a talk that grows is half as long as in the end."""
        return self.seen if self.turns == 1 else self.seen // 2

    @property
    def longest(self) -> int:
        """Tokens of the longest question and its answer."""
        return max(self.seen, self.words + self.steps * (self.answer + STEP_WORDS) + self.answer)

    @property
    def remembered(self) -> int:
        """Pictures of a clip that come back in a later question, and the new one."""
        return max(SHOWN_TWICE, self.pictures)


@dataclass(frozen=True)
class Footprint:
    """What a model needs of memory, in bytes.

    Attributes:
        weights: all of them.
        cached: keys and values of one token, in all layers.
        active: what one token takes while it goes through a layer.
        context: positions of the language model in tokens; None when it names no limit.
    """

    weights: int
    cached: int
    active: int
    context: int | None


def footprint(config: Any, folder: Path, width: int) -> Footprint:
    """What a model in a folder needs, `width` bytes to a number.

    Args:
        config: its transformers config.
    """
    text = config.get_text_config(decoder=True)
    stored = getattr(config, "dtype", None)
    on_disk = sum(file.stat().st_size for file in folder.glob("*.safetensors"))
    heads = getattr(text, "num_key_value_heads", None) or text.num_attention_heads
    head = getattr(text, "head_dim", None) or text.hidden_size // text.num_attention_heads
    return Footprint(
        weights=on_disk * width // (stored.itemsize if stored else width),
        cached=2 * text.num_hidden_layers * heads * head * width,
        active=(4 * text.hidden_size + 2 * text.intermediate_size) * width,
        context=getattr(text, "max_position_embeddings", None),
    )


@dataclass(frozen=True)
class Setup:
    """How to start vLLM.

    Attributes:
        arguments: vLLM's own, by name.
        clips: how many are to be in flight.
        cache: bytes of keys and values that they need; on a GPU vLLM takes all that is left.
    """

    arguments: dict[str, Any]
    clips: int
    cache: int


def setup(demand: Demand, model: Footprint, memory: int, clips: int | None = None, context: int | None = None) -> Setup:
    """What fits.

    A clip in flight takes its share of the cache of keys and values, and of the steps in which its pictures are read:
    vLLM holds as many encoded pictures as a step has tokens, so a step must have room for SHOWN_TWICE of each clip.

    Args:
        memory: bytes that vLLM may take, weights included.
        clips: how many clips are to be in flight, when somebody has set it.
        context: tokens of question and answer together, when somebody has set it.

    Raises:
        RunError: not even one clip fits.
    """
    held = SHOWN_TWICE * demand.picture_tokens
    a_clip = (demand.usual + BLOCK) * model.cached / CLIPS_A_SEQUENCE + held * model.active
    free = memory - model.weights - LEAST_BATCHED * model.active - BLOCK * model.cached
    clips = clips or min(MOST_CLIPS, int(free // a_clip))
    context = context or min(demand.longest, model.context or demand.longest)
    least = max(a_clip, (context + BLOCK) * model.cached)
    if clips < 1 or free < least:
        raise RunError(
            f"the model needs {_gib(model.weights)} for its weights and {_gib(least)} for one clip, and vLLM may take "
            f"{_gib(memory)} here: take a smaller model, spread it with --tensor-parallel, or lower --max-tokens"
        )
    sequences = max(1, int(clips / CLIPS_A_SEQUENCE))
    return Setup(
        {
            "max_model_len": context,
            "max_num_seqs": sequences,
            "max_num_batched_tokens": max(LEAST_BATCHED, held * clips),
            "limit_mm_per_prompt": demand.limits,
            "mm_processor_cache_gb": max(
                LEAST_CACHE_GIB, demand.remembered * demand.picture_tokens * clips * PICTURE_BYTES_A_TOKEN / 2**30
            ),
        },
        clips,
        (max(sequences * (demand.usual + BLOCK), context + BLOCK) + BLOCK) * model.cached,
    )


def _gib(size: float) -> str:
    return f"{size / 2**30:.1f} GiB"
