"""Samples, and how they become batches: chats with pictures in, token ids and labels on the assistant's words out."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset

from llava_train.recipe import Data, RecipeError
from recaption import prompts as prompt_sets
from recaption.clip import Picture

if TYPE_CHECKING:
    from llava_train.roles import Lesson
    from recaption.prompts import Prompts

IGNORED = -100
"""Label of a position that carries no loss; what PyTorch's cross-entropy ignores by default."""


@dataclass(frozen=True)
class Sample:
    """One chat to learn from.

    Attributes:
        messages: {"role": "user" | "assistant", "content": [{"type": "image"} | {"type": "text", "text": ...}, ...]};
            turns alternate and the last one is the assistant's.
        images: one picture for each {"type": "image"}, in order, uint8, shape (height, width, 3).
    """

    messages: list[dict[str, Any]]
    images: list[Picture]


def exchange(prompt: str, answer: str, images: Sequence[Picture] = ()) -> Sample:
    """The sample of one question, pictures first as the captioner asks it, and its answer."""
    content = [*({"type": "image"} for _ in images), {"type": "text", "text": prompt}]
    messages = [
        {"role": "user", "content": content},
        {"role": "assistant", "content": [{"type": "text", "text": answer}]},
    ]
    return Sample(messages, list(images))


class LlavaJson(Dataset[Sample]):
    """Rows of LLaVA's format: `image` (a path, a list of paths, or none) and `conversations` of human and gpt.

    Raises:
        RecipeError: the file cannot be read or holds no list of rows. A wrong row raises when it is asked for, with the
            number of the row.
    """

    def __init__(self, path: Path, images: Path) -> None:
        self.path, self.images = path, images
        try:
            text = path.read_text(encoding="utf-8")
            rows = (
                [json.loads(line) for line in text.splitlines() if line]
                if path.suffix == ".jsonl"
                else json.loads(text)
            )
        except (OSError, ValueError) as error:
            raise RecipeError(f"{path}: not readable as LLaVA JSON: {error}") from None
        if not isinstance(rows, list) or not rows:
            raise RecipeError(f"{path}: LLaVA JSON is a list of rows, and this one is {'no list' if rows else 'empty'}")
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> Sample:
        row = self.rows[index]
        try:
            names = row.get("image") or []
            names = [names] if isinstance(names, str) else names
            messages = [_turn(turn["from"], turn["value"]) for turn in row["conversations"]]
            images = [np.asarray(Image.open(self.images / name).convert("RGB")) for name in names]
        except (OSError, KeyError, TypeError, AttributeError) as error:
            raise RuntimeError(f"{self.path}: row {index}: {type(error).__name__}: {error}") from None
        places = sum(part["type"] == "image" for message in messages for part in message["content"])
        if places != len(images):
            raise RuntimeError(f"{self.path}: row {index}: {places} times <image> and {len(images)} images")
        return Sample(messages, images)


def _turn(speaker: str, value: str) -> dict[str, Any]:
    role = {"human": "user", "gpt": "assistant"}[speaker]
    content: list[dict[str, str]] = []
    for i, text in enumerate(value.split("<image>")):
        content += [{"type": "image"}] if i else []
        content += [{"type": "text", "text": text.strip("\n")}] if text.strip("\n") else []
    return {"role": role, "content": content}


class ScriptedClips(Dataset[Sample]):
    """Samples drawn from scripted clips, rendered when they are asked for.

    Args:
        count: how many samples; sample i comes from clip i of the seed, counted round and round `clips` clips.
        clips: how many; 0 for as many as samples.
        roles: share of each role; a clip that has no lesson of the role drawn gives another of its lessons.
    """

    def __init__(
        self,
        count: int,
        clips: int,
        seed: int,
        roles: dict[str, float],
        prompts: Prompts,
        seconds: tuple[float, float],
        width: int,
    ) -> None:
        from llava_train.roles import ROLES

        if unknown := set(roles) - set(ROLES):
            raise RecipeError(f"data.roles: no role {', '.join(sorted(unknown))}; there are {', '.join(ROLES)}")
        self.count, self.clips = count, clips or count
        self.seed, self.roles, self.prompts = seed, roles, prompts
        self.seconds, self.width = seconds, width

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Sample:
        lesson = self.lesson(index)
        return exchange(lesson.prompt.text, lesson.answer, lesson.pictures(self.width))

    def lesson(self, index: int) -> Lesson:
        from llava_train.roles import lessons
        from recaption.scripted.plan import plan

        rng = random.Random(f"sample {self.seed} {index}")
        made = lessons(plan(self.seed, index % self.clips, self.seconds), self.prompts, rng)
        here = [role for role in self.roles if any(lesson.role == role for lesson in made)]
        role = rng.choices(here, [self.roles[role] for role in here])[0]
        return rng.choice([lesson for lesson in made if lesson.role == role])


def dataset(data: Data) -> Dataset[Sample]:
    """The samples that a recipe names."""
    if data.json:
        path = Path(data.json)
        return LlavaJson(path, Path(data.images) if data.images else path.parent)
    prompts = prompt_sets.load(data.prompts)
    return ScriptedClips(data.scripted, data.clips, data.seed, data.roles, prompts, data.seconds, data.width)


def encode(sample: Sample, processor: Any) -> dict[str, torch.Tensor]:
    """One sample as `input_ids` and `labels`, shape (tokens,), and `pixel_values`, shape (pictures, 3, height, width).

    Labels stand on the assistant's words and their stop tokens, and nowhere else.

    Raises:
        ValueError: the chat template marks no words as the assistant's, or not its stop token, or the labels touch a
            picture: training on that would teach nothing, or nonsense.
    """
    images = iter(sample.images)
    messages = [{**message, "content": _with_images(message["content"], images)} for message in sample.messages]
    encoded = processor.apply_chat_template(
        [messages], tokenize=True, return_dict=True, return_tensors="pt", return_assistant_tokens_mask=True
    )
    ids, mask = encoded["input_ids"][0], torch.as_tensor(encoded["assistant_masks"][0]).bool()
    answers = sum(message["role"] == "assistant" for message in messages)
    stops = int((ids[mask] == processor.tokenizer.eos_token_id).sum())
    if stops < answers or int(mask.sum()) <= answers:
        raise ValueError(
            f"the chat template marks {int(mask.sum())} tokens and {stops} stop tokens of {answers} answers: put "
            "{% generation %} ... {% endgeneration %} around the assistant's words and the stop token"
        )
    if (ids[mask] == processor.image_token_id).any():
        raise ValueError("a picture's tokens lie inside the assistant's words")
    pixels = encoded.get("pixel_values")
    return {
        "input_ids": ids,
        "labels": ids.masked_fill(~mask, IGNORED),
        "pixel_values": torch.empty(0) if pixels is None else pixels,
    }


def _with_images(content: list[dict[str, Any]], images: Any) -> list[dict[str, Any]]:
    # PIL pictures, because an array of 3 rows could be taken for one with its channels first.
    return [
        {"type": "image", "image": Image.fromarray(next(images))} if part["type"] == "image" else part
        for part in content
    ]


class Encoded(Dataset[dict[str, torch.Tensor] | None]):
    """Encoded samples; None for those of more than `max_length` tokens, whose cutting would cut pictures or answers."""

    def __init__(self, samples: Dataset[Sample], processor: Any, max_length: int) -> None:
        self.samples, self.processor, self.max_length = samples, processor, max_length

    def __len__(self) -> int:
        return len(self.samples)  # type: ignore[arg-type]

    def __getitem__(self, index: int) -> dict[str, torch.Tensor] | None:
        encoded = encode(self.samples[index], self.processor)
        return encoded if len(encoded["input_ids"]) <= self.max_length else None


@dataclass(frozen=True)
class Collator:
    """Encoded samples as one batch, padded on the right.

    A batch without any picture gets one row of a blank picture without labels: otherwise nothing that trains in stage 1
    would have a gradient, and processes that share gradients would wait for each other for ever.

    `logits_to_keep` holds the positions, the same for all rows, whose next token some row has a label for; logits are
    computed there only. `labels` has one column for each, after a first column without labels, which the loss drops
    (Trainer counts labels without the first column). `skipped` is the number of samples that were too long.
    """

    processor: Any

    def __call__(self, samples: Sequence[dict[str, torch.Tensor] | None]) -> dict[str, torch.Tensor]:
        rows = [sample for sample in samples if sample is not None]
        skipped = len(samples) - len(rows)
        if not any(len(row["pixel_values"]) for row in rows):
            rows.append(_blank(self.processor))
        width = max(len(row["input_ids"]) for row in rows)
        pad = self.processor.tokenizer.pad_token_id
        labels = torch.stack([_pad(row["labels"], width, IGNORED) for row in rows])
        following = torch.cat([labels[:, 1:], torch.full((len(rows), 1), IGNORED)], dim=1)
        keep = (following != IGNORED).any(dim=0).nonzero()[:, 0]
        # Not even one label: keep a position, so that the loss is a zero with a gradient.
        keep = keep if len(keep) else torch.tensor([0])
        return {
            "input_ids": torch.stack([_pad(row["input_ids"], width, pad) for row in rows]),
            "attention_mask": torch.stack([_pad(torch.ones_like(row["input_ids"]), width, 0) for row in rows]),
            "pixel_values": torch.cat([row["pixel_values"] for row in rows if len(row["pixel_values"])]),
            "logits_to_keep": keep,
            "labels": torch.cat([torch.full((len(rows), 1), IGNORED), following[:, keep]], dim=1),
            "skipped": torch.tensor(skipped),
        }


def _pad(row: torch.Tensor, width: int, value: int) -> torch.Tensor:
    return torch.nn.functional.pad(row, (0, width - len(row)), value=value)


@lru_cache(maxsize=1)
def _blank(processor: Any) -> dict[str, torch.Tensor]:
    encoded = processor(
        text=processor.image_token, images=Image.new("RGB", (32, 32)), add_special_tokens=False, return_tensors="pt"
    )
    ids = encoded["input_ids"][0]
    return {"input_ids": ids, "labels": torch.full_like(ids, IGNORED), "pixel_values": encoded["pixel_values"]}
