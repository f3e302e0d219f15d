"""`--keyframes similar` from the command, from Python, and with every kind of engine."""

from __future__ import annotations

import gc
import json
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recaption import Caption, Captioner, Frames, RunError, UsageError, captioner, cli
from recaption.curate.embedding import Embedder
from recaption.engines.choose import Choice
from recaption.engines.serving import Asked, Serving
from tests.clips import ColourEngine, clip
from tests.engines.servers import serving
from tests.models import small_clip, small_llava

RED, BLUE, BLACK = (220, 30, 30), (20, 40, 230), (0, 0, 0)


@pytest.fixture(scope="module")
def tower(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_clip(tmp_path_factory.mktemp("clip"))


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """Frames every two seconds: red, red, red, blue, blue, and the last one, blue."""
    clip(tmp_path / "films" / "a.mp4", [RED, RED, RED, BLUE, BLUE])
    return tmp_path / "films"


class Command:
    """The command in this process.

    Attributes:
        out, err: what the last call printed.
    """

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *words: str | Path) -> int:
        with pytest.raises(SystemExit) as left:
            cli.main([str(word) for word in words])
        self.out, self.err = self.capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code


@pytest.fixture
def recaption(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    return Command(capsys)


def row(out: Path = Path("captions")) -> dict[str, Any]:
    (only,) = [json.loads(line) for line in (out / "captions.jsonl").read_text().splitlines()]
    return dict(only)


def test_tiny_s_own_tower_chooses_what_tiny_is_shown(recaption: Command, films: Path) -> None:
    assert recaption(films, "--model", "tiny", "--keyframes", "similar", "--every", "1", "--jobs", "1") == 0
    # The last frame of two a second is at 9.5 s.
    assert [step["end"] for step in row()["steps"]] == [0.0, 6.0, 9.5]


def test_a_server_s_questions_show_what_another_tower_chose(recaption: Command, films: Path, tower: Path) -> None:
    with serving() as server:
        words = ("--base-url", server.url, "--keyframes", "similar", "--jobs", "1")
        assert recaption(films, *words, "--keyframe-model", tower) == 0
        assert [step["end"] for step in row()["steps"]] == [0.0, 6.0, 9.5]
        assert len(server.asked) == 4
        assert recaption(films, *words, "--out", "more") == 2
        assert "name one with --keyframe-model" in recaption.err
        assert recaption("--dry-run", films, *words) == 2


def test_another_run_is_one_with_another_tower(recaption: Command, films: Path, tower: Path, tmp_path: Path) -> None:
    other = small_clip(tmp_path / "other", seed=1)
    words = (films, "--model", "tiny", "--mode", "fast", "--jobs", "1")
    assert recaption(*words, "--keyframes", "similar", "--keyframe-model", tower) == 0
    for changed in ((), ("--keyframes", "similar", "--keyframe-model", other)):
        assert recaption(*words, *changed) == 1
        assert f"kept where the cosine by {tower}@" in recaption.err
        assert "is under 0.93 there" in recaption.err


def test_a_dry_run_says_what_it_can(recaption: Command, films: Path, tower: Path) -> None:
    assert recaption("--dry-run", films, "--keyframes", "similar") == 0
    told = recaption.out
    assert "every 2 s, at most 64; kept where the cosine by the captioner's own tower is under 0.93, into" in told
    assert "6 candidates at 0.00 2.00 4.00 6.00 8.00 9.50 of 10.00 s" in told
    assert recaption("--dry-run", films, "--mode", "grid", "--keyframes", "similar", "--keyframe-model", tower) == 0
    told = recaption.out
    assert f"kept where the cosine by {tower} is under 0.93, 16 at most, into" in told
    assert "6 candidates at 0.00" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--keyframe-model", "tiny"), "--keyframe-model tiny goes with --keyframes similar"),
        (("--keyframes", "similar", "--mode", "grid", "--frames", "0"), "--frames 0: at least 1"),
        (("--keyframes", "similar", "--max-frames", "1"), "--max-frames 1: at least 2"),
        (("--keyframes", "similar", "--keyframe-model", "./none"), "--keyframe-model ./none: no such folder"),
        (("--keyframes", "similar", "--keyframe-model", "words"), "words has no tower of CLIP or SigLIP"),
    ],
)
def test_wrong_options_are_told_before_anything_starts(
    words: tuple[str, ...], said: str, recaption: Command, films: Path
) -> None:
    Path("words").mkdir()
    Path("words/config.json").write_text('{"model_type": "llama"}')
    assert recaption(films, *words) in (1, 2)
    assert said in recaption.err
    assert not Path("captions").exists()


class Engine(ColourEngine):
    """Remembers what it was set up for."""

    set_up: Asked


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = Engine()

    def load(choice: Choice, serving: Serving | None, asked: Asked) -> Engine:
        engine.set_up = asked
        return engine

    monkeypatch.setattr(captioner, "load", load)
    return engine


@pytest.mark.parametrize("mode", ["diffsw", "grid", "fast", "frames", "video", "svd"])
def test_every_mode_shows_them(mode: str, engine: Engine, films: Path, tower: Path) -> None:
    given: dict[str, Any] = {"keyframes": "similar", "keyframe_model": str(tower), "jobs": 1}
    with Captioner(mode, "tiny", frames=2, **given) as made:
        told = made(films / "a.mp4")
    assert isinstance(told, Caption)
    shown = [len(question.pictures) for question in engine.asked]
    expected = {"diffsw": [1, 2, 2, 0], "grid": [1], "fast": [1], "frames": [1, 1, 1, 0], "video": [3]}
    assert shown == (expected | {"svd": [4, 1, 0]})[mode]
    assert engine.set_up.steps == (2 if mode == "grid" else 64)
    if mode == "grid":
        # A cell of 64 by 48 pixels each for the first and the last of the three, and a white band between them.
        colours = {tuple(pixel) for pixel in np.round(engine.asked[0].pictures[0][::24, ::32], -1).reshape(-1, 3)}
        assert len(colours) == 3


def test_frames_in_memory_are_candidates(engine: Engine, tower: Path) -> None:
    rgb = np.stack([np.full((48, 64, 3), colour, np.uint8) for colour in (BLACK, RED, RED, BLUE, BLUE)])
    rgb[1:, 10] = 255
    with Captioner("frames", "tiny", keyframes="similar", keyframe_model=str(tower), jobs=1) as made:
        told = made(Frames.of(rgb, (0, 1, 2.5, 3, 7), 8))
        one = made(Frames.of(rgb[:1], (0,), 1))
    assert isinstance(told, Caption)
    assert [step.start for step in told.steps] == [1.0, 3.0, 7.0]
    assert isinstance(one, Caption)
    assert [step.start for step in one.steps] == [0.0]


def test_the_tower_of_a_llava_is_found_in_its_folder(engine: Engine, films: Path, tmp_path: Path) -> None:
    llava = small_llava(tmp_path / "llava")
    with Captioner("frames", str(llava), keyframes="similar", jobs=1) as made:
        told = made(films / "a.mp4")
    assert isinstance(told, Caption)
    assert [step.start for step in told.steps] == [0.0, 6.0, 9.5]


def test_a_tower_that_cannot_be_loaded_leaves_no_engine_behind(engine: Engine, tower: Path) -> None:
    weights = tower / "model.safetensors"
    whole = weights.read_bytes()
    weights.unlink()
    try:
        with pytest.raises(RunError, match="can be loaded"):
            Captioner(model="tiny", keyframes="similar", keyframe_model=str(tower), jobs=1)
    finally:
        weights.write_bytes(whole)
    assert engine.closed


def test_the_tower_goes_with_the_rest(
    engine: Engine, films: Path, tower: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[weakref.ref[Embedder]] = []
    load = Embedder.load

    def noted(choice: Choice) -> Embedder:
        embedder = load(choice)
        loaded.append(weakref.ref(embedder))
        return embedder

    monkeypatch.setattr(Embedder, "load", noted)
    made = Captioner("frames", "tiny", keyframes="similar", keyframe_model=str(tower), jobs=1)
    assert isinstance(made(films / "a.mp4"), Caption)
    gc.collect()
    assert loaded[0]() is not None
    made.close()
    gc.collect()
    assert loaded[0]() is None
    with pytest.raises(UsageError, match="closed"):
        made(films / "a.mp4")


def test_other_keyframes_are_unknown(engine: Engine) -> None:
    with pytest.raises(UsageError, match="--keyframes some: say uniform or similar"):
        Captioner(model="tiny", keyframes="some")
