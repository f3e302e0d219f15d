from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from recaption.engines import serving
from recaption.engines.serving import Serving, arguments_of, engine_of
from recaption.errors import UsageError


@pytest.mark.parametrize(
    ("installed", "gpu", "options", "engine"),
    [
        (True, True, {}, "vllm"),
        (True, False, {}, "transformers"),
        (False, True, {}, "transformers"),
        (True, True, {"base_url": "http://localhost:8000/v1"}, "openai"),
        (True, True, {"engine": "transformers"}, "transformers"),
        (False, False, {"engine": "vllm", "lora": Path("adapter"), "data_parallel": 2}, "vllm"),
    ],
)
def test_which_engine_auto_is(
    installed: bool, gpu: bool, options: dict[str, Any], engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "_has_vllm", lambda: installed)
    monkeypatch.setattr(serving, "has_gpu", lambda: gpu)
    assert engine_of(Serving(**options)) == engine


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engine": "abacus"}, "--engine abacus"),
        ({"engine": "openai"}, "--base-url"),
        ({"engine": "vllm", "base_url": "http://localhost"}, "--base-url goes with --engine openai, and this is vllm"),
        ({"engine": "transformers", "lora": Path("x")}, "--lora goes with --engine vllm"),
        ({"base_url": "http://localhost", "engine_args": ("a=b",)}, "--engine-arg goes with --engine vllm"),
    ],
)
def test_options_of_another_engine_are_wrong_usage(options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        engine_of(Serving(**options))


def test_engine_arguments_are_read_as_json_where_they_are_that() -> None:
    known = ("block_size", "limit_mm_per_prompt", "dtype", "enforce_eager")
    given = ["--block-size=32", 'limit_mm_per_prompt={"image": 2}', "dtype=float32", "enforce_eager=true"]
    assert arguments_of(given, known) == {
        "block_size": 32,
        "limit_mm_per_prompt": {"image": 2},
        "dtype": "float32",
        "enforce_eager": True,
    }


@pytest.mark.parametrize(
    ("given", "message"), [("block_size", "key=value"), ("blok_size=3", "did you mean block_size"), ("x=1", "has no x")]
)
def test_engine_arguments_that_vllm_does_not_have_are_told(given: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        arguments_of([given], ["block_size"])
