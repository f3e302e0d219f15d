"""SIGKILL at any step, then the same command: the losses are those of a run that nobody stopped, to the bit."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from llava_train.checkpoints import Checkpoints
from tests.llava_train.runs import finished, kill, stage, torchrun, write_recipe
from tests.llava_train.small import losses, values, write_rows
from tests.models import small_llava

STEPS = 8


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resume")
    small_llava(folder / "start")
    rows = json.loads(write_rows(folder).read_text())
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


RUNS: dict[str, tuple[int, dict[str, Any]]] = {
    # Sixteen rows in steps of six: a pass ends within a step, and the kill comes within a pass.
    "full": (1, {"workers": 2}),
    "lora": (1, {"lora_rank": 4, "lora_alpha": 8}),
    "stream": (1, {"data": {"path": "rows.jsonl", "stream": True}, "workers": 1}),
    "two processes": (2, {}),
    "two processes, lora": (2, {"lora_rank": 4, "lora_alpha": 8}),
    "fsdp": (2, {"fsdp": True}),
    "fsdp, lora": (2, {"fsdp": True, "lora_rank": 4, "lora_alpha": 8}),
}


@pytest.mark.parametrize("name", RUNS)
def test_a_killed_run_goes_on_to_the_bit(name: str, place: Path, tmp_path: Path) -> None:
    processes, changes = RUNS[name]
    common: dict[str, Any] = {"batch_size": 6, "steps": STEPS, "save_every": 2, **changes}
    if "data" in common:
        common["data"] = {**common["data"], "path": str(place / common["data"]["path"])}
    for out in ("straight", "killed"):
        write_recipe(tmp_path / f"{out}.yaml", **values(place / "start", place / "rows.json", out, **common))
    finished(tmp_path, stage(2), "--config", "straight.yaml", processes=processes)

    command = (stage(2), "--config", "killed.yaml")
    last_step = random.Random(name).randint(3, STEPS - 1)
    with torchrun(tmp_path, *command, processes=processes) as run:
        assert run.stdout
        printed = [line for line in _until(run.stdout, f"step {last_step}/")]
        kill(run)
    assert printed[-1].startswith(f"step {last_step}/"), "".join(printed)
    assert not (tmp_path / "killed" / "model.safetensors").exists()
    checkpoint = Checkpoints(tmp_path / "killed").last()
    assert checkpoint
    assert int(checkpoint.name.rpartition("-")[2]) <= last_step

    resumed = finished(tmp_path, *command, processes=processes)
    assert f"step {last_step}/" in resumed or last_step % 2 == 0
    straight = losses(tmp_path / "straight")
    assert len(set(straight)) == STEPS
    assert losses(tmp_path / "killed") == straight
    one, other = (load_file(tmp_path / out / "model.safetensors") for out in ("straight", "killed"))
    assert all(torch.equal(one[key], other[key]) for key in one)


def _until(lines: Any, start: str) -> Any:
    for line in lines:
        yield line
        if line.startswith(start):
            return
