"""Several processes make one step of it, whatever each of them has to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.llava_train.runs import finished, stage, write_recipe
from tests.llava_train.small import losses, values, write_mixed_rows
from tests.models import small_llava


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("processes")
    small_llava(folder / "start")
    write_mixed_rows(folder)
    return folder


def run(place: Path, out: Path, processes: int, **changes: Any) -> list[float]:
    # Three samples a step: of two processes, one often has words only, or more parts than the other.
    said = values(place / "start", place / "mixed.json", out, batch_size=3, micro_tokens=1, **changes)
    recipe = write_recipe(out.with_suffix(".yaml"), **said)
    finished(place, stage(2), "--config", str(recipe), processes=processes)
    return losses(out)


# Pitfalls: processes that wait for each other for ever over a batch without pictures; a loss that is a mean of means.
def test_two_processes_have_the_losses_of_one(place: Path, tmp_path: Path) -> None:
    alone = run(place, tmp_path / "alone", 1)
    assert run(place, tmp_path / "ddp", 2) == pytest.approx(alone, abs=1e-4)
    assert run(place, tmp_path / "fsdp", 2, fsdp=True) == pytest.approx(alone, abs=1e-4)
    assert len(set(alone)) == 6
