"""The entry points as a person runs them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from llava_train.command import main
from recaption.clip import Question, Reply
from recaption.engines.transformers import TransformersEngine
from tests.llava_train.runs import ROOT, finished, stage, write_recipe
from tests.models import small_llava


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stages")
    small_llava(folder / "start", context=2048)
    common = {"batch_size": 2, "micro_tokens": 512, "steps": 2, "workers": 1, "log_every": 1, "max_length": 2048}
    data = {"scripted": 4, "roles": {"first": 1, "pair": 2}, "width": 64, "seconds": [4, 5]}
    one = {"stage": 1, "model": "start", "out": "one", "data": data, **common}
    two = {"stage": 2, "model": "one", "out": "two", "data": data, "muon_lr": 5e-3, **common}
    write_recipe(folder / "one.yaml", **one)
    write_recipe(folder / "two.yaml", **two)
    return folder


def ask(model: Path) -> Reply:
    async def run() -> Reply:
        engine = TransformersEngine.load(str(model), device="cpu")
        try:
            return await engine.ask(Question("what?", (np.zeros((20, 30, 3), np.uint8),), 5))
        finally:
            await engine.close()

    return asyncio.run(run())


def test_both_stages_run_from_another_directory_by_path_and_as_modules(folder: Path) -> None:
    first = finished(folder, stage(1), "--config", "one.yaml")
    assert "projector" in first
    assert "step 2/2" in first
    second = finished(folder, "-m", "llava_train.stage2", "--config", "two.yaml", "steps=3")
    assert "step 3/3" in second
    assert [row["step"] for row in json.loads((folder / "two" / "log.json").read_text())] == [1, 2, 3, 3]
    for out in ("one", "two"):
        assert ask(folder / out).completion_tokens >= 1


def test_a_wrong_key_and_a_wrong_stage_end_with_a_plain_message(folder: Path) -> None:
    with pytest.raises(SystemExit, match="no key 'projector_rate'; did you mean 'projector_lr'"):
        main(1, ["--config", str(folder / "one.yaml"), "projector_rate=1"])
    with pytest.raises(SystemExit, match=r"run stage1\.py"):
        main(2, ["--config", str(folder / "one.yaml")])
    with pytest.raises(SystemExit, match="cannot be loaded"):
        main(1, ["--config", str(folder / "one.yaml"), "model=./nowhere", f"out={folder / 'none'}"])


def test_a_slip_in_a_recipe_is_told_before_torch_is_imported() -> None:
    program = (
        "import sys; sys.modules['torch'] = None; from llava_train.command import main; "
        "main(1, ['--config', 'tiny-stage1', 'stpes=3'])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("no key 'stpes'; did you mean 'steps'?")
