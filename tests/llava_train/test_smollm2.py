"""A pretrained language model, its own tokenizer and its own words for a chat, under the tiny model's tower."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import AutoModelForImageTextToText, AutoProcessor, AutoTokenizer

from llava_train.compose import chat_template
from llava_train.dry_run import skeleton
from llava_train.recipe import Recipe, load
from llava_train.smollm2 import convert
from llava_train.trainer import train
from recaption.engines.choose import tiny_folder
from tests.llava_train.small import losses

GUESSING = 10.8
"""Loss of who thinks all of its 49,152 tokens alike."""


@pytest.fixture(scope="module")
def llm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("llm")
    convert(folder)
    return folder


def shortened(stage: int, *overrides: str) -> Recipe:
    # Processors that know no bfloat16 take ten times as long for it.
    few = ("steps=2", "batch_size=2", "workers=0", "log_every=1", "report=none", "data.width=168", "dtype=float32")
    return load(f"smollm2-stage{stage}", [*few, *overrides])


def test_a_chat_is_worded_as_by_its_own_template(llm: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(llm)
    chat = [
        {"role": "user", "content": "What is a clip?"},
        {"role": "assistant", "content": "A short film."},
        {"role": "user", "content": "And a shot?"},
    ]
    for asked in (False, True):
        own, ours = (
            tokenizer.apply_chat_template(chat, chat_template=template, tokenize=False, add_generation_prompt=asked)
            for template in (None, chat_template(tokenizer))
        )
        assert ours == own
        assert ours.startswith("<|im_start|>system\nYou are a helpful AI assistant named SmolLM")


def test_both_stages_train_it_under_the_tower_of_tiny(llm: Path, tmp_path: Path) -> None:
    first = shortened(1, f"llm={llm}", f"out={tmp_path / '1'}")
    told, _ = skeleton(first)
    second = shortened(2, f"model={train(first)}", f"out={tmp_path / '2'}")
    out = train(second)
    # It knows English before it has seen a clip, and stage 2 goes on from stage 1.
    assert losses(tmp_path / "1")[0] < GUESSING / 2
    assert losses(tmp_path / "2")[0] < GUESSING / 2

    made, tiny = (AutoModelForImageTextToText.from_pretrained(folder) for folder in (out, tiny_folder()))
    tower = tiny.model.vision_tower.state_dict()
    assert all(torch.equal(tower[name], weight) for name, weight in made.model.vision_tower.state_dict().items())
    assert {name: p.shape for name, p in made.named_parameters()} == {n: p.shape for n, p in told.named_parameters()}
    processor = AutoProcessor.from_pretrained(out)
    assert processor.tokenizer.eos_token == "<|im_end|>"
    assert processor.image_processor.size == AutoProcessor.from_pretrained(tiny_folder()).image_processor.size
