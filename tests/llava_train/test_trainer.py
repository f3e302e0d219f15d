"""Training runs with tiny models: what the loss is, that runs go on to the bit, and what they leave."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file
from transformers import AutoModelForImageTextToText, AutoProcessor

from llava_train.compose import save
from llava_train.samples import IGNORED, Encoder, exchange
from llava_train.trainer import StepTrainer, loss_at_labels, train
from recaption.errors import MissingExtra, RecipeError
from tests.llava_train.small import ANSWERS, batch, losses, parts, recipe
from tests.models import compose_small


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


def test_the_loss_over_kept_positions_is_the_whole_loss() -> None:
    model, processor = compose_small()
    part = batch(processor)
    loss = loss_at_labels(model, part)
    keep, labels = part["logits_to_keep"], part["labels"]
    whole = torch.full_like(part["input_ids"], IGNORED)
    whole[:, keep + 1] = labels[:, 1:]
    inputs = {name: part[name] for name in ("input_ids", "pixel_values")}
    expected = model(**inputs, labels=whole).loss
    count = (labels != IGNORED).sum()
    assert loss.item() / count == pytest.approx(expected.item(), abs=1e-5)
    assert count == (whole != IGNORED).sum() > 0


# Samples that are packed into one row without a mask between them see each other.
def test_the_loss_of_a_sample_does_not_depend_on_its_neighbours() -> None:
    model, processor = compose_small(init=0.2)
    alone = [loss_at_labels(model, part).item() for part in parts(processor, 3, micro_tokens=1)]
    (together,) = parts(processor, 3, micro_tokens=10_000)
    labels = together["labels"]
    for i, loss in enumerate(alone):
        own = labels.where((torch.arange(3) == i)[:, None], IGNORED)
        assert loss_at_labels(model, {**together, "labels": own}).item() == pytest.approx(loss, rel=1e-5)


@pytest.mark.parametrize("changes", [{}, {"muon_lr": 1e-2}, {"lora_rank": 4, "lora_alpha": 8}])
def test_the_loss_falls(start: Path, rows: Path, tmp_path: Path, changes: dict[str, Any]) -> None:
    settings = recipe(start, rows, tmp_path, steps=30, llm_lr=1e-2, save_every=100, **changes)
    course = losses(train(settings))
    assert len(course) == 30
    assert np.mean(course[-3:]) < 0.9 * np.mean(course[:3])


def test_bfloat16_is_near_float32_and_is_what_is_computed_in(start: Path, rows: Path, tmp_path: Path) -> None:
    whole = losses(train(recipe(start, rows, tmp_path / "whole", dtype="float32")))
    half = losses(train(recipe(start, rows, tmp_path / "half", dtype="bfloat16")))
    assert half != whole
    assert half == pytest.approx(whole, rel=0.02)


def test_the_log_has_the_learning_rates_that_the_steps_were_made_with(start: Path, rows: Path, tmp_path: Path) -> None:
    settings = recipe(start, rows, tmp_path, schedule="linear", warmup=0.5, projector_lr=6.0, llm_lr=3.0)
    log = json.loads((train(settings) / "log.json").read_text())
    for part, rates in {"projector": [0, 2, 4, 6, 4, 2], "llm": [0, 1, 2, 3, 2, 1]}.items():
        assert [row[f"lr_{part}"] for row in log if "loss" in row] == pytest.approx(rates)


def test_parts_give_the_same_losses_as_one_batch(start: Path, rows: Path, tmp_path: Path) -> None:
    whole = losses(train(recipe(start, rows, tmp_path / "a", micro_tokens=1024)))
    parts = losses(train(recipe(start, rows, tmp_path / "b", micro_tokens=1)))
    assert parts == pytest.approx(whole, abs=1e-4)


# Trap 1: Trainer resumes a whole LLaVA without loading its weights.
@pytest.mark.parametrize("changes", [{}, {"stage": 1}, {"muon_lr": 1e-2}, {"lora_rank": 4, "lora_alpha": 8}])
def test_a_resumed_run_has_the_losses_of_one_that_was_not_stopped(
    start: Path, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any]
) -> None:
    straight = losses(train(recipe(start, rows, tmp_path / "straight", **changes)))

    class StoppedError(Exception):
        pass

    stopped = recipe(start, rows, tmp_path / "stopped", **changes)
    with monkeypatch.context() as patch:
        patch.setattr("llava_train.trainer.StepTrainer.training_step", _raise_at(4, StoppedError))
        with pytest.raises(StoppedError):
            train(stopped)
    assert [path.name for path in (tmp_path / "stopped" / "checkpoints").iterdir()] == ["checkpoint-3"]
    resumed = losses(train(stopped))
    assert len(straight) == 6
    assert len(set(straight)) == 6
    assert resumed == straight
    one, other = (load_file(tmp_path / name / "model.safetensors") for name in ("straight", "stopped"))
    assert all(torch.equal(one[name], other[name]) for name in one)


def _raise_at(step: int, error: type[Exception]) -> Any:
    training_step = StepTrainer.training_step

    def stopping(self: StepTrainer, *words: Any) -> torch.Tensor:
        if self.state.global_step == step:
            raise error
        return training_step(self, *words)

    return stopping


def test_checkpoints_of_another_recipe_are_not_mixed_in(start: Path, rows: Path, tmp_path: Path) -> None:
    train(recipe(start, rows, tmp_path, steps=3))
    train(recipe(start, rows, tmp_path, steps=3, log_every=2))
    with pytest.raises(RecipeError, match=r"another recipe \(llm_lr\)"):
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


# Picture processors resize with one of two libraries, whichever is there, and round differently.
def test_results_and_checkpoints_show_pictures_as_the_training_did(
    rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, processor = compose_small(image_size=42)
    save(model, processor, tmp_path / "start")
    processor.image_processor.image_mean, processor.image_processor.resample = [0.1, 0.2, 0.3], 2
    processor.save_pretrained(tmp_path / "start")
    seen: list[torch.Tensor] = []
    training_step = StepTrainer.training_step

    def watching(self: StepTrainer, model: Any, inputs: Any, *words: Any) -> torch.Tensor:
        seen.extend(part["pixel_values"] for part in inputs["parts"])
        return training_step(self, model, inputs, *words)

    monkeypatch.setattr(StepTrainer, "training_step", watching)
    out = train(recipe(tmp_path / "start", rows, tmp_path / "out", batch_size=16, steps=1, save_every=1))
    pictures = [Image.open(rows.parent / f"{i}.png") for i in range(16)]

    def furthest(folder: Path, **backend: str) -> float:
        """How far what the training saw is from what a folder's processor makes of the pictures."""
        loaded = AutoProcessor.from_pretrained(folder, **backend)
        shown = loaded.image_processor(pictures, return_tensors="pt")["pixel_values"]
        assert len(shown) == len(torch.cat(seen)) == 16
        return (torch.cat(seen)[:, None] - shown).abs().amax(dim=(2, 3, 4)).amin(dim=1).max().item()

    for folder in (out, out / "checkpoints" / "checkpoint-1"):
        assert furthest(folder) == 0
        for backend in ("pil", "torchvision"):
            assert furthest(folder, backend=backend) * processor.image_processor.image_std[0] * 255 < 2.01


def test_lora_saves_one_merged_model(start: Path, rows: Path, tmp_path: Path) -> None:
    out = train(recipe(start, rows, tmp_path, lora_rank=4, lora_alpha=8, steps=3))
    assert set(load_file(out / "model.safetensors")) == set(load_file(start / "model.safetensors"))
    merged, info = AutoModelForImageTextToText.from_pretrained(out, output_loading_info=True)
    assert not any(info.values())
    base = AutoModelForImageTextToText.from_pretrained(start).to(torch.bfloat16).state_dict()
    changed = {name for name, tensor in merged.state_dict().items() if not torch.equal(tensor, base[name])}
    assert any("q_proj" in name for name in changed)
    assert any("multi_modal_projector" in name for name in changed)
    assert not any("vision_tower" in name or "embed_tokens" in name for name in changed)


# vLLM refuses an adapter that brings the projector along (peft's modules_to_save).
def test_lora_as_an_adapter_is_the_merged_model(start: Path, rows: Path, tmp_path: Path) -> None:
    from peft import PeftModel

    lora = {"lora_rank": 4, "lora_alpha": 8, "llm_lr": 1e-2}
    merged = AutoModelForImageTextToText.from_pretrained(train(recipe(start, rows, tmp_path / "merged", **lora)))
    out = train(recipe(start, rows, tmp_path / "adapter", adapter=True, **lora))
    assert json.loads((out / "adapter" / "adapter_config.json").read_text())["modules_to_save"] is None
    assert all(".lora_" in name for name in load_file(out / "adapter" / "adapter_model.safetensors"))
    base = AutoModelForImageTextToText.from_pretrained(out)
    joined = PeftModel.from_pretrained(base, out / "adapter").merge_and_unload()
    for name, tensor in merged.state_dict().items():
        assert torch.allclose(tensor, joined.state_dict()[name], atol=1e-2), name
    assert any(
        not torch.allclose(tensor, AutoModelForImageTextToText.from_pretrained(out).state_dict()[name], atol=1e-3)
        for name, tensor in merged.state_dict().items()
    )


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


def test_samples_that_are_left_out_are_counted_in_the_log(start: Path, rows: Path, tmp_path: Path) -> None:
    encoder = Encoder(AutoProcessor.from_pretrained(start), 1024)
    lengths = [len(encoder.words(exchange("what?", ANSWERS[i % 4], 1))) for i in range(16)]
    out = train(recipe(start, rows, tmp_path, steps=0, epochs=1.0, max_length=max(lengths) - 1))
    log = json.loads((out / "log.json").read_text())
    assert sum(row.get("skipped_long", 0) for row in log) == lengths.count(max(lengths)) < 16


def test_without_wandb_the_extra_is_named(
    start: Path, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "wandb", None)
    with pytest.raises(MissingExtra, match=r"pip install 'recaption\[wandb\]'"):
        train(recipe(start, rows, tmp_path, report="wandb"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "cannot be read as a DeepSpeed configuration"),
        ("[]", "cannot be read as a DeepSpeed configuration"),
        ('{"optimizer": {"type": "Adam"}, "scheduler": {}}', "leave optimizer, scheduler out"),
    ],
)
def test_a_deepspeed_configuration_that_will_not_do_is_refused(
    start: Path, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    monkeypatch.setitem(sys.modules, "deepspeed", None)
    (tmp_path / "zero.json").write_text(text)
    with pytest.raises(RecipeError, match=rf"zero\.json: .*{message}"):
        train(recipe(start, rows, tmp_path / "out", deepspeed=str(tmp_path / "zero.json")))


def test_without_deepspeed_the_extra_is_named(
    start: Path, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "deepspeed", None)
    (tmp_path / "zero.json").write_text("{}")
    with pytest.raises(MissingExtra, match=r"pip install 'recaption\[deepspeed\]'"):
        train(recipe(start, rows, tmp_path / "out", deepspeed=str(tmp_path / "zero.json")))


def test_a_model_that_is_not_there_is_named(rows: Path, tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="nowhere: cannot be loaded"):
        train(recipe(tmp_path / "nowhere", rows, tmp_path))
