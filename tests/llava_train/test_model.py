"""What trains and what is frozen, how fast each part learns, and the trap of gradient checkpointing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from llava_train.model import optimizer, prepare
from llava_train.recipe import Recipe
from llava_train.trainer import loss_at_labels
from tests.llava_train.small import batch, quiet, recipe, trained
from tests.models import compose_small


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"stage": 1}, {"model.multi_modal_projector"}),
        ({"stage": 2}, {"model.multi_modal_projector", "model.language_model", "lm_head"}),
    ],
)
def test_each_stage_trains_its_parts_and_says_so(
    changes: dict[str, Any], parts: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, _ = compose_small(tie=False)
    prepare(model, recipe(tmp_path, tmp_path, tmp_path, **changes), print)
    expected = {name for name, _ in model.named_parameters() if any(name.startswith(f"{part}.") for part in parts)}
    assert trained(model) == expected
    said = capsys.readouterr().out
    tower = sum(p.numel() for p in model.model.vision_tower.parameters())
    assert f"stage {changes['stage']}" in said
    assert f"vision tower{0:>17,} of {tower:>14,} parameters train" in said
    projector = sum(p.numel() for p in model.model.multi_modal_projector.parameters())
    assert f"{projector:>14,} of {projector:>14,} parameters train" in said


def test_every_part_has_its_learning_rate(tmp_path: Path) -> None:
    model, _ = compose_small(tie=False)
    settings = recipe(tmp_path, tmp_path, tmp_path, projector_lr=3.0, llm_lr=2.0, weight_decay=0.5)
    prepare(model, settings, quiet)
    rates = {id(p): group["lr"] for group in optimizer(model, settings).param_groups for p in group["params"]}
    decay = {id(p): group["weight_decay"] for group in optimizer(model, settings).param_groups for p in group["params"]}
    assert set(rates) == {id(p) for p in model.parameters() if p.requires_grad}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            assert rates[id(parameter)] == (3.0 if "projector" in name else 2.0), name
            assert decay[id(parameter)] == (0.5 if parameter.ndim == 2 else 0.0), name


def test_muon_takes_matrices_but_no_embeddings(tmp_path: Path) -> None:
    model, _ = compose_small(tie=False)
    settings = recipe(tmp_path, tmp_path, tmp_path, muon_lr=9.0, projector_lr=3.0, llm_lr=2.0)
    prepare(model, settings, quiet)
    groups = {id(p): group for group in optimizer(model, settings).param_groups for p in group["params"]}
    assert set(groups) == {id(p) for p in model.parameters() if p.requires_grad}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            is_muon = parameter.ndim == 2 and "embed_tokens" not in name and "lm_head" not in name
            rate = 9.0 if is_muon else 3.0 if "projector" in name else 2.0
            assert (groups[id(parameter)]["muon"], groups[id(parameter)]["lr"]) == (is_muon, rate), name


# Trap 3: gradient checkpointing asks the inputs of every part for gradients, and runs the frozen tower backwards.
@pytest.mark.parametrize("changes", [{"stage": 1}, {"stage": 2}, {"lora_rank": 4, "lora_alpha": 8}])
def test_gradient_checkpointing_leaves_the_frozen_tower_alone(tmp_path: Path, changes: dict[str, Any]) -> None:
    model, processor = compose_small()
    settings = recipe(tmp_path, tmp_path, tmp_path, gradient_checkpointing=True, **changes)
    inputs = batch(processor)
    plain = [p.clone() for p in _gradients(model, settings, inputs, checkpointing=False)]

    model, _ = compose_small()
    asked = []
    model.model.vision_tower.encoder.register_forward_hook(
        lambda module, args, output: asked.append(output.last_hidden_state.requires_grad)
    )
    gradients = _gradients(model, settings, inputs, checkpointing=True)
    assert model.is_gradient_checkpointing
    assert asked == [False]
    assert all(torch.allclose(one, other, atol=1e-6) for one, other in zip(plain, gradients, strict=True))
    # The trap is there: with the hooks that transformers and peft set, the tower does ask for gradients.
    model.enable_input_require_grads()
    model(**{key: value for key, value in inputs.items() if key not in ("logits_to_keep", "labels")})
    assert asked[-1] is True


def _gradients(model: Any, settings: Recipe, inputs: Any, checkpointing: bool) -> list[Any]:
    torch.manual_seed(0)
    made = prepare(model, Recipe(**{**vars(settings), "gradient_checkpointing": checkpointing}), quiet)
    made.train()
    torch.manual_seed(0)
    loss_at_labels(made, inputs).backward()
    gradients = [p.grad for p in made.parameters() if p.requires_grad]
    assert all(p.grad is None for p in made.parameters() if not p.requires_grad)
    return gradients


def test_a_tower_with_a_learning_rate_trains_up_to_the_layer_that_the_projector_reads(tmp_path: Path) -> None:
    model, processor = compose_small(tie=False)
    model.config.vision_feature_layer = -2
    settings = recipe(tmp_path, tmp_path, tmp_path, tower_lr=7.0)
    prepare(model, settings, quiet)
    tower = {name.removeprefix("model.vision_tower.") for name in trained(model) if "vision_tower" in name}
    assert any(name.startswith("embeddings.") for name in tower)
    assert {name.split(".")[2] for name in tower if name.startswith("encoder.layers.")} == {"0"}
    assert not any(name.startswith("post_layernorm.") for name in tower)
    loss_at_labels(model, batch(processor)).backward()
    assert all(p.grad is not None for p in model.parameters() if p.requires_grad)
    rates = {group["part"]: group["lr"] for group in optimizer(model, settings).param_groups}
    assert rates == {"tower": 7.0, "projector": settings.projector_lr, "llm": settings.llm_lr}


# The pitfall of matching layers by the end of their names, which are the tower's too.
def test_lora_never_touches_the_tower(tmp_path: Path) -> None:
    model, _ = compose_small()
    made = prepare(model, recipe(tmp_path, tmp_path, tmp_path, lora_rank=4, lora_alpha=8), quiet)
    names = trained(made)
    assert all(".lora_" in name or ".multi_modal_projector.modules_to_save." in name for name in names)
    assert sum(".lora_" in name for name in names) == 2 * 7 * 2  # A and B, seven linear layers, two blocks
    assert any("q_proj" in name for name, _ in model.named_parameters() if "vision_tower" in name)
    assert not any("lora" in name for name, _ in made.named_parameters() if "vision_tower" in name)


def test_what_trains_and_should_not_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import peft

    add = peft.get_peft_model

    def everywhere(model: Any, config: Any) -> Any:
        config.target_modules = ["q_proj"]
        return add(model, config)

    monkeypatch.setattr(peft, "get_peft_model", everywhere)
    model, _ = compose_small()
    with pytest.raises(AssertionError, match=r"these should train and do not.*vision_tower.*q_proj\.lora_A"):
        prepare(model, recipe(tmp_path, tmp_path, tmp_path, lora_rank=4, lora_alpha=8), quiet)
