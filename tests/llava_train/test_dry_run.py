"""The dry run of recipes whose folders hold configs and no weights."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import (
    AutoModelForCausalLM,
    CLIPVisionConfig,
    LlamaConfig,
    Qwen3Config,
    SiglipVisionConfig,
    SiglipVisionModel,
)
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil

from llava_train.command import main
from llava_train.compose import compose
from llava_train.dry_run import Machine, Seen, dry_run, folded, look, skeleton
from llava_train.flops import Work, step_flops
from llava_train.memory import Part, step_memory
from llava_train.model import optimizer, prepare
from llava_train.recipe import Data, Recipe, load
from recaption.errors import RecipeError
from tests.llava_train.small import quiet
from tests.models import compose_small, small_tokenizer

SEEN = Seen(
    counts=[
        {"samples": 4, "pictures": 6, "tokens": 300, "padded": 320, "labelled": 60, "skipped_long": 1},
        {"samples": 4, "pictures": 2, "tokens": 100, "padded": 105, "labelled": 40},
    ],
    lengths=[20, 25, 30, 40, 50, 60, 75, 100],
    steps=50,
)
VISION = {
    "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": 28,
    "patch_size": 14,
}  # fmt: skip


LORA = {"lora_rank": 4, "lora_alpha": 8}


@pytest.fixture(scope="module")
def configs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A LLaVA without weights."""
    folder = tmp_path_factory.mktemp("configs")
    model, processor = compose_small()
    model.config.save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


def settings(**changes: Any) -> Recipe:
    return Recipe(
        **{"stage": 2, "out": "any", "data": Data(path="any"), "max_length": 64, "micro_tokens": 200, **changes}
    )


def said(recipe: Recipe, machine: Machine | None = None, seen: Seen | None = SEEN) -> str:
    lines: list[str] = []
    dry_run(recipe, machine or Machine(), seen, lines.append)
    return "\n".join(lines)


def number(text: str, line: str, unit: str) -> float:
    found = re.search(rf"^  {line} +([\d,.]+) ?{unit}", text, re.MULTILINE)
    assert found, text
    return float(found[1].replace(",", ""))


def test_what_trains_and_what_is_frozen_is_told_by_name(configs: Path) -> None:
    text = said(settings(model=str(configs), stage=1))
    trains, frozen = (
        text[text.index("\ntrains") : text.index("\nfrozen")],
        text[text.index("\nfrozen") : text.index("\ndata")],
    )
    assert len(trains.split()) == 1 + 4
    assert "  model.multi_modal_projector.linear_1.weight\n" in trains
    assert "  model.language_model.layers.{0..1}.self_attn.q_proj.weight\n" in frozen
    assert "  model.vision_tower.encoder.layers.{0..1}.mlp.fc1.bias\n" in frozen
    assert f"projector{6272:>20,} of {6272:>14,} parameters train" in text


def test_the_data_is_told_as_it_was_seen(configs: Path) -> None:
    text = said(settings(model=str(configs)))
    assert "data, from 2 of 50 steps" in text
    assert number(text, "samples", "a step") == 4
    assert number(text, "tokens", "a step") == 200
    assert "200 a step             10,000 in all" in text
    assert number(text, "padding", "%") == pytest.approx(100 * 25 / 425, abs=0.1)
    assert "50 in the middle, 100 at most" in text
    assert number(text, "skipped: long", "%") == pytest.approx(100 / 9, abs=0.1)


@pytest.mark.parametrize(
    ("changes", "sharded"),
    [
        *((changes, sharded) for changes in ({"stage": 1}, {}, LORA) for sharded in (False, True)),
        ({"muon_lr": 1e-3}, False),
    ],
)
def test_memory_and_flops_are_those_of_the_model_that_trains(
    configs: Path, changes: dict[str, Any], sharded: bool
) -> None:
    recipe = settings(model=str(configs), gradient_checkpointing=True, fsdp=sharded, **changes)
    text = said(recipe, Machine(gpus=2, gpu="NVIDIA A100-SXM4-80GB", mfu=1e-6))
    model = prepare(compose_small()[0], recipe, quiet)
    for parameter in model.parameters():
        if not parameter.requires_grad:
            parameter.data = parameter.data.to(torch.bfloat16)
    # Two rows of the longest sample; 8 pictures and 100 labels in 400 tokens.
    memory = step_memory(model, optimizer(model, recipe), Part(2, 100, 4, 25), gpus=2, sharded=sharded)
    assert "working on 2 x 100 tokens and 4 pictures at once" in text
    for line, count in memory.items():
        assert number(text, line, "GiB") == pytest.approx(count / 2**30, abs=0.006)
    squares = sum(length**2 for length in SEEN.lengths)
    flops = sum(part.total for part in step_flops(model, Work(8, 400, squares, 100)).values()) / 2
    assert number(text, "a step", "s") == pytest.approx(flops / (2 * 312e12 * 1e-6), abs=0.006)
    assert number(text, "50 steps", "h") == pytest.approx(50 * flops / (2 * 312e12 * 1e-6) / 3600, abs=0.006)


def test_it_says_whether_the_step_fits(configs: Path) -> None:
    recipe = settings(model=str(configs))
    assert "left free: fits\n" in said(recipe)
    assert "does NOT fit: take more GPUs" in said(recipe, Machine(gpu_gb=0.001))


def test_without_the_data_it_tells_what_does_not_depend_on_it(configs: Path) -> None:
    text = said(settings(model=str(configs)), seen=None)
    assert "working on 3 x 64 tokens" in text
    assert "frozen weights" in text
    assert "the data was not looked at" in text
    assert "  logits" not in text
    assert "samples" not in text
    assert "MFU" not in text


def save_parts(folder: Path, vocab_size: int) -> dict[str, str]:
    """A tower and a language model as folders without weights."""
    SiglipVisionConfig(**VISION).save_pretrained(folder / "tower")
    SiglipImageProcessorPil(size={"height": 28, "width": 28}).save_pretrained(folder / "tower")
    LlamaConfig(
        vocab_size=vocab_size, hidden_size=64, intermediate_size=128, num_hidden_layers=2, num_attention_heads=4
    ).save_pretrained(folder / "llm")
    small_tokenizer().save_pretrained(folder / "llm")
    return {"tower": str(folder / "tower"), "llm": str(folder / "llm")}


@pytest.mark.parametrize("vocab_size", [512, 64], ids=["as it is", "grown"])
def test_a_model_of_parts_has_the_shapes_of_the_composed_one(tmp_path: Path, vocab_size: int) -> None:
    parts = save_parts(tmp_path, vocab_size)
    made, _ = skeleton(settings(**parts))
    composed, _ = compose(
        SiglipVisionModel(SiglipVisionConfig.from_pretrained(parts["tower"])),
        AutoModelForCausalLM.from_config(LlamaConfig.from_pretrained(parts["llm"])),
        small_tokenizer(),
        SiglipImageProcessorPil(size={"height": 28, "width": 28}),
        feature_layer=-2,
    )
    shapes = {name: (p.shape, p.dtype) for name, p in composed.named_parameters()}
    assert {name: (p.shape, p.dtype) for name, p in made.named_parameters()} == shapes
    assert all(p.is_meta for p in made.parameters())
    assert made.config.text_config.vocab_size == composed.config.text_config.vocab_size
    assert made.config.image_seq_length == composed.config.image_seq_length == 4


def test_what_cannot_be_had_is_named(tmp_path: Path, configs: Path) -> None:
    with pytest.raises(RecipeError, match="nowhere: the configuration cannot be loaded"):
        skeleton(settings(model=str(tmp_path / "nowhere")))
    CLIPVisionConfig(**VISION).save_pretrained(tmp_path / "clip")
    with pytest.raises(RecipeError, match="clip: a clip_vision_model, and what is trained here is a llava"):
        skeleton(settings(model=str(tmp_path / "clip")))
    with pytest.raises(
        RecipeError, match="a tower is one of clip_vision_model, siglip_vision_model, which vLLM serves, not llama"
    ):
        skeleton(settings(**{**save_parts(tmp_path, 512), "tower": str(tmp_path / "llm")}))
    with pytest.raises(RecipeError, match="T4: not among the GPUs whose peak is known: A100, "):
        said(settings(model=str(configs)), Machine(gpu="T4"))


def test_data_of_which_nothing_is_left_is_told_with_the_reason(configs: Path, rows: Path) -> None:
    with pytest.raises(RecipeError, match=r"all samples of the first 2 steps are left out: 8 \(long 8\)"):
        look(settings(model=str(configs), data=Data(path=str(rows)), max_length=3, batch_size=4), 2)


def test_the_command_line_tells_and_does_not_train(
    configs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "recipe.yaml"
    out = tmp_path / "out"
    recipe.write_text(f"{{stage: 2, model: {configs}, out: {out}, data: {{path: not_there.json}}}}")
    main(2, ["--config", str(recipe), "--dry-run", "--gpus", "8", "--gpu-gb", "0.01", "max_length=16"])
    text = capsys.readouterr().out
    assert "memory of each of 8 GPUs, replicated, working on 512 x 16 tokens" in text
    assert "GiB of 0.01" in text
    assert not out.exists()
    with pytest.raises(SystemExit, match="error: T4: not among the GPUs whose peak is known"):
        main(2, ["--config", str(recipe), "--dry-run", "--gpu", "T4"])


def test_names_are_folded_by_the_number_of_their_block() -> None:
    names = ["a.0.b", "a.0.c", "a.1.b", "a.1.c", "a.2.b", "d.3.b", "e.1.f", "e.4.f", "linear_1.weight"]
    assert folded(names) == ["a.{0..2}.b", "a.{0..1}.c", "d.3.b", "e.{1,4}.f", "linear_1.weight"]


@pytest.fixture(scope="module")
def eight_billion(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """SigLIP2-so400m and Qwen3-8B as their published configs tell their shapes, with a small tokenizer."""
    folder = tmp_path_factory.mktemp("eight billion")
    SiglipVisionConfig(
        hidden_size=1152,
        intermediate_size=4304,
        num_hidden_layers=27,
        num_attention_heads=16,
        image_size=384,
        patch_size=14,
    ).save_pretrained(folder / "tower")
    SiglipImageProcessorPil(size={"height": 384, "width": 384}).save_pretrained(folder / "tower")
    Qwen3Config(
        vocab_size=151_936,
        hidden_size=4096,
        intermediate_size=12_288,
        num_hidden_layers=36,
        num_attention_heads=32,
        num_key_value_heads=8,
        head_dim=128,
        max_position_embeddings=40_960,
    ).save_pretrained(folder / "llm")
    small_tokenizer().save_pretrained(folder / "llm")
    return {"tower": str(folder / "tower"), "llm": str(folder / "llm"), "model": ""}


@pytest.mark.parametrize("name", ["stage1", "full-stage2", "lora-stage2"])
def test_the_recipes_for_eight_gpus_fit_them(name: str, eight_billion: dict[str, str]) -> None:
    recipe = load(f"siglip2-qwen3-8b-{name}", [f"{key}={value}" for key, value in eight_billion.items()])
    text = said(recipe, Machine(gpus=8, gpu="H100", gpu_gb=80), seen=None)
    assert "left free: fits" in text, text
