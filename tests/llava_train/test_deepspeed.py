"""Training under DeepSpeed, where it is installed: ZeRO's losses are those of one process, and killed runs go on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from tests.llava_train.runs import finished, kill, stage, torchrun, write_recipe
from tests.llava_train.small import losses, values, write_mixed_rows
from tests.models import small_llava

pytest.importorskip("deepspeed")

ZERO: dict[str, dict[str, Any]] = {
    "2": {"stage": 2},
    # Parameters of small models would otherwise stay whole.
    "3": {"stage": 3, "stage3_param_persistence_threshold": 0},
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deepspeed")
    small_llava(folder / "start")
    write_mixed_rows(folder)
    for name, settings in ZERO.items():
        (folder / f"zero{name}.json").write_text(json.dumps({"zero_optimization": settings}))
    return folder


@pytest.mark.parametrize("lora", [{}, {"lora_rank": 4, "lora_alpha": 8}], ids=["full", "lora"])
@pytest.mark.parametrize("zero", ZERO)
def test_zero_has_the_losses_of_one_process_and_goes_on_when_killed(
    zero: str, lora: dict[str, int], place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DS_ACCELERATOR", "cpu")
    common = {"batch_size": 3, "micro_tokens": 1, "save_every": 2, **lora}
    spread = {"deepspeed": str(place / f"zero{zero}.json")}
    for out, more in {"alone": {}, "straight": spread, "killed": spread}.items():
        said = values(place / "start", place / "mixed.json", out, **common, **more)
        write_recipe(tmp_path / f"{out}.yaml", **said)
    finished(tmp_path, stage(2), "--config", "alone.yaml")
    finished(tmp_path, stage(2), "--config", "straight.yaml", processes=2)
    with torchrun(tmp_path, stage(2), "--config", "killed.yaml", processes=2) as run:
        assert run.stdout
        assert any(line.startswith("step 5/") for line in run.stdout)
        kill(run)
    finished(tmp_path, stage(2), "--config", "killed.yaml", processes=2)
    # Parts that a process adds, to have as many as the others, draw numbers of dropout too.
    assert losses(tmp_path / "straight") == pytest.approx(losses(tmp_path / "alone"), abs=1e-2 if lora else 1e-4)
    assert losses(tmp_path / "killed") == losses(tmp_path / "straight")
    one, other = (load_file(tmp_path / out / "model.safetensors") for out in ("straight", "killed"))
    assert all(torch.equal(one[name], other[name]) for name in one)
