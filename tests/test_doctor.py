from __future__ import annotations

import importlib.util
from pathlib import Path

import psutil
import pytest

from recaption import doctor
from tests.models import small_llava


def told(model: str | None = None) -> dict[str, str]:
    lines = [line.partition(" ") for line in doctor.lines(model)]
    return {f"{word} {i}" if word == "packages" else word: rest.strip() for i, (word, _, rest) in enumerate(lines)}


def test_the_machine_and_its_packages_are_told() -> None:
    lines = list(doctor.lines())
    assert f"{psutil.virtual_memory().total / 2**30:.1f} GiB" in lines[0]
    assert any("torch 2." in line and "pip install" not in line for line in lines)
    assert told()["engine"] == "auto is transformers"


def test_a_missing_package_is_told_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *_: None if name == "decord" else found(name))
    (line,) = [line for line in doctor.lines() if "decord" in line]
    assert line.endswith("no decord: pip install 'recaption[decord]'")


def test_whether_a_model_fits(tmp_path: Path) -> None:
    folder = small_llava(tmp_path)
    assert told(str(folder))["model"].endswith("on this machine: fits")
    assert "llava, 0.00 billion parameters" in told(str(folder))["model"]


def test_a_model_that_does_not_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_memory", lambda: 1000)
    assert told(str(small_llava(tmp_path)))["model"].endswith("does not fit")


def test_what_is_no_model_is_told(tmp_path: Path) -> None:
    assert "config.json" in told(str(tmp_path))["model"]
