from __future__ import annotations

import importlib.util
from importlib import resources
from pathlib import Path

import pytest

from recaption.engines import choose, serving
from recaption.errors import MissingExtra, RunError, UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Looks like a model from outside."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model/config.json").write_text("{}")
    (tmp_path / "model/model.safetensors").write_bytes(bytes(range(256)) * 8192)
    return tmp_path / "model"


def test_a_folder_is_known_by_its_path_and_content(folder: Path) -> None:
    before = choose.choose(str(folder))
    assert before.name.startswith(f"{folder}@")
    assert (before.source, before.revision, before.is_tiny, before.by_default) == (str(folder), None, False, False)
    (folder / "README.md").write_text("a card")
    (folder / ".cache").mkdir()
    assert choose.choose(str(folder)) == before
    weights = bytearray((folder / "model.safetensors").read_bytes())
    (folder / "model.safetensors").write_bytes(bytes(byte ^ 1 for byte in weights))
    retrained = choose.choose(str(folder))
    assert retrained.name != before.name
    (folder / "model.safetensors").write_bytes(weights)
    assert choose.choose(str(folder)) == before
    (folder / "config.json").write_text("{ }")
    assert choose.choose(str(folder)) not in (before, retrained)


def test_a_relative_folder_is_the_same_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    assert choose.choose("model") == choose.choose(str(folder)) == choose.choose("./model/")


@pytest.mark.parametrize("name", ["./nowhere", "/nowhere/at/all", "~/nowhere", "a/b/c"])
def test_a_folder_that_is_not_there_is_told_without_asking_the_hub(name: str) -> None:
    with pytest.raises(RunError, match="no such folder"):
        choose.choose(name)


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"config\.json"):
        choose.choose(str(tmp_path))


def test_a_hub_model_that_cannot_be_had_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(RunError, match=r"--model somebody/nothing: no such folder, and the Hub does not give it"):
        choose.choose("somebody/nothing")
    with pytest.raises(RunError, match="neither a folder nor a name of the Hub"):
        choose.choose("no such: name")


def test_a_hub_model_is_pinned_to_the_commit_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    commit = "0123456789abcdef0123456789abcdef01234567"
    cached = tmp_path / "models--somebody--model"
    for branch in ("main", "next"):
        (cached / "refs").mkdir(parents=True, exist_ok=True)
        (cached / "refs" / branch).write_text(commit)
    (cached / "snapshots" / commit).mkdir(parents=True)
    (cached / "snapshots" / commit / "config.json").write_text("{}")
    chosen = choose.choose("somebody/model")
    assert (chosen.name, chosen.source, chosen.revision) == (f"somebody/model@{commit}", "somebody/model", commit)
    assert choose.choose("somebody/model", "next") == chosen


def test_a_revision_goes_with_a_hub_model_only(folder: Path) -> None:
    for name in (str(folder), "tiny"):
        with pytest.raises(UsageError, match="--revision"):
            choose.choose(name, "main")


def test_without_a_gpu_and_a_name_the_tiny_model_answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "files", lambda package: folder.parent)
    folder.rename(folder.parent / "_tiny")
    monkeypatch.setattr(choose, "has_gpu", lambda: False)
    chosen = choose.choose(None)
    assert chosen.is_tiny
    assert chosen.by_default
    assert chosen.name.startswith("tiny@")
    named = choose.choose("tiny")
    assert (named.name, named.is_tiny, named.by_default) == (chosen.name, True, False)


def test_without_its_weights_the_tiny_model_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "files", lambda package: tmp_path)
    with pytest.raises(RunError, match="name a model with --model"):
        choose.choose("tiny")


def test_with_a_gpu_and_without_a_name_a_real_model_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "has_gpu", lambda: True)
    monkeypatch.setattr(choose, "_commit", lambda name, revision, option: "0123")
    chosen = choose.choose(None)
    assert (chosen.source, chosen.by_default, chosen.is_tiny) == (choose.DEFAULT_MODEL, True, False)


def test_a_missing_package_is_told_with_its_extra(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "torch" else find(name))
    with pytest.raises(MissingExtra, match=r"recaption\[local\]"):
        serving.load(choose.choose(str(folder)))
    with pytest.raises(MissingExtra, match=r"recaption\[local\]"):
        choose.choose(None)
