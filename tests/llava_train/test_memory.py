"""What a step is said to need against what a real small step holds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import Any

import pytest
import torch
from transformers import LlavaForConditionalGeneration

from llava_train.memory import LOGIT_BYTES, Part, activations, step_memory
from llava_train.model import optimizer, prepare
from llava_train.recipe import Data, Recipe
from tests.llava_train.small import quiet
from tests.models import compose_small

ONE, FULL, LORA = {"stage": 1}, {"stage": 2}, {"stage": 2, "lora_rank": 8, "lora_alpha": 16}
PART = Part(rows=3, width=60, pictures=6, kept=5)


def settings(**changes: Any) -> Recipe:
    return Recipe(**{"stage": 2, "out": "any", "model": "any", "data": Data(path="any"), **changes})


def prepared(**changes: Any) -> tuple[Any, torch.optim.Optimizer]:
    torch.manual_seed(0)
    recipe = settings(**changes)
    model = prepare(compose_small()[0], recipe, quiet).train()
    return model, optimizer(model, recipe)


def batch(model: Any, part: Part) -> dict[str, torch.Tensor]:
    """Rows as the trainer shows them, without a mask."""
    each, per_row = model.config.image_seq_length, part.pictures // part.rows
    ids = torch.full((part.rows, part.width), 9)
    ids[:, 1 : 1 + each * per_row] = model.config.image_token_id
    size = model.config.vision_config.image_size
    return {
        "input_ids": ids,
        "pixel_values": torch.rand(part.pictures, 3, size, size),
        "logits_to_keep": torch.arange(part.kept),
    }


def loss(model: Any, inputs: dict[str, torch.Tensor], dtype: torch.dtype | None = None) -> torch.Tensor:
    with torch.autocast("cpu", torch.bfloat16, enabled=dtype is torch.bfloat16):
        logits = model(**inputs).logits
    return torch.nn.functional.cross_entropy(logits.float().flatten(0, 1), torch.ones(logits.shape[:2].numel()).long())


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("changes", [ONE, FULL, LORA], ids=["stage 1", "stage 2", "LoRA"])
def test_activations_are_what_autograd_saves(changes: dict[str, Any], dtype: torch.dtype) -> None:
    model, _ = prepared(**changes)
    parameters = {p.untyped_storage().data_ptr() for p in model.parameters()}
    saved: dict[int, torch.Tensor] = {}

    def save(tensor: torch.Tensor) -> torch.Tensor:
        saved.setdefault(tensor.untyped_storage().data_ptr(), tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(save, lambda tensor: tensor):
        loss(model, batch(model, PART), dtype)
    real = sum(t.untyped_storage().nbytes() for at, t in saved.items() if at not in parameters)
    kept, again = activations(model, PART, half=dtype is torch.bfloat16)
    assert (kept, again) == (pytest.approx(real, rel=0.25), 0)


@pytest.mark.parametrize("changes", [ONE, FULL, LORA, {"muon_lr": 1e-2}], ids=["stage 1", "stage 2", "LoRA", "Muon"])
def test_weights_gradients_and_moments_are_exact(changes: dict[str, Any]) -> None:
    model, adamw = prepared(**changes)
    for parameter in model.parameters():
        if not parameter.requires_grad:
            parameter.data = parameter.data.to(torch.bfloat16)
    said = step_memory(model, adamw, PART)
    for parameter in model.parameters():
        parameter.grad = torch.zeros_like(parameter) if parameter.requires_grad else None
    adamw.step()
    free = [p for p in model.parameters() if p.requires_grad]
    assert said["frozen weights"] == sum(p.numel() * 2 for p in model.parameters() if not p.requires_grad)
    assert said["trained weights"] == sum(p.numel() * 4 for p in free)
    assert said["gradients"] == sum(p.grad.nbytes for p in free if p.grad is not None)
    held = [state for states in adamw.state.values() for state in states.values()]
    assert said["moments of the optimizer"] == sum(t.nbytes for t in held if torch.is_tensor(t) and t.ndim)


@pytest.mark.parametrize("part", [PART, Part(rows=2, width=300, pictures=2, kept=250)], ids=["few logits", "many"])
@pytest.mark.parametrize("checkpointing", [False, True])
@pytest.mark.parametrize("changes", [ONE, FULL, LORA], ids=["stage 1", "stage 2", "LoRA"])
def test_the_sum_is_the_fullest_moment_of_a_step(changes: dict[str, Any], checkpointing: bool, part: Part) -> None:
    model, adamw = prepared(gradient_checkpointing=checkpointing, **changes)
    inputs = batch(model, part)

    def step() -> None:
        loss(model, inputs).backward()
        adamw.step()
        adamw.zero_grad()

    step()  # makes the moments
    said = step_memory(model, adamw, part, half=False)
    lasting = said["frozen weights"] + said["trained weights"] + said["moments of the optimizer"]
    real = lasting + fullest(step)
    assert sum(said.values()) == pytest.approx(real, rel=0.25)


def fullest(step: Callable[[], None]) -> int:
    """The most bytes that are allocated at once while a step runs, beyond what was there before."""
    with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU], profile_memory=True) as profile:
        step()
    assert profile.profiler is not None
    events = [event for event in profile.profiler.kineto_results.events() if event.name() == "[memory]"]
    return max(accumulate(event.nbytes() for event in sorted(events, key=lambda event: event.start_ns())))


def test_a_model_on_the_meta_device_needs_the_same() -> None:
    model, adamw = prepared()
    with torch.device("meta"):
        meta = LlavaForConditionalGeneration(model.config)
    meta = prepare(meta, settings(), quiet)
    assert step_memory(meta, optimizer(meta, settings()), PART) == step_memory(model, adamw, PART)


def test_counting_leaves_the_model_as_it_is() -> None:
    model, _ = prepared(gradient_checkpointing=True, **LORA)
    inputs = batch(model.eval(), PART)
    before = loss(model, inputs)
    activations(model, PART)
    assert torch.equal(loss(model, inputs), before)
    assert model.is_gradient_checkpointing


def test_checkpointing_keeps_the_inputs_of_blocks_and_computes_a_block_again() -> None:
    whole, nothing = activations(prepared()[0], PART, half=False)
    kept, again = activations(prepared(gradient_checkpointing=True)[0], PART, half=False)
    inputs = 2 * PART.rows * PART.width * 64 * 4  # of the language model's two blocks; the tower's is frozen
    assert nothing == 0
    assert inputs < kept < whole / 2
    assert kept - inputs + 2 * again == pytest.approx(whole, rel=0.05)


def test_shards_split_what_is_kept_and_gather_what_is_computed() -> None:
    model, adamw = prepared()
    alone = step_memory(model, adamw, PART)
    copied = step_memory(model, adamw, PART, gpus=4)
    shards = step_memory(model, adamw, PART, gpus=4, sharded=True)
    assert copied == {**alone, "buckets of gradients": alone["gradients"]}
    for line in ("frozen weights", "trained weights", "gradients", "moments of the optimizer"):
        assert shards[line] == alone[line] // 4
    block = sum(p.numel() for p in model.model.language_model.layers[0].parameters())
    tower = sum(p.numel() for p in model.model.vision_tower.encoder.layers.parameters())
    rest = sum(p.numel() for p in model.parameters()) - 2 * block - tower
    assert shards["gathered blocks"] == 2 * (rest + 2 * block)
    # FSDP gathers weights in bfloat16, autocast makes such copies of its own.
    assert shards["activations"] < alone["activations"]


def test_logits_cost_by_the_position_that_is_kept() -> None:
    model, adamw = prepared()
    said = step_memory(model, adamw, PART)["logits"]
    assert said == LOGIT_BYTES * 3 * 5 * model.config.text_config.vocab_size
