"""FLOPs counted by formula against those that torch counts while a real small model computes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode
from transformers import CLIPVisionConfig, LlavaConfig, LlavaForConditionalGeneration, Qwen2MoeConfig, Qwen3Config

from llava_train.flops import Flops, Work, mfu, named_peak, peak_flops, step_flops
from llava_train.model import prepare
from llava_train.recipe import Data, Recipe
from tests.llava_train.small import quiet
from tests.models import compose_small

LORA = {"stage": 2, "lora_rank": 8, "lora_alpha": 16}


def settings(out: Path, **changes: Any) -> Recipe:
    return Recipe(**{"stage": 2, "out": str(out), "model": "any", "data": Data(path="any"), **changes})


def counted(model: Any, rows: int = 3, width: int = 40, kept: int = 7) -> tuple[Work, int]:
    """What went through the model, a picture in each row, and the FLOPs that torch saw."""
    # torch counts eager attention as it is; of the fused kernels it leaves out those of the CPU.
    model.set_attn_implementation("eager")
    pictures = rows
    ids = torch.full((rows, width), 9)
    each = model.config.image_seq_length
    ids[:, 1 : 1 + each] = model.config.image_token_id
    size = model.config.vision_config.image_size
    with FlopCounterMode(display=False) as counter:
        logits = model(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            pixel_values=torch.rand(pictures, 3, size, size),
            logits_to_keep=torch.arange(kept),
        ).logits
        logits.square().mean().backward()
    return Work(pictures, ids.numel(), rows * width**2, rows * kept), counter.get_total_flops()


def total(flops: dict[str, Flops]) -> int:
    return sum(part.total for part in flops.values())


@pytest.mark.parametrize("changes", [{"stage": 1}, {"stage": 2}, LORA], ids=["stage 1", "stage 2", "LoRA"])
@pytest.mark.parametrize("tie", [True, False])
def test_the_formula_agrees_with_what_torch_counts(tmp_path: Path, changes: dict[str, Any], tie: bool) -> None:
    model = prepare(compose_small(tie=tie)[0], settings(tmp_path, **changes), quiet)
    work, seen = counted(model)
    assert total(step_flops(model, work)) == pytest.approx(seen, rel=0.02)


def test_a_tower_that_trains_is_run_backwards() -> None:
    model, _ = compose_small()
    work, seen = counted(model)
    flops = step_flops(model, work)
    assert total(flops) == pytest.approx(seen, rel=0.02)
    # Twice the forward, but for the pictures themselves, which nobody wants a gradient of: 4 patches of 14 x 14 each.
    pixels = 2 * (3 * 14 * 14 * 32) * 4 * work.pictures
    assert flops["vision tower"].backward == 2 * flops["vision tower"].forward - pixels
    assert flops["projector"].backward == 2 * flops["projector"].forward


def clip_and_qwen3(**changes: Any) -> LlavaForConditionalGeneration:
    """CLIP has a class token; Qwen3 has heads whose widths do not add up to the model's, fewer of keys, and norms."""
    config = LlavaConfig(
        vision_config=CLIPVisionConfig(
            hidden_size=32, intermediate_size=64, num_hidden_layers=3, num_attention_heads=2, image_size=28,
            patch_size=14,
        ),
        text_config=Qwen3Config(
            vocab_size=300, hidden_size=32, intermediate_size=96, num_hidden_layers=2, num_attention_heads=4,
            num_key_value_heads=1, head_dim=24,
        ),
        image_token_index=5,
        image_seq_length=4,
        **changes,
    )  # fmt: skip
    return LlavaForConditionalGeneration(config)


def test_other_towers_and_language_models_agree_too() -> None:
    model = clip_and_qwen3(vision_feature_layer=-1)
    model.model.vision_tower.requires_grad_(False)
    work, seen = counted(model)
    assert total(step_flops(model, work)) == pytest.approx(seen, rel=0.02)


def test_blocks_of_the_tower_that_nobody_reads_are_not_counted() -> None:
    work = Work(pictures=5, tokens=0, squares=0, labelled=0)
    last, before, first, several = (
        step_flops(clip_and_qwen3(vision_feature_layer=layer), work)["vision tower"].forward
        for layer in (-1, -2, 1, [0, -2])
    )
    assert last - before == before - first > 0
    assert several == before


def test_a_frozen_part_costs_what_the_parts_before_it_need(tmp_path: Path) -> None:
    work = Work(pictures=2, tokens=100, squares=2 * 50**2, labelled=10)
    frozen, full, lora = (
        step_flops(prepare(compose_small()[0], settings(tmp_path, **changes), quiet), work)
        for changes in ({"stage": 1}, {"stage": 2}, LORA)
    )
    assert {flops["vision tower"].backward for flops in (frozen, full, lora)} == {0}
    assert frozen["language model"].backward == frozen["language model"].forward + _attention(work)
    assert full["language model"].backward == 2 * full["language model"].forward
    assert frozen["language model"].backward < lora["language model"].backward < full["language model"].backward
    assert frozen["head"] == lora["head"] == Flops(2 * 64 * 10 * vocabulary(), 2 * 64 * 10 * vocabulary())


def _attention(work: Work) -> int:
    """Of two layers of width 64 forward; backward is twice that, where linear layers without their weights are once."""
    return 2 * 4 * 64 * work.squares


def vocabulary() -> int:
    return compose_small()[0].config.text_config.vocab_size


def test_flops_of_many_steps_are_those_of_their_summed_work() -> None:
    model, _ = compose_small()
    one, other = Work(2, 100, 5000, 10), Work(1, 300, 90000, 20)
    assert total(step_flops(model, one)) + total(step_flops(model, other)) == total(step_flops(model, one + other))


def test_a_model_on_the_meta_device_costs_the_same() -> None:
    model, _ = compose_small()
    work = Work(2, 100, 5000, 10)
    with torch.device("meta"):
        meta = LlavaForConditionalGeneration(model.config)
    assert step_flops(meta, work) == step_flops(model, work)


def test_a_mixture_of_experts_is_refused() -> None:
    with torch.device("meta"):
        text = Qwen2MoeConfig(hidden_size=32, num_hidden_layers=1, num_experts=2, intermediate_size=64)
        model = LlavaForConditionalGeneration(LlavaConfig(text_config=text))
    with pytest.raises(ValueError, match=r"layers\.0\.mlp\..*the FLOPs of a .* are not known"):
        step_flops(model, Work(1, 1, 1, 1))


@pytest.mark.parametrize(
    ("name", "tera"),
    [
        ("NVIDIA A100-SXM4-80GB", 312),
        ("NVIDIA H100 80GB HBM3", 989),
        ("NVIDIA H100 PCIe", 756),
        ("NVIDIA H200", 989),
        ("NVIDIA L40S", 362),
        ("NVIDIA L4", 121),
        ("NVIDIA GeForce RTX 4090", 165),
        ("NVIDIA B200", 2250),
    ],
)
def test_each_gpu_has_the_peak_of_its_data_sheet(name: str, tera: float) -> None:
    assert named_peak(name) == tera * 1e12


@pytest.mark.parametrize("name", ["NVIDIA L40", "NVIDIA GB200", "Tesla T4"])
def test_a_gpu_is_not_taken_for_another(name: str) -> None:
    assert named_peak(name) is None


def test_a_cpu_is_measured_once() -> None:
    peak = peak_flops(torch.device("cpu"), torch.float32)
    assert peak is not None
    assert peak > 1e8
    assert peak_flops(torch.device("cpu"), torch.float32) == peak


def test_mfu_is_a_share_of_the_peak() -> None:
    assert mfu(6 * 10**12, seconds=2.0, peak=10e12) == 0.3
