"""The trainers' own loaders read what was exported for them.

They have an environment of their own over the first (see Makefile): their packages, without what those ask for, which
is a CUDA stack. What of a package has nothing to do with reading captions is kept from being imported.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from recaption.export import FORMATS
from recaption.export.items import Options
from recaption.export.sets import write
from tests.export.readers import Read, awkward, mark, wanted

COUNT = 100


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return awkward(tmp_path_factory.mktemp("clips"), COUNT)


def exported(rows: list[dict[str, Any]], name: str, folder: Path) -> Path:
    written = list(write(rows, FORMATS[name], folder / "set", Options(fit=True)))
    assert [each.refused for each in written if each.refused] == []
    return folder / "set"


def shell(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the modules of a package be imported without its `__init__`, which imports every model it has."""
    spec = importlib.util.find_spec(name)
    assert spec, f"{name} is not installed: make test installs it"
    package = types.ModuleType(name)
    package.__path__ = list(spec.submodule_search_locations or ())
    package.__spec__ = spec
    monkeypatch.setitem(sys.modules, name, package)


@pytest.fixture(scope="module")
def finetrainers(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """finetrainers 0.2.0, the module of its data sets; clips are left undecoded."""
    with pytest.MonkeyPatch.context() as patch:
        importlib.import_module("diffusers.utils")
        logger = types.ModuleType("wandb")  # it uploads model cards
        logger.__spec__ = importlib.machinery.ModuleSpec("wandb", None)
        patch.setitem(sys.modules, "wandb", logger)
        # Newer versions of torchvision have no reader of videos; here it is only the type of an argument.
        patch.setattr("torchvision.io.video_reader", types.SimpleNamespace(VideoReader=object), raising=False)
        shell("finetrainers", patch)
        shell("finetrainers.data", patch)
        module = importlib.import_module("finetrainers.data.dataset")
        patch.setattr(module.datasets.Video, "decode_example", lambda _, video, *args, **options: video)
        patch.setattr(module.datasets.config, "HF_DATASETS_CACHE", tmp_path_factory.mktemp("cache"))
        yield module


@pytest.mark.parametrize(
    ("name", "loader"),
    [
        ("finetrainers", "VideoCaptionFilePairDataset"),
        ("cogvideo", "VideoFileCaptionFileListDataset"),
        ("videofolder", "VideoFolderDataset"),
        ("webdataset", "VideoWebDataset"),
    ],
)
def test_finetrainers_reads_it(
    name: str, loader: str, finetrainers: Any, rows: list[dict[str, Any]], tmp_path: Path
) -> None:
    loaded = finetrainers._initialize_local_dataset(str(exported(rows, name, tmp_path)), "video")
    assert type(loaded).__name__ == loader
    found: Read = {}
    for sample in loaded:
        video = sample["video"]
        # Its setting `rename_columns` makes a caption of a column that is named otherwise.
        caption = sample["text" if name == "videofolder" else "caption"]
        found[mark(video["bytes"] or Path(video["path"]))] = caption
    assert found == wanted(rows)


def test_diffsynth_reads_it(rows: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """diffsynth 1.1.9."""
    shell("diffsynth", monkeypatch)
    module = importlib.import_module("diffsynth.trainers.unified_dataset")
    folder = exported(rows, "diffsynth", tmp_path)
    loaded = module.UnifiedDataset(
        base_path=str(folder),
        metadata_path=str(folder / "metadata.csv"),
        data_file_keys=("video",),
        main_data_operator=module.ToAbsolutePath(str(folder)),
    )
    samples = [loaded[i] for i in range(len(loaded))]
    assert {mark(Path(sample["video"])): sample["prompt"] for sample in samples} == wanted(rows)


class Disk:
    """SimpleTuner's own needs its audio packages."""

    @staticmethod
    def exists(path: str) -> bool:
        return Path(path).exists()

    @staticmethod
    def read(path: str) -> bytes:
        return Path(path).read_bytes()


def test_simpletuner_reads_it(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    """SimpleTuner 3.1.6: each line would be a caption of its own."""
    handler = importlib.import_module("simpletuner.helpers.prompts").PromptHandler
    found: Read = {}
    for path in exported(rows, "simpletuner", tmp_path).glob("*.mp4"):
        (caption,) = handler.prepare_instance_prompt_from_textfile(
            str(path), use_captions=True, prepend_instance_prompt=False, data_backend=Disk()
        )
        found[mark(path)] = caption
    assert found == wanted(rows)
