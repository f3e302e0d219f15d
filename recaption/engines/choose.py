"""Which model answers, and under which name and revision its rows go; loading it is a second step (`serving`)."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from recaption.errors import MissingExtra, RunError, UsageError

DEFAULT_MODEL = "Qwen/Qwen3-VL-8B-Instruct"
"""What the command uses on a machine with a GPU when no model is named."""

TINY = "tiny"

_PLACES = 16
_BYTES = 64 * 1024


@dataclass(frozen=True)
class Choice:
    """A model, chosen and pinned, but not loaded.

    Attributes:
        name: what rows and fingerprints call it, its revision included.
        source: a folder, or a Hub id.
        revision: commit of a Hub id; None for folders.
        by_default: nobody asked for this model.
    """

    name: str
    source: str
    revision: str | None = None
    by_default: bool = False

    @property
    def is_tiny(self) -> bool:
        return self.name.partition("@")[0] == TINY


def choose(model: str | None, revision: str | None = None, option: str = "--model") -> Choice:
    """The model that a name stands for: `tiny`, a folder, or a Hub id; None for the default.

    A Hub id is pinned to the commit that its revision stands for now, which takes one small download or the cache. A
    folder and `tiny` are pinned by a digest of their files, so that rows of a retrained model are not taken for the old
    one's.

    Args:
        option: what named it, for errors.

    Raises:
        UsageError: a revision for something that is no Hub id; a package is missing.
        RunError: no such model, or it cannot be had.
    """
    by_default = model is None
    name = model or (DEFAULT_MODEL if has_gpu() else TINY)
    is_folder = name != TINY and os.path.isdir(name)
    if revision and (name == TINY or is_folder):
        raise UsageError(f"--revision goes with a Hub id, and {name} is none")
    if name == TINY:
        folder = tiny_folder()
        return Choice(f"{TINY}@{_digest(folder)}", str(folder), by_default=by_default)
    if is_folder:
        folder = Path(os.path.abspath(name))
        if not (folder / "config.json").is_file():
            raise RunError(f"{option} {name}: a folder without config.json is no model")
        return Choice(f"{folder}@{_digest(folder)}", str(folder))
    if name.startswith((".", "/", "~")) or name.count("/") > 1:
        raise RunError(f"{option} {name}: no such folder")
    commit = _commit(name, revision, option)
    return Choice(f"{name}@{commit}", name, commit, by_default)


def tiny_folder() -> Path:
    """The tiny model's, in the package.

    Raises:
        RunError: it has no weights.
    """
    folder = Path(str(resources.files("recaption") / "_tiny"))
    if not (folder / "config.json").is_file():
        raise RunError(
            f"the tiny model's weights are not in {folder}: install a whole recaption, or name a model with --model"
        )
    return folder


def with_adapter(choice: Choice, folder: Path) -> Choice:
    """The same model with a LoRA adapter, under a name of its own.

    Raises:
        RunError: no adapter there.
    """
    if not (folder / "adapter_config.json").is_file():
        raise RunError(f"--lora {folder}: a folder without adapter_config.json is no adapter")
    return replace(choice, name=f"{choice.name}+{folder.absolute()}@{_digest(folder)}")


def need_transformers() -> None:
    """Raises: MissingExtra."""
    for package in ("torch", "transformers"):
        if importlib.util.find_spec(package) is None:
            raise MissingExtra(package, "local")


def has_gpu() -> bool:
    need_transformers()
    import torch

    return torch.cuda.is_available()


def _commit(name: str, revision: str | None, option: str) -> str:
    """The commit that a Hub id's revision stands for."""
    need_transformers()
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(hf_hub_download(name, "config.json", revision=revision)).parent.name
    except HFValidationError:
        raise RunError(f"{option} {name}: neither a folder nor a name of the Hub") from None
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise RunError(f"{option} {name}: no such folder, and the Hub does not give it ({first})") from None


def _digest(folder: Path) -> str:
    """12 hex digits that follow from the names and sizes of a model's files, and from what they hold at 16 places each.

    Its card and hidden files do not count.
    """
    digest = hashlib.sha256()
    files = [file for file in folder.iterdir() if file.is_file() and file.suffix != ".md" and file.name[0] != "."]
    for path in sorted(files):
        size = path.stat().st_size
        digest.update(f"{path.name}\0{size}\0".encode("utf-8", "surrogateescape"))
        with open(path, "rb") as file:
            for place in range(_PLACES):
                file.seek(max(0, size - _BYTES) * place // (_PLACES - 1))
                digest.update(file.read(_BYTES))
    return digest.hexdigest()[:12]
