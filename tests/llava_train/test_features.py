"""Features of the frozen tower on disk: once computed they are never computed again, in any run or stage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from transformers import SiglipVisionModel

from llava_train.trainer import train
from recaption.errors import RecipeError
from tests.llava_train.small import recipe
from tests.models import small_llava


@pytest.fixture
def forwards(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pictures each forward of a tower saw."""
    seen: list[int] = []
    forward = SiglipVisionModel.forward

    def counted(self: SiglipVisionModel, pixel_values: Any, **named: Any) -> Any:
        seen.append(len(pixel_values))
        return forward(self, pixel_values, **named)

    monkeypatch.setattr(SiglipVisionModel, "forward", counted)
    return seen


def test_the_tower_sees_each_picture_once_for_both_stages(
    start: Path, rows: Path, tmp_path: Path, forwards: list[int]
) -> None:
    cached = {"tower_cache": str(tmp_path / "cache"), "steps": 8}  # two passes over sixteen pictures
    first = train(recipe(start, rows, tmp_path / "one", stage=1, **cached))
    assert sum(forwards) == 16
    train(recipe(first, rows, tmp_path / "two", stage=2, **cached))
    assert sum(forwards) == 16


def test_features_of_another_tower_are_not_taken(start: Path, rows: Path, tmp_path: Path, forwards: list[int]) -> None:
    cached = {"tower_cache": str(tmp_path / "cache"), "steps": 4}
    train(recipe(start, rows, tmp_path / "one", stage=1, **cached))
    train(recipe(small_llava(tmp_path / "other", seed=1), rows, tmp_path / "two", stage=1, **cached))
    assert sum(forwards) == 32


def test_the_size_is_told_first_and_refused_where_it_is_too_large(
    start: Path, rows: Path, tmp_path: Path, forwards: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    cache = tmp_path / "cache"
    # 24 samples of one picture of 4 tokens, 32 wide, 2 bytes each.
    with pytest.raises(RecipeError, match=r"24 pictures may take .* GB, and cache_gb is 1e-06"):
        train(recipe(start, rows, tmp_path / "out", tower_cache=str(cache), cache_gb=1e-6))
    assert "tower cache: at most 24 pictures" in capsys.readouterr().out
    assert not forwards
    assert not cache.exists()
