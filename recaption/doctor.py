"""What this machine can run, in plain lines."""

from __future__ import annotations

import importlib.util
import math
import os
import platform
from collections.abc import Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path

from recaption.engines.serving import Serving, engine_of
from recaption.errors import RecaptionError

PACKAGES = {
    "": ("av", "openai"),
    "local": ("torch", "transformers"),
    "train": ("peft",),
    "vllm": ("vllm",),
    "decord": ("decord",),
}
"""Modules that each extra brings, "" for what is always there."""
GIB = 2**30


def lines(model: str | None = None) -> Iterator[str]:
    """One line for each thing that decides what can be run here.

    Args:
        model: as `--model` takes it.
    """
    yield f"machine   {platform.machine()}, {os.cpu_count()} cores, {_memory() / GIB:.1f} GiB memory"
    for extra, packages in PACKAGES.items():
        yield f"packages  {', '.join(map(_version, packages))}{_hint(extra, packages)}"
    if not _is_there("torch"):
        yield "models    only those of a server (--base-url)"
        return
    yield from _gpus()
    yield f"engine    auto is {engine_of(Serving())}"
    yield f"model     {_model(model)}"


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _version(module: str) -> str:
    """A module's version; that of vLLM's build for the CPU goes by another name than the module."""
    if not _is_there(module):
        return f"no {module}"
    package = packages_distributions()[module][0]
    return f"{package} {version(package)}"


def _hint(extra: str, modules: tuple[str, ...]) -> str:
    return "" if all(map(_is_there, modules)) else f": pip install 'recaption[{extra}]'"


def _is_there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _gpus() -> Iterator[str]:
    import torch

    for index in range(torch.cuda.device_count()):
        free, total = torch.cuda.mem_get_info(index)
        yield f"GPU       {torch.cuda.get_device_name(index)}, {free / GIB:.1f} of {total / GIB:.1f} GiB free"
    if not torch.cuda.is_available():
        yield f"GPU       none that torch {torch.__version__} sees"


def _model(model: str | None) -> str:
    """Whether a model fits."""
    from recaption.engines.choose import choose
    from recaption.engines.rendering import loading

    try:
        choice = choose(model)
        from transformers import AutoConfig

        with loading(choice.source):
            config = AutoConfig.from_pretrained(choice.source, revision=choice.revision)
        parameters = _parameters(choice.source, choice.revision)
    except RecaptionError as error:
        return str(error)
    width, room, where = _room()
    need = parameters * width
    fits = "fits" if need < room else "does not fit"
    return (
        f"{choice.name}: {config.model_type}, {parameters / 1e9:.2f} billion parameters, {need / GIB:.2f} GiB of "
        f"{room / GIB:.1f} GiB on {where}: {fits}"
    )


def _room() -> tuple[int, int, str]:
    """Bytes to a number, bytes of memory, and whose."""
    import torch

    if torch.cuda.is_available():
        return 2, torch.cuda.mem_get_info()[1], "the GPU"
    return 4, _memory(), "this machine"


def _parameters(source: str, revision: str | None) -> int:
    from safetensors import safe_open

    if not os.path.isdir(source):
        from huggingface_hub import get_safetensors_metadata

        return sum(get_safetensors_metadata(source, revision=revision).parameter_count.values())
    count = 0
    for file in Path(source).glob("*.safetensors"):
        with safe_open(file, "pt") as tensors:
            count += sum(math.prod(tensors.get_slice(name).get_shape()) for name in tensors.keys())  # noqa: SIM118
    return count
