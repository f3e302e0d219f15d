"""Captions of a fixed set while a model trains."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from llava_train.recipe import Data, Validation
from llava_train.trainer import train
from recaption.engines.choose import choose
from recaption.evaluate.report import report
from recaption.scripted import files
from tests.clips import make_clips
from tests.llava_train.small import losses, recipe, write_rows
from tests.models import small_llava

SCRIPTED = Data(scripted=8, roles={"first": 1}, seed=78, width=168)


def test_event_f1_is_that_of_the_captions_and_is_drawn_with_the_loss(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = recipe(
        Path(choose("tiny").source),
        tmp_path,
        tmp_path / "out",
        data=SCRIPTED,
        micro_tokens=2048,
        steps=2,
        projector_lr=0.0,
        llm_lr=0.0,
        report="tensorboard",
        validation=Validation(every=2, clips=2),
    )
    out = train(settings)
    (row,) = [row for row in json.loads((out / "log.json").read_text()) if "event_f1" in row]
    told = out / "validation" / "step-2"
    assert row["step"] == 2
    assert len(losses(out)) == 2
    assert row["event_f1"] == report(told, out / "validation" / "clips-90210-2" / files.TRUTH)["event_f1"] > 0.3
    assert f"event F1 {row['event_f1']:.3f}" in capsys.readouterr().out
    assert (out / "training.png").stat().st_size > 10_000
    assert list((out / "tensorboard").glob("events.*"))
    assert not (out / "validation" / "model").exists()


@pytest.mark.parametrize("lora", [{}, {"lora_rank": 4, "lora_alpha": 8}])
def test_looking_at_the_model_changes_nothing_in_its_training(lora: dict[str, int], tmp_path: Path) -> None:
    start, rows = small_llava(tmp_path / "start"), write_rows(tmp_path)
    make_clips(tmp_path / "films", 1)
    plain = losses(train(recipe(start, rows, tmp_path / "plain", steps=4, **lora)))
    watched = Validation(every=2, folder=str(tmp_path / "films"), mode="grid")
    out = train(recipe(start, rows, tmp_path / "watched", steps=4, validation=watched, **lora))
    assert losses(out) == plain
    assert sorted(path.name for path in (out / "validation").iterdir()) == ["step-2", "step-4"]
