"""Lessons ask what the captioner asks, of the frames that the captioner takes."""

import random

import numpy as np
import pytest

from llava_train.roles import ROLES, lessons
from recaption import prompts
from recaption.clip import Clip
from recaption.modes import MODES
from recaption.scripted import files
from recaption.video.decode import decode
from recaption.video.layout import arrange
from recaption.video.sample import Every, Uniform

DEFAULT = prompts.load("default")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return list(files.make(tmp_path_factory.mktemp("clips"), 2, seed=31, seconds=(5.0, 7.0), size=(320, 180)))


@pytest.mark.parametrize("name", ["default", "sharecaptioner"])
def test_every_role_has_its_lesson(made, name):
    for _, script in made:
        told = lessons(script, prompts.load(name), random.Random(1))
        assert {lesson.role for lesson in told} == set(ROLES)
        for lesson in told:
            assert lesson.answer
            assert bool(lesson.times) == (lesson.role not in ("summary", "recaption"))


def test_a_pair_is_told_what_the_step_before_said(made):
    told = lessons(made[0][1], DEFAULT, random.Random(1))
    first = next(lesson for lesson in told if lesson.role == "first")
    pairs = [lesson for lesson in told if lesson.role == "pair"]
    for before, pair in zip([first, *pairs], pairs, strict=False):
        assert pair.prompt.text.endswith(before.answer)
        assert pair.times[0] == before.times[-1]


@pytest.mark.parametrize("name", ["default", "sharecaptioner"])
def test_lessons_show_what_the_captioner_decodes(made, name):
    """The same frames in the same layout, up to what H.264 loses."""
    words = prompts.load(name)
    for path, script in made:
        told = lessons(script, words, random.Random(1))
        every, spread = (decode(Clip.of(path), s, 1024) for s in (Every(2.0, 64), Uniform(16)))
        shown = {"first": every[:1], "pair": every[:2], "fast": list(every), "grid": list(spread)}
        assert set(shown) == {role for mode in MODES.values() for role in mode.roles} - set(prompts.LATER)
        for role, frames in shown.items():
            lesson = next(lesson for lesson in told if lesson.role == role)
            decoded = arrange(lesson.prompt.layout, frames)
            drawn = lesson.pictures(320)
            assert [p.shape for p in drawn] == [p.shape for p in decoded]
            for a, b in zip(drawn, decoded, strict=True):
                assert np.abs(a.astype(int) - b.astype(int)).mean() < 6
