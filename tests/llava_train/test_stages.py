"""The entry points as a person runs them."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

from llava_train.command import main
from recaption.clip import Question, Reply
from recaption.engines.transformers import TransformersEngine
from tests.models import small_llava

ROOT = Path(__file__).parents[2]


def torchrun(cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "1", *words],
        cwd=cwd,
        env={**os.environ, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stages")
    small_llava(folder / "start", context=2048)
    common = {"batch_size": 2, "micro_tokens": 512, "steps": 2, "workers": 1, "log_every": 1, "max_length": 2048}
    data = {"scripted": 4, "roles": {"first": 1, "pair": 2}, "width": 64, "seconds": [4, 5]}
    one = {"stage": 1, "model": "start", "out": "one", "data": data, **common}
    two = {"stage": 2, "model": "one", "out": "two", "data": data, "muon_lr": 5e-3, **common}
    (folder / "one.yaml").write_text(yaml.safe_dump(one))
    (folder / "two.yaml").write_text(yaml.safe_dump(two))
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
    first = torchrun(folder, str(ROOT / "llava_train" / "stage1.py"), "--config", "one.yaml")
    assert first.returncode == 0, first.stderr
    assert "projector" in first.stdout
    assert "step 2/2" in first.stdout
    second = torchrun(folder, "-m", "llava_train.stage2", "--config", "two.yaml", "steps=3")
    assert second.returncode == 0, second.stderr
    assert "step 3/3" in second.stdout
    assert [row["step"] for row in json.loads((folder / "two" / "log.json").read_text())] == [1, 2, 3, 3]
    for stage in ("one", "two"):
        assert ask(folder / stage).completion_tokens >= 1


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
