"""The examples of NeMo Curator and Data-Juicer, run by those packages; they have an environment of their own."""

from __future__ import annotations

import importlib.util
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import pytest

from recaption import Captioner
from recaption.scripted import files

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def example(name: str) -> ModuleType:
    """An example as a module that other processes can import."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("films")
    return [str(path) for path, _ in files.make(folder, 3, 7, (3.0, 4.0), (160, 120))]


@pytest.fixture(scope="module")
def told(clips: list[str]) -> list[str]:
    # In a process of its own: Data-Juicer forks this one, and a fork's PyTorch fails by chance after it worked here.
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(captions, clips).result()


def captions(clips: list[str]) -> list[str]:
    with Captioner(model="tiny", jobs=1) as captioner:
        return [caption.text for caption in captioner.stream(clips)]  # type: ignore[union-attr]


def test_the_stage_of_nemo_curator(clips: list[str], told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from nemo_curator.backends.ray_data import RayDataExecutor
    from nemo_curator.pipeline import Pipeline
    from nemo_curator.tasks.video import Clip, Video, VideoTask

    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("PYTHONPATH", str(EXAMPLES), prepend=":")
    stage = example("nemo_curator_stage").RecaptionStage(model="tiny", options={"jobs": 1})
    videos = [
        Video(Path(path), clips=[Clip(uuid4(), path, (0.0, 60.0)), Clip(uuid4(), path, (90.0, 99.0))]) for path in clips
    ]
    tasks = [VideoTask(dataset_name="films", data=video) for video in videos]
    done = Pipeline(name="captions", stages=[stage]).run(RayDataExecutor(), initial_tasks=tasks)
    by_path = {str(task.data.input_video): task.data.clips for task in done}
    assert by_path.keys() == set(clips)
    for path, text in zip(clips, told, strict=True):
        whole, beyond = by_path[path]
        assert [window.caption["recaption"] for window in whole.windows] == [text]
        assert beyond.errors["recaption"].startswith("span: ")


def test_the_operator_of_data_juicer(clips: list[str], told: list[str]) -> None:
    from data_juicer.core.data import NestedDataset
    from data_juicer.ops import load_ops

    example("data_juicer_operator")
    (operator,) = load_ops([{"recaption_mapper": {"model": "tiny", "options": {"jobs": 1}}}])
    samples = [{"text": "", "videos": clips[:2]}, {"text": "", "videos": [clips[2], "none.mp4"]}]
    rows = operator.run(NestedDataset(NestedDataset.from_list(samples))).to_list()
    assert [row["captions"] for row in rows] == [told[:2], [told[2], ""]]
    assert [row["reasons"] for row in rows] == [["", ""], ["", "missing"]]
    if operator.captioner:  # it worked here, and not in a process of its own
        operator.captioner.close()
