"""What is trained on: lessons about scripted clips as LLaVA JSON with JPEG files, and models to start from."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import torch
from PIL import Image
from transformers import AutoImageProcessor, AutoProcessor, AutoTokenizer, LlamaConfig, LlamaForCausalLM
from transformers import LlavaForConditionalGeneration as Llava

from llava_train.compose import compose, save
from llava_train.mixture import Mixture, Source, load
from llava_train.recipe import Data
from llava_train.samples import Encoder, Sample
from llava_train.steps import Steps

TINY = Path(__file__).parents[2] / "recaption" / "_tiny"
SEED = 6464
STAGE1 = {"first": 1.0, "pair": 1.0}
STAGE2 = {"first": 2.0, "pair": 5.0, "summary": 2.0, "fast": 0.2, "grid": 0.2, "recaption": 0.3}
"""Shares of the roles as in the recipes of the tiny model."""

MIXED = ({"first": 1.0}, {"pair": 1.0}, {"video": 1.0}, {"summary": 1.0, "recaption": 1.0})
"""One picture, pairs, 16 frames, and text only, in equal numbers."""
MIXED_FRAMES = 16
MIXED_LENGTH = 4096
MIXED_BATCH, MIXED_MICRO_TOKENS = 128, 8192
"""The defaults of a recipe."""


def tiny_encoder(max_length: int) -> Encoder:
    return Encoder(AutoProcessor.from_pretrained(TINY), max_length)


def written(folder: Path, count: int, roles: dict[str, float]) -> Path:
    """LLaVA JSON of so many lessons in a folder, drawn and written where it is not there yet."""
    rows = folder / "rows.json"
    if not rows.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        mixture = load(Data(scripted=count, roles=roles, seed=SEED))
        seen = tiny_encoder(1).seen
        made = [
            _row(folder, number, mixture.sample(draw), seen)
            for number, draw in enumerate(islice(mixture.draws(), count))
        ]
        aside = rows.with_suffix(".part")
        aside.write_text(json.dumps(made), encoding="utf-8")
        os.replace(aside, rows)
    return rows


def _row(folder: Path, number: int, sample: Sample, seen: int) -> dict[str, object]:
    asked, said = (message["content"] for message in sample.messages)
    words = "".join("<image>\n" if part["type"] == "image" else part["text"] for part in asked)
    names = []
    for place, picture in enumerate(sample.pictures(seen)):
        names.append(f"{number:05d}-{place}.jpg")
        Image.fromarray(picture).save(folder / names[-1], quality=95)
    # Without white space at the end, which the reader of rows takes off, and TRL leaves.
    turns = [{"from": "human", "value": words.strip()}, {"from": "gpt", "value": said[0]["text"]}]
    return {**({"image": names} if names else {}), "conversations": turns}


def order(rows: Path, count: int) -> list[int]:
    """The rows that our trainer draws first."""
    (source,) = load(Data(path=str(rows))).sources
    return [source.row(number) for number in range(count)]


def mixed(count: int) -> Mixture:
    """So many samples of each of MIXED; pictures are drawn small, as only their number matters."""
    return Mixture(
        [
            Source.of(Data(scripted=count, roles=roles, seed=SEED, every=0, frames=MIXED_FRAMES, width=56))
            for roles in MIXED
        ]
    )


def padding_share(count: int) -> float:
    """The share of padding in one pass over the mixed set with `count` samples of each kind."""
    steps = Steps(mixed(count), tiny_encoder(MIXED_LENGTH), MIXED_BATCH, MIXED_MICRO_TOKENS)
    counts = [step["counts"] for step in islice(steps, count * len(MIXED) // MIXED_BATCH)]
    return 1 - sum(c["tokens"] for c in counts) / sum(c["padded"] for c in counts)


def larger(folder: Path) -> Path:
    """The tiny model's tower under a language model of random weights, with the proportions of real ones."""
    if not folder.is_dir():
        torch.manual_seed(SEED)
        config = LlamaConfig(
            vocab_size=32_000,
            hidden_size=512,
            intermediate_size=1536,
            num_hidden_layers=12,
            num_attention_heads=8,
            max_position_embeddings=4096,
            tie_word_embeddings=True,
        )
        tiny = Llava.from_pretrained(TINY, dtype=torch.float32)
        model, processor = compose(
            tiny.model.vision_tower,
            LlamaForCausalLM(config),
            AutoTokenizer.from_pretrained(TINY),
            AutoImageProcessor.from_pretrained(TINY),
        )
        aside = folder.with_suffix(".part")
        save(model, processor, aside, torch.float32)
        aside.rename(folder)
    return folder


def parts(rows: Path, batch_size: int, micro_tokens: int, first: int, count: int) -> Sequence[dict[str, torch.Tensor]]:
    """The parts of `count` steps from step `first` on, as our trainer runs them."""
    steps = Steps(load(Data(path=str(rows))), tiny_encoder(4096), batch_size, micro_tokens, first=first)
    return [part for step in islice(steps, count) for part in step["parts"]]
