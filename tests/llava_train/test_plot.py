from __future__ import annotations

import math
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from llava_train.plot import draw, plot, smooth
from recaption.errors import MissingExtra


def course(steps: int = 200, **more: float) -> list[dict[str, Any]]:
    """A log as a run writes it: a row for each log, one for each validation, and the summary at the end."""
    rng, rows = random.Random(0), list[dict[str, Any]]()
    for step in range(1, steps + 1):
        rate = min(step / 6, 0.5 * (1 + math.cos(math.pi * step / steps)))
        rows.append(
            {
                "step": step,
                "loss": 0.9 + 2.5 * math.exp(-step / 40) + rng.gauss(0, 0.15),
                "tokens_per_second": 21000 + rng.gauss(0, 600),
                "lr_projector": 1e-3 * rate,
                "lr_llm": 2e-5 * rate,
                **more,
            }
        )
        if step % 40 == 0:
            rows.append({"step": step, "event_f1": 0.8 * (1 - math.exp(-step / 80))})
    return [*rows, {"step": steps, "train_runtime": 12.0}]


def titles(log: list[dict[str, Any]]) -> list[str]:
    return [axes.get_title(loc="left") for axes in draw(log).axes]


def test_a_run_becomes_a_picture_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "training.png"
    path.write_bytes(b"of an earlier log")
    plot(course(), path)
    assert [file.name for file in tmp_path.iterdir()] == ["training.png"]
    picture = Image.open(path)
    assert picture.size == (1650, 1050)
    assert len(np.unique(np.asarray(picture.convert("L")))) > 20


def test_every_panel_names_its_axes_with_units() -> None:
    assert titles(course()) == [
        "loss, nats per label",
        "learning rate",
        "speed, tokens/s",
        "events told in validation, F1",
    ]
    assert {axes.get_xlabel() for axes in draw(course()).axes} == {"optimizer step"}


def test_the_lines_are_the_values_of_the_log() -> None:
    log = course()
    loss, rates, speed, events = draw(log).axes
    faint, bold = loss.lines
    assert list(faint.get_ydata()) == [row["loss"] for row in log if "loss" in row]
    assert list(faint.get_xdata()) == list(bold.get_xdata()) == list(range(1, 201))
    assert list(bold.get_ydata()) == smooth([row["loss"] for row in log if "loss" in row])
    assert faint.get_alpha() < 0.5 < bold.get_linewidth() / 2
    assert [text.get_text() for text in rates.get_legend().get_texts()] == ["llm", "projector"]
    assert list(speed.lines[0].get_ydata()) == [row["tokens_per_second"] for row in log if "loss" in row]
    assert list(events.lines[0].get_xdata()) == [40, 80, 120, 160, 200]


def test_what_the_log_does_not_have_gets_no_panel() -> None:
    assert titles([{"step": 1, "loss": 2.0}, {"step": 2, "loss": 1.5}]) == ["loss, nats per label"]
    plain = [{"step": 1, "loss": 2.0, "learning_rate": 1e-3, "event_f1": None}]
    assert titles(plain) == ["loss, nats per label", "learning rate"]
    assert draw(plain).axes[1].get_legend() is None


def test_a_run_whose_learning_rate_is_zero_can_be_drawn(tmp_path: Path) -> None:
    plot([{"step": 1, "loss": 2.0, "learning_rate": 0.0}], tmp_path / "training.png")
    assert (tmp_path / "training.png").is_file()


def test_a_log_without_a_loss_draws_nothing(tmp_path: Path) -> None:
    plot([{"step": 3, "train_runtime": 1.0}], tmp_path / "training.png")
    assert list(tmp_path.iterdir()) == []


def test_smoothing_takes_the_noise_and_leaves_the_course() -> None:
    rng = random.Random(1)
    line = [10 - 0.01 * i for i in range(500)]
    noisy = smooth([value + rng.gauss(0, 1) for value in line])
    assert smooth(line)[10:-10] == pytest.approx(line[10:-10])
    assert np.std(np.subtract(noisy, line)) < 0.35
    assert smooth([3.0, 1.0]) == [3.0, 1.0]


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("matplotlib", "matplotlib.figure"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=r"pip install 'recaption\[train\]'"):
        plot(course(), tmp_path / "training.png")
