"""The figures of a step, and the line that tells them."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
import torch

from llava_train.flops import Work, mfu, step_flops
from llava_train.meter import Meter, line, total_skipped
from tests.models import compose_small

COUNTS = {"samples": 3, "pictures": 2, "tokens": 90, "padded": 100, "squares": 3000, "labelled": 30, "skipped_long": 1}
OPTIMIZER = SimpleNamespace(
    param_groups=[
        {"part": "projector", "lr": 2.0, "muon": False},
        {"part": "llm", "lr": 1.0, "muon": False},
        {"part": "llm", "lr": 5.0, "muon": True},
    ]
)


def test_figures_are_those_of_the_steps_since_the_last_reading() -> None:
    model, _ = compose_small()
    meter = Meter(model, 2, torch.device("cpu"), torch.float32)
    meter.read()
    with meter.waiting():
        time.sleep(0.05)
    with meter.apart():
        time.sleep(0.2)
    meter.add(COUNTS, OPTIMIZER)
    meter.add(COUNTS, OPTIMIZER)
    figures = meter.read()
    assert 0.05 <= figures["seconds"] < 0.2
    assert figures["labelled_tokens_per_second"] * figures["seconds"] == pytest.approx(60)
    assert figures["tokens_per_second"] * figures["seconds"] == pytest.approx(180)
    assert figures["padding_share"] == pytest.approx(0.1)
    assert 0.05 / figures["seconds"] <= figures["data_wait_share"] <= 1
    assert (figures["lr_projector"], figures["lr_llm"], figures["lr_muon"]) == (2.0, 1.0, 5.0)
    assert figures["skipped_long"] == 2
    assert figures["memory_gib"] > 0.1
    assert "skipped_long" not in meter.read()


def test_mfu_counts_the_work_and_not_the_padding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("llava_train.meter.peak_flops", lambda device, dtype: 1e9)
    model, _ = compose_small()
    meter = Meter(model, 2, torch.device("cpu"), torch.float32)
    meter.add(COUNTS, OPTIMIZER)
    figures = meter.read()
    flops = sum(part.total for part in step_flops(model, Work(2, 90, 3000, 30)).values())
    assert figures["mfu"] == pytest.approx(mfu(flops, figures["seconds"], 2e9))


def test_the_line_tells_all_of_it() -> None:
    figures = {
        "loss": 1.25, "grad_norm": 0.5, "lr_projector": 1e-3, "lr_llm": 2e-5, "seconds": 90.0,
        "labelled_tokens_per_second": 1234.0, "tokens_per_second": 56789.0, "padding_share": 0.034,
        "data_wait_share": 0.12, "mfu": 0.456, "memory_gib": 70.3, "skipped_long": 2.0,
    }  # fmt: skip
    history = [
        {**figures, "step": 10, "skipped_missing": 1.0},
        {**figures, "step": 12},
    ]
    assert line(12, 52, figures, history) == (
        "step 12/52  loss 1.2500  lr_projector 1.00e-03  lr_llm 2.00e-05  gradient 0.50  1,234 labelled of 56,789 "
        "tokens/s  padding 3.4%  data wait 12%  mfu 45.6%  70.3 GiB  left 0 h 30 min  skipped 5 (long 4, missing 1)"
    )
    assert total_skipped(history) == {"long": 4, "missing": 1}
    assert "left unknown" in line(10, 52, figures, history[:1])
