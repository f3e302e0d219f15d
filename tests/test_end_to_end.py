"""The command with a real engine: a small LLaVA with random weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recaption import cli
from tests.clips import make_clips
from tests.models import small_llava


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights hardly ever end an answer, and a caption without an end is dropped: one token in eight ends it."""
    folder = small_llava(tmp_path_factory.mktemp("model"), init=0.3)
    config = json.loads((folder / "generation_config.json").read_text())
    (folder / "generation_config.json").write_text(json.dumps({**config, "eos_token_id": list(range(0, 512, 8))}))
    return folder


@pytest.mark.parametrize("mode", ["diffsw", "grid", "fast"])
def test_the_command_captions_with_a_model_from_a_folder(mode: str, model: Path, tmp_path: Path) -> None:
    make_clips(tmp_path / "films", 4)
    out = tmp_path / "captions"
    words = [str(tmp_path / "films"), "--model", str(model), "--out", str(out), "--mode", mode, "--max-tokens", "24"]
    before = []
    for _ in range(2):
        with pytest.raises(SystemExit) as left:
            cli.main(words)
        captions = [json.loads(line) for line in (out / "captions.jsonl").read_text().splitlines()]
        failures = [json.loads(line) for line in (out / "failures.jsonl").read_text().splitlines()]
        assert left.value.code == (3 if failures else 0)
        assert len(captions) + len(failures) == 4
        assert captions
        assert before in ([], [captions, failures])
        before = [captions, failures]
    for row in captions:
        assert row["model"].startswith(f"{model}@")
        assert row["mode"] == mode
        assert len(row["steps"]) == (4 if mode == "diffsw" else 0)
        questions = 5 if mode == "diffsw" else 1
        assert 0 < row["tokens"]["completion"] <= 24 * questions
        assert row["tokens"]["prompt"] > 4 * questions
        assert row["mean_logprob"] < 0
