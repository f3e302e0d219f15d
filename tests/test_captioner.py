"""The Python API."""

from __future__ import annotations

import asyncio
import inspect
import os
import pickle
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import decord
import nbclient
import nbformat
import numpy as np
import pytest
from datasets import Dataset

import recaption
from recaption import (
    Caption,
    Captioner,
    Clip,
    ClipError,
    Failure,
    Frames,
    RunError,
    UsageError,
    caption,
    captioner,
    cli,
)
from recaption.engines import choose
from tests.clips import ColourEngine, make_clips


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> ColourEngine:
    engine = ColourEngine()
    monkeypatch.setattr(choose, "choose", lambda model, revision: choose.Choice(model or "colour", ""))
    monkeypatch.setattr(captioner, "load", lambda choice, serving, asked: engine)
    return engine


@pytest.fixture
def colour(engine: ColourEngine) -> Iterator[Captioner]:
    with Captioner(jobs=2) as made:
        yield made
    assert engine.closed


def test_a_clip_gets_its_caption(colour: Captioner, tmp_path: Path) -> None:
    (path,) = make_clips(tmp_path, 1)
    told = colour(path)
    assert isinstance(told, Caption)
    assert told.text.startswith("Colours")
    assert told.clip == Clip.of(path)
    assert len(told.steps) == 4
    again = colour(Clip.of(path))
    assert isinstance(again, Caption)
    assert (again.text, again.steps) == (told.text, told.steps)


def test_frames_in_memory_are_captioned_as_those_of_a_file(colour: Captioner, engine: ColourEngine) -> None:
    rgb = np.stack([np.full((48, 64, 3), shade, np.uint8) for shade in (10, 120, 240)])
    told = colour(Frames((0.0, 2.0, 4.0), rgb, 6.0, ("late_start",)))
    assert isinstance(told, Caption)
    assert told.clip is None
    assert "late_start" in told.flags
    assert len(told.steps) == 3
    assert [len(question.pictures) for question in engine.asked] == [1, 2, 2, 0]


def test_frames_in_memory_are_shrunk_to_what_the_model_sees(engine: ColourEngine) -> None:
    engine.longest = 40
    rgb = np.full((3, 48, 64, 3), 7, np.uint8)
    with Captioner(jobs=1) as made:
        assert isinstance(made(Frames.of(rgb, (0, 2, 4))), Caption)
    assert {picture.shape for question in engine.asked for picture in question.pictures} == {(30, 40, 3)}


def test_frames_that_wait_do_not_fill_the_memory(engine: ColourEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caption, "LEAST_FRAME_BYTES", 100_000)
    monkeypatch.setattr(caption, "MOST_FRAME_BYTES", 100_000)
    films: list[weakref.ref[np.ndarray]] = []
    living = []

    def many() -> Iterator[Frames]:
        for shade in range(40):
            rgb = np.full((3, 48, 64, 3), shade, np.uint8)
            films.append(weakref.ref(rgb))
            living.append(sum(film() is not None for film in films))
            yield Frames.of(rgb, (0, 2, 4))

    engine._remember, engine._seconds = False, 0.01
    with Captioner(jobs=2) as made:
        assert all(isinstance(told, Caption) for told in made.stream(many()))
    assert 2 < max(living) <= 1 + 100_000 // (3 * 48 * 64 * 3) + 1


def test_readers_are_captioned_as_their_files(colour: Captioner, tmp_path: Path) -> None:
    paths = make_clips(tmp_path, 3)
    told = list(colour.stream(decord.VideoReader(str(path)) for path in paths))
    assert [each.text for each in told if isinstance(each, Caption)] == [
        each.text for each in colour.stream(paths) if isinstance(each, Caption)
    ]
    assert [each.clip for each in told] == [None] * 3


def test_a_stream_keeps_the_order_and_reads_as_it_goes(colour: Captioner, engine: ColourEngine, tmp_path: Path) -> None:
    paths = make_clips(tmp_path, 3)
    read: list[int] = []

    def endless() -> Iterator[Path]:
        for number in count():
            read.append(number)
            yield paths[number % 3]

    stream = colour.stream(endless())
    told = [next(stream) for _ in range(10)]
    assert [Path(each.clip.path) for each in told if each.clip] == [paths[number % 3] for number in range(10)]
    assert len(read) <= 2 * engine.clips_in_flight + 10
    stream.close()


def test_a_stream_gives_each_as_it_is_finished(colour: Captioner, tmp_path: Path) -> None:
    paths = make_clips(tmp_path, 6)
    told = list(colour.stream(paths, ordered=False))
    assert sorted(each.clip.path for each in told if each.clip) == sorted(map(str, paths))


def test_a_stream_inside_an_event_loop(colour: Captioner, tmp_path: Path) -> None:
    paths = make_clips(tmp_path, 3)

    async def slowly() -> object:
        for path in paths:
            await asyncio.sleep(0)
            yield path

    async def all_of(sources: object) -> list[str]:
        return [Path(each.clip.path).name async for each in colour.astream(sources) if each.clip]  # type: ignore[arg-type]

    for sources in (paths, slowly()):
        assert asyncio.run(all_of(sources)) == [path.name for path in paths]

    async def single() -> object:
        return colour(paths[0])  # as in a notebook, whose loop is running

    assert isinstance(asyncio.run(single()), Caption)


def test_failures_are_values_or_raised_or_left_out(engine: ColourEngine, tmp_path: Path) -> None:
    (good,) = make_clips(tmp_path, 1)
    (tmp_path / "bad.mp4").write_bytes(b"no film")
    paths = [tmp_path / "bad.mp4", good, tmp_path / "none.mp4"]
    with Captioner() as made:
        told = list(made.stream(paths))
        assert [each.reason if isinstance(each, Failure) else "" for each in told] == ["unreadable", "", "missing"]
        made.on_error = "skip"
        assert [type(each) for each in made.stream(paths)] == [Caption]
        assert made(paths[0]) is None
        made.on_error = "raise"
        with pytest.raises(ClipError, match="unreadable"):
            made(paths[0])


def test_what_the_filter_leaves_nothing_of_is_a_failure_with_the_words(engine: ColourEngine, tmp_path: Path) -> None:
    (path,) = make_clips(tmp_path, 1)
    engine._answer = lambda question: "I'm sorry, but I can't help with that."
    with Captioner(mode="grid") as made:
        told = made(path)
    assert isinstance(told, Failure)
    assert told.reason == "refusal"
    assert told.caption
    assert told.caption.raw.startswith("I'm sorry")


def test_a_dataset_is_mapped(colour: Captioner, tmp_path: Path) -> None:
    paths = [*map(str, make_clips(tmp_path, 3)), "none.mp4"]
    mapped = Dataset.from_dict({"path": paths}).map(colour.batch, batched=True, batch_size=2)
    assert mapped["reason"] == ["", "", "", "missing"]
    assert [bool(caption) for caption in mapped["caption"]] == [True, True, True, False]
    assert mapped["flags"] == [""] * 4


def test_many_threads_ask(colour: Captioner, tmp_path: Path) -> None:
    paths = make_clips(tmp_path, 8)
    told: dict[Path, object] = {}
    threads = [threading.Thread(target=lambda path=path: told.update({path: colour(path)})) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(told[path], Caption) and told[path].clip.path == str(path) for path in paths)  # type: ignore[attr-defined]


def test_a_fork_refuses_and_a_pickled_one_is_made_anew(colour: Captioner, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    if not (child := os.fork()):
        try:
            colour("a.mp4")
        except UsageError as error:
            os.write(writing, str(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    assert b"another process" in os.read(reading, 1000)
    (path,) = make_clips(tmp_path, 1)
    colour.on_error = "skip"
    with pickle.loads(pickle.dumps(colour)) as other:
        assert isinstance(other(path), Caption)
        assert other.on_error == "skip"


def test_who_waits_is_told_of_the_end(monkeypatch: pytest.MonkeyPatch, engine: ColourEngine, tmp_path: Path) -> None:
    (path,) = make_clips(tmp_path, 1)
    engine._seconds = 1000.0
    made = Captioner()
    faults: list[Exception] = []

    def ask() -> None:
        try:
            made(path)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    while len(engine.asked) < 3:
        time.sleep(0.01)
    closing = [threading.Thread(target=made.close) for _ in range(2)]
    for thread in closing:
        thread.start()
    for thread in (*threads, *closing):
        thread.join(timeout=30)
    assert [type(fault) for fault in faults] == [RunError] * 3
    assert engine.closed


def test_one_that_is_forgotten_lets_go(engine: ColourEngine, tmp_path: Path) -> None:
    (path,) = make_clips(tmp_path, 1)
    made = Captioner(jobs=1)
    assert isinstance(made(path), Caption)
    workers = [worker.process for worker in made._pool._all]
    with pytest.warns(ResourceWarning, match="not closed"):
        del made
    assert engine.closed
    assert workers
    assert all(worker.poll() is not None for worker in workers)


WITH_COLOURS = """
import sys
from recaption import Captioner, captioner
from recaption.engines import choose
from tests.clips import ColourEngine

choose.choose = lambda model, revision: choose.Choice("colour", "")
captioner.load = lambda choice, serving, asked: ColourEngine()
"""


def run_alone(program: str, folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a program with the engine of these tests in a Python of its own."""
    script = folder / "program.py"
    script.write_text(WITH_COLOURS + program)
    line = [sys.executable, "-W", "always::ResourceWarning", script, *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


def test_one_that_is_forgotten_holds_up_no_interpreter(tmp_path: Path) -> None:
    (path,) = make_clips(tmp_path, 1)
    program = """
made = Captioner(jobs=1)
print(made(sys.argv[1]).text)
waiting = made.stream([sys.argv[1]] * 9)
print(next(waiting).text)
"""
    done = run_alone(program, tmp_path, path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Colours") == 2
    assert "ResourceWarning: a Captioner was not closed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_dataset_is_mapped_in_many_processes(colour: Captioner, tmp_path: Path) -> None:
    """They are forked, which is what `datasets` does."""
    paths = [*map(str, make_clips(tmp_path, 3)), "none.mp4"]
    rows = Dataset.from_dict({"path": paths})
    mapped = rows.map(colour.batch, batched=True, batch_size=2, num_proc=2)
    assert mapped["reason"][:] == ["", "", "", "missing"]
    assert mapped["caption"][:] == rows.map(colour.batch, batched=True)["caption"][:]


def test_a_spawned_process_makes_its_own(tmp_path: Path) -> None:
    """As `datasets` hands it over where its `multiprocess` is told to spawn."""
    program = """
if __name__ == "__main__":
    import multiprocess

    with Captioner(jobs=1) as made, multiprocess.get_context("spawn").Pool(1) as pool:
        (told,) = pool.map(made.batch, [{"path": sys.argv[1:]}])
        assert told == made.batch({"path": sys.argv[1:]})
    print(told["reason"])
"""
    done = run_alone(program, tmp_path, *make_clips(tmp_path, 2), "none.mp4")
    assert done.returncode == 0, done.stderr
    assert "['', '', 'missing']" in done.stdout


def test_a_notebook_asks_though_its_loop_is_running(tmp_path: Path) -> None:
    """In a real kernel of Jupyter."""
    paths = [str(path) for path in make_clips(tmp_path, 2)]
    cells = [
        f"{WITH_COLOURS}made, paths = Captioner(jobs=1), {paths}",
        "first = made(paths[0]).text",
        "assert [each.text async for each in made.astream(paths)][0] == first",
        "assert [each.text for each in made.stream(paths)][0] == first",
        "import asyncio\nasyncio.get_running_loop()\nmade.close()\nfirst",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    where = {"metadata": {"path": str(Path(__file__).parents[1])}}
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources=where).execute()
    assert "Colours" in notebook.cells[-1].outputs[0]["data"]["text/plain"]


def test_a_slow_source_is_answered_as_it_goes(colour: Captioner, tmp_path: Path) -> None:
    paths = make_clips(tmp_path, 3)

    def slowly() -> Iterator[Path]:
        for path in paths:
            yield path
            time.sleep(2)
        raise AssertionError("read to its end")

    stream = colour.stream(slowly())
    assert isinstance(next(stream), Caption)
    stream.close()


def test_what_is_no_clip_is_a_failure(colour: Captioner, tmp_path: Path) -> None:
    (path,) = make_clips(tmp_path, 1)
    rgb = np.zeros((2, 4, 4, 3), np.uint8)
    wrong = [Frames((0.0,), rgb, 1.0), Frames((2.0, 0.0), rgb, 2.0)]
    told = list(colour.stream([None, "a\0b", *wrong, path]))  # type: ignore[list-item]
    assert [each.reason if isinstance(each, Failure) else "" for each in told] == [
        *("row",) * 4,
        "",
    ]


def test_a_span_by_hand(colour: Captioner, tmp_path: Path) -> None:
    (path,) = make_clips(tmp_path, 1)
    told = colour(Clip(str(path), 2.0, 4.0))
    assert isinstance(told, Caption)
    assert told.clip
    assert (told.clip.start, told.clip.end, told.clip.size) == (2.0, 4.0, path.stat().st_size)


def test_a_closed_one_says_so(engine: ColourEngine) -> None:
    made = Captioner()
    made.close()
    made.close()
    with pytest.raises(UsageError, match="is closed"):
        made("a.mp4")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"mode": "gird"}, "known modes"),
        ({"mode": "grid", "context": "history"}, "--context"),
        ({"jobs": 0}, "decode workers"),
        ({"on_error": "rasie"}, "rasie"),
        ({"merge": "nosuch"}, "nosuch"),
        ({"max_tokens": 0}, "max_tokens=0"),
    ],
)
def test_wrong_options_are_told(options: dict[str, object], said: str, engine: ColourEngine) -> None:
    with pytest.raises(UsageError, match=said):
        Captioner(**options)  # type: ignore[arg-type]


def test_names_and_defaults_are_those_of_the_command() -> None:
    command = {option.name: option.default for option in cli.cli.commands["caption"].params}
    made = {name: each.default for name, each in inspect.signature(Captioner).parameters.items()}
    shared = made.keys() - {"serving", "on_error"}
    assert shared <= command.keys()
    given = shared - {"model", "keyframe_model", "revision", "budget", "without"}
    assert {name: made[name] for name in given} == {name: command[name] for name in given}


def test_public_names_are_all_told() -> None:
    assert recaption.__all__ == sorted(recaption.__all__)
    assert set(recaption.__all__) == {name for names in recaption._HOMES.values() for name in names}
    assert set(recaption.__all__) <= set(dir(recaption))
    for name in recaption.__all__:
        thing = getattr(recaption, name)
        assert inspect.getdoc(thing), name
        for part, method in inspect.getmembers(thing, inspect.isroutine):
            if not part.startswith("_") and getattr(method, "__module__", "").startswith("recaption"):
                assert method.__doc__, f"{name}.{part}"
    with pytest.raises(AttributeError, match="'Captoiner'"):
        recaption.Captoiner  # noqa: B018


def test_importing_is_light() -> None:
    """Neither the package nor making Captioner's class known brings a model's libraries."""
    seen = "import sys, recaption; recaption.Captioner; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert not {"torch", "transformers", "vllm", "openai", "decord", "datasets", "ray"} & set(done.stdout.split())
