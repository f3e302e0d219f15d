"""The trainer with tiny models: what trains, what the loss is, and the traps of training a LLaVA with transformers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoModelForImageTextToText, AutoProcessor, Trainer

from llava_train.data import IGNORED, Collator, LlavaJson, encode, exchange
from llava_train.recipe import Data, Recipe, RecipeError
from llava_train.trainer import _loss, optimizer, prepare, train
from tests.models import compose_small, small_llava

ANSWERS = ("the red ball stops", "a small green car grows", "the yellow star falls", "the bird leaves")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_llava(tmp_path_factory.mktemp("start"))


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from PIL import Image

    folder = tmp_path_factory.mktemp("rows")
    made = []
    for i in range(16):
        pixels = np.random.default_rng(i).integers(0, 256, (28, 28, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"{i}.png")
        turns = [{"from": "human", "value": "<image>\nwhat?"}, {"from": "gpt", "value": ANSWERS[i % 4]}]
        made.append({"image": f"{i}.png", "conversations": turns})
    (folder / "rows.json").write_text(json.dumps(made))
    return folder / "rows.json"


def recipe(start: Path, rows: Path, out: Path, **changes: Any) -> Recipe:
    values: dict[str, Any] = {
        "stage": 2,
        "model": str(start),
        "out": str(out),
        "data": Data(json=str(rows)),
        "llm_lr": 1e-3,
        "batch_size": 4,
        "micro_batch": 2,
        "steps": 6,
        "workers": 0,
        "log_every": 1,
        "save_every": 3,
    }
    return Recipe(**{**values, **changes})


def losses(out: Path) -> list[float]:
    return [row["loss"] for row in json.loads((out / "log.json").read_text()) if "loss" in row]


def trained(model: torch.nn.Module) -> set[str]:
    return {name for name, parameter in model.named_parameters() if parameter.requires_grad}


def batch(processor: Any, count: int = 3) -> dict[str, torch.Tensor]:
    picture = np.random.default_rng(0).integers(0, 256, (28, 28, 3), dtype=np.uint8)
    samples = [encode(exchange("what? " * i, ANSWERS[i], [picture] * (i + 1)), processor) for i in range(count)]
    made = Collator(processor)(samples)
    del made["skipped"]
    return made


@pytest.mark.parametrize(
    ("stage", "parts"),
    [
        (1, {"model.multi_modal_projector"}),
        (2, {"model.multi_modal_projector", "model.language_model", "lm_head"}),
    ],
)
def test_each_stage_trains_its_parts_and_says_so(
    stage: int, parts: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, _ = compose_small(tie=False)
    prepare(model, recipe(tmp_path, tmp_path, tmp_path, stage=stage))
    expected = {name for name, _ in model.named_parameters() if any(name.startswith(f"{part}.") for part in parts)}
    assert trained(model) == expected
    said = capsys.readouterr().out
    tower = sum(p.numel() for p in model.model.vision_tower.parameters())
    assert f"stage {stage}" in said
    assert f"vision tower{0:>17,} of {tower:>14,} parameters train" in said
    projector = sum(p.numel() for p in model.model.multi_modal_projector.parameters())
    assert f"{projector:>14,} of {projector:>14,} parameters train" in said


@pytest.mark.parametrize("stage", [1, 2])
def test_training_changes_the_parts_of_its_stage_and_no_other(
    stage: int, start: Path, rows: Path, tmp_path: Path
) -> None:
    out = train(recipe(start, rows, tmp_path, stage=stage, steps=2))
    before = AutoModelForImageTextToText.from_pretrained(start).to(torch.bfloat16).state_dict()
    after = AutoModelForImageTextToText.from_pretrained(out).state_dict()
    changed = {name.split(".")[1] for name in before if not torch.equal(before[name], after[name])}
    assert (
        changed - {"weight"}
        == {
            1: {"multi_modal_projector"},
            2: {"multi_modal_projector", "language_model"},
        }[stage]
    )


def test_every_part_has_its_learning_rate(tmp_path: Path) -> None:
    model, _ = compose_small(tie=False)
    settings = recipe(tmp_path, tmp_path, tmp_path, projector_lr=3.0, llm_lr=2.0, weight_decay=0.5)
    prepare(model, settings)
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
    prepare(model, settings)
    groups = {id(p): group for group in optimizer(model, settings).param_groups for p in group["params"]}
    assert set(groups) == {id(p) for p in model.parameters() if p.requires_grad}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            is_muon = parameter.ndim == 2 and "embed_tokens" not in name and "lm_head" not in name
            rate = 9.0 if is_muon else 3.0 if "projector" in name else 2.0
            assert (groups[id(parameter)]["muon"], groups[id(parameter)]["lr"]) == (is_muon, rate), name


def test_the_loss_over_kept_positions_is_the_whole_loss() -> None:
    model, processor = compose_small()
    inputs = batch(processor)
    labels = inputs.pop("labels")
    loss = _loss(model(**inputs), labels)
    keep = inputs.pop("logits_to_keep")
    whole = torch.full_like(inputs["input_ids"], IGNORED)
    whole[:, keep + 1] = labels[:, 1:]
    expected = model(**inputs, labels=whole).loss
    assert loss.item() == pytest.approx(expected.item(), abs=1e-5)
    assert (labels != IGNORED).sum() == (whole != IGNORED).sum() > 0


@pytest.mark.parametrize("changes", [{}, {"muon_lr": 1e-2}, {"lora_rank": 4, "lora_alpha": 8}])
def test_the_loss_falls(start: Path, rows: Path, tmp_path: Path, changes: dict[str, Any]) -> None:
    settings = recipe(start, rows, tmp_path, steps=30, llm_lr=1e-2, save_every=100, **changes)
    course = losses(train(settings))
    assert len(course) == 30
    assert np.mean(course[-3:]) < 0.9 * np.mean(course[:3])


def test_accumulated_parts_give_the_same_losses_as_one_batch(start: Path, rows: Path, tmp_path: Path) -> None:
    whole = losses(train(recipe(start, rows, tmp_path / "a", micro_batch=4)))
    parts = losses(train(recipe(start, rows, tmp_path / "b", micro_batch=1)))
    assert parts == pytest.approx(whole, abs=1e-4)


# Trap 1: Trainer resumes a whole LLaVA without loading its weights.
@pytest.mark.parametrize("changes", [{}, {"stage": 1}, {"muon_lr": 1e-2}, {"lora_rank": 4, "lora_alpha": 8}])
def test_a_resumed_run_has_the_losses_of_one_that_was_not_stopped(
    start: Path, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any]
) -> None:
    straight = losses(train(recipe(start, rows, tmp_path / "straight", **changes)))

    class StoppedError(Exception):
        pass

    save_checkpoint = Trainer._save_checkpoint

    def stop_after_saving(self, *args):  # type: ignore[no-untyped-def]
        save_checkpoint(self, *args)
        raise StoppedError

    stopped = recipe(start, rows, tmp_path / "stopped", **changes)
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "_save_checkpoint", stop_after_saving)
        with pytest.raises(StoppedError):
            train(stopped)
    assert [path.name for path in (tmp_path / "stopped" / "checkpoints").iterdir()] == ["checkpoint-3"]
    resumed = losses(train(stopped))
    assert len(straight) == 6
    assert len(set(straight)) == 6
    assert resumed == straight
    one, other = (load_file(tmp_path / name / "model.safetensors") for name in ("straight", "stopped"))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_checkpoints_of_another_recipe_are_not_mixed_in(start: Path, rows: Path, tmp_path: Path) -> None:
    train(recipe(start, rows, tmp_path, steps=3))
    train(recipe(start, rows, tmp_path, steps=3, log_every=2))
    with pytest.raises(RecipeError, match="another recipe"):
        train(recipe(start, rows, tmp_path, steps=3, llm_lr=5e-4))


# Trap 2: a composed LLaVA saves its tower under names that vLLM does not know, in checkpoints too.
def test_checkpoints_and_results_have_the_names_that_vllm_reads(start: Path, rows: Path, tmp_path: Path) -> None:
    out = train(recipe(start, rows, tmp_path, steps=3))
    names = set(load_file(start / "model.safetensors"))
    for folder in (out, out / "checkpoints" / "checkpoint-3"):
        assert set(load_file(folder / "model.safetensors")) == names
        assert AutoProcessor.from_pretrained(folder).chat_template
    assert any(name.startswith("vision_tower.vision_model.") for name in names)
    assert not any(name.startswith("vision_tower.e") for name in names)


def test_lora_trains_adapters_and_projector_and_saves_one_merged_model(start: Path, rows: Path, tmp_path: Path) -> None:
    settings = recipe(start, rows, tmp_path, lora_rank=4, lora_alpha=8, steps=3)
    model = prepare(AutoModelForImageTextToText.from_pretrained(start), settings)
    names = trained(model)
    assert all(".lora_" in name or ".multi_modal_projector.modules_to_save." in name for name in names)
    assert sum(".lora_" in name for name in names) == 2 * 7 * 2  # A and B, seven linear layers, two blocks
    assert not any("vision_tower" in name for name in names)
    out = train(settings)
    assert set(load_file(out / "model.safetensors")) == set(load_file(start / "model.safetensors"))
    merged, info = AutoModelForImageTextToText.from_pretrained(out, output_loading_info=True)
    assert not any(info.values())
    base = AutoModelForImageTextToText.from_pretrained(start).to(torch.bfloat16).state_dict()
    changed = {name for name, tensor in merged.state_dict().items() if not torch.equal(tensor, base[name])}
    assert any("q_proj" in name for name in changed)
    assert any("multi_modal_projector" in name for name in changed)
    assert not any("vision_tower" in name or "embed_tokens" in name for name in changed)


# Trap 3: gradient checkpointing asks the inputs of every part for gradients, and runs the frozen tower backwards.
@pytest.mark.parametrize("changes", [{"stage": 1}, {"stage": 2}, {"lora_rank": 4, "lora_alpha": 8}])
def test_gradient_checkpointing_leaves_the_frozen_tower_alone(tmp_path: Path, changes: dict[str, Any]) -> None:
    model, processor = compose_small()
    settings = recipe(tmp_path, tmp_path, tmp_path, gradient_checkpointing=True, **changes)
    inputs = batch(processor)
    labels = inputs.pop("labels")
    plain = [p.clone() for p in _gradients(model, settings, inputs, labels, checkpointing=False)]

    model, _ = compose_small()
    asked = []
    model.model.vision_tower.encoder.register_forward_hook(
        lambda module, args, output: asked.append(output.last_hidden_state.requires_grad)
    )
    gradients = _gradients(model, settings, inputs, labels, checkpointing=True)
    assert model.is_gradient_checkpointing
    assert asked == [False]
    assert all(torch.allclose(one, other, atol=1e-6) for one, other in zip(plain, gradients, strict=True))
    # The trap is there: with the hooks that transformers and peft set, the tower does ask for gradients.
    model.enable_input_require_grads()
    model(**{key: value for key, value in inputs.items() if key != "logits_to_keep"})
    assert asked[-1] is True


def _gradients(model, settings: Recipe, inputs, labels, checkpointing: bool) -> list[torch.Tensor]:  # type: ignore[no-untyped-def]
    torch.manual_seed(0)
    made = prepare(model, Recipe(**{**vars(settings), "gradient_checkpointing": checkpointing}))
    made.train()
    torch.manual_seed(0)
    _loss(made(**inputs), labels).backward()
    gradients = [p.grad for p in made.parameters() if p.requires_grad]
    assert all(p.grad is None for p in made.parameters() if not p.requires_grad)
    return gradients


def test_cached_features_of_the_tower_change_nothing(start: Path, rows: Path, tmp_path: Path) -> None:
    plain = losses(train(recipe(start, rows, tmp_path / "plain")))
    cache = tmp_path / "cache"
    first = losses(train(recipe(start, rows, tmp_path / "first", tower_cache=str(cache))))
    files = sorted(cache.rglob("*.npy"))
    assert len(files) == 16
    stamps = [file.stat().st_mtime_ns for file in files]
    second = losses(train(recipe(start, rows, tmp_path / "second", tower_cache=str(cache))))
    assert [file.stat().st_mtime_ns for file in sorted(cache.rglob("*.npy"))] == stamps
    assert first == second
    assert first == pytest.approx(plain, abs=5e-3)  # float16 features
    names = set(load_file(tmp_path / "first" / "model.safetensors"))
    assert names == set(load_file(start / "model.safetensors"))


def test_too_long_samples_are_counted_in_the_log(start: Path, rows: Path, tmp_path: Path) -> None:
    processor = AutoProcessor.from_pretrained(start)
    data = LlavaJson(rows, rows.parent)
    lengths = [len(encode(data[i], processor)["input_ids"]) for i in range(16)]
    out = train(recipe(start, rows, tmp_path, steps=0, epochs=1.0, max_length=max(lengths) - 1))
    log = json.loads((out / "log.json").read_text())
    assert log[-1]["skipped"] == lengths.count(max(lengths)) < 16


def test_a_model_that_is_not_there_is_named(rows: Path, tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="nowhere: cannot be loaded"):
        train(recipe(tmp_path / "nowhere", rows, tmp_path))
