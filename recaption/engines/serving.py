"""How a chosen model is run: on which engine, and with which settings."""

from __future__ import annotations

import difflib
import importlib.util
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recaption.clip import Question
from recaption.engines import Engine
from recaption.engines.choose import Choice, has_gpu, need_transformers
from recaption.errors import UsageError

ENGINES = ("auto", "transformers", "vllm", "openai")


@dataclass(frozen=True)
class Serving:
    """The options of the command that are about engines.

    Attributes:
        engine: one of ENGINES; "auto" is openai with a base URL, vllm where it is installed and there is a GPU, else
            transformers.
        base_url, key_file: see `engines.openai.connect`.
        tensor_parallel, data_parallel: GPUs that share one model, and models side by side; vLLM only.
        lora: folder of an adapter; vLLM only.
        engine_args: "key=value" for anything else that vLLM takes.
        clips: how many clips are in flight; None for what suits the engine.
    """

    engine: str = "auto"
    base_url: str | None = None
    key_file: Path | None = None
    tensor_parallel: int = 1
    data_parallel: int = 1
    lora: Path | None = None
    engine_args: tuple[str, ...] = ()
    clips: int | None = None


@dataclass(frozen=True)
class Asked:
    """What a run will ask, for engines that are set up before their first question.

    Attributes:
        largest: the question with the most and largest pictures and the most words, with the limit of its answer;
            answers that it quotes, and those of the talk before it, are left empty.
        steps: the most answers that a later question quotes.
    """

    largest: Question
    steps: int = 1


def engine_of(serving: Serving) -> str:
    """The engine that the options stand for.

    Raises:
        UsageError: an option that goes with another engine.
    """
    name = serving.engine
    if name not in ENGINES:
        raise UsageError(f"--engine {name}: known engines are {', '.join(ENGINES)}")
    if name == "auto":
        name = "openai" if serving.base_url else "vllm" if _has_vllm() and has_gpu() else "transformers"
    given: dict[str, dict[str, object]] = {
        "openai": {"--base-url": serving.base_url, "--key-file": serving.key_file},
        "vllm": {
            "--tensor-parallel": serving.tensor_parallel > 1,
            "--data-parallel": serving.data_parallel > 1,
            "--lora": serving.lora,
            "--engine-arg": serving.engine_args,
        },
    }
    for engine, options in given.items():
        for option, value in options.items():
            if value and engine != name:
                raise UsageError(f"{option} goes with --engine {engine}, and this is {name}")
    if name == "openai" and not serving.base_url:
        raise UsageError("--engine openai: say where the server is with --base-url")
    return name


def load(choice: Choice, serving: Serving | None = None, asked: Asked | None = None) -> Engine:
    """Load a chosen model.

    Raises:
        UsageError: options that do not go together.
        MissingExtra: a package is not installed.
        RunError: the model cannot be loaded, or the server cannot be reached.
    """
    serving, asked = serving or Serving(), asked or Asked(Question(""))
    match engine_of(serving):
        case "openai":
            from recaption.engines.openai import connect

            return connect(str(serving.base_url), choice.source, serving.key_file)
        case "vllm":
            from recaption.engines.vllm import load as load_vllm

            return load_vllm(choice, serving, asked)
    need_transformers()
    from recaption.engines.transformers import TransformersEngine

    return TransformersEngine.load(choice.source, choice.revision, name=choice.name)


def _has_vllm() -> bool:
    return importlib.util.find_spec("vllm") is not None


def arguments_of(given: Iterable[str], known: Iterable[str]) -> dict[str, Any]:
    """What `--engine-arg key=value` says: names as vLLM's Python has them, values as JSON where they are that.

    Raises:
        UsageError: no `=` in it, or a name that vLLM does not know.
    """
    names, read = set(known), {}
    for one in given:
        key, equals, value = one.partition("=")
        name = key.strip().lstrip("-").replace("-", "_")
        if not equals:
            raise UsageError(f"--engine-arg {one}: write key=value")
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            raise UsageError(f"--engine-arg {one}: vLLM has no {name}" + (f"; did you mean {near[0]}?" if near else ""))
        try:
            read[name] = json.loads(value)
        except ValueError:
            read[name] = value
    return read
