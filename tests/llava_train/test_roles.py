"""Lessons ask what the captioner asks, of the frames that the captioner takes: the same token ids, the same pixels."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from llava_train import formats, roles
from llava_train.formats import Reading
from llava_train.recipe import Data
from llava_train.roles import ROLES, Lesson
from llava_train.samples import IGNORED, Encoder, Sample
from recaption import prompts
from recaption.caption import longest
from recaption.clip import Clip, Question
from recaption.engines.encoding import LlavaEncoder
from recaption.engines.rendering import Renderer
from recaption.films import Showing, caption_clips
from recaption.modes import MODES
from recaption.run import Settings
from recaption.schedule import Tally
from recaption.scripted import files
from recaption.scripted.world import Script
from recaption.store import Fingerprint, MemoryStore, caption_row
from recaption.video.decode import decode
from recaption.video.layout import arrange
from recaption.video.sample import Every, Sampling, Uniform
from recaption.video.workers import DecodePool
from tests.clips import ColourEngine
from tests.models import compose_small

DEFAULT = prompts.load("default")
EVERY, SPREAD = Every(2.0, 64), Uniform(16)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Script]]:
    return list(files.make(tmp_path_factory.mktemp("clips"), 2, seed=31, seconds=(5.0, 7.0), size=(320, 180)))


def lessons(script: Script, name: str) -> list[Lesson[Script]]:
    told = roles.tell(script, random.Random(1), EVERY, SPREAD)
    return [lesson for role in told.roles for lesson in roles.lessons(told, role, prompts.load(name))]


@pytest.mark.parametrize("name", ["default", "sharecaptioner"])
def test_every_role_has_its_lesson(made: list[tuple[Path, Script]], name: str) -> None:
    for _, script in made:
        told = lessons(script, name)
        assert {lesson.role for lesson in told} == set(ROLES)
        for lesson in told:
            assert lesson.answer
            assert bool(lesson.times) == (lesson.role not in ("summary", "recaption"))


def test_a_pair_is_told_what_the_step_before_said(made: list[tuple[Path, Script]]) -> None:
    told = lessons(made[0][1], "default")
    first = next(lesson for lesson in told if lesson.role == "first")
    pairs = [lesson for lesson in told if lesson.role == "pair"]
    for before, pair in zip([first, *pairs], pairs, strict=False):
        assert pair.prompt.text.endswith(before.answer)
        assert pair.times[0] == before.times[-1]


@pytest.mark.parametrize("name", ["default", "sharecaptioner"])
def test_scripted_lessons_show_what_the_captioner_decodes(made: list[tuple[Path, Script]], name: str) -> None:
    """The same frames in the same layout, up to what H.264 loses."""
    words = prompts.load(name)
    for path, script in made:
        every, spread = (decode(Clip.of(path), s, 1024) for s in (EVERY, SPREAD))
        shown = {"first": every[:1], "pair": every[:2], "fast": list(every), "video": list(every), "grid": list(spread)}
        for role, frames in shown.items():
            lesson = next(lesson for lesson in lessons(script, name) if lesson.role == role)
            decoded = arrange(lesson.prompt.layout, frames, 1024)
            drawn = roles.sample(lesson, words, 320).pictures(1024)
            assert [p.shape for p in drawn] == [p.shape for p in decoded]
            for a, b in zip(drawn, decoded, strict=True):
                assert np.abs(a.astype(int) - b.astype(int)).mean() < 6


class Captioned:
    """What a real captioning run asked, and its rows."""

    def __init__(
        self, paths: list[Path], mode: str, name: str, sampling: Sampling, seen: int, hint: str | None
    ) -> None:
        engine = ColourEngine()
        engine.longest = seen  # type: ignore[assignment]
        words, store = prompts.load(name), MemoryStore()
        showing = Showing(mode, words, sampling, longest(words, mode, engine))
        clips = [Clip(**{**vars(Clip.of(path)), "text": hint}) for path in paths]

        async def run() -> None:
            async with DecodePool(1, 60) as pool:
                await caption_clips(clips, showing, Settings(), engine, store, pool, Tally())

        asyncio.run(run())
        fingerprint = Fingerprint(mode, "colour", name, "", "", 512)
        self.asked: list[Question] = engine.asked
        self.rows: list[dict[str, Any]] = [
            json.loads(json.dumps(caption_row(clip, store.captions[clip], fingerprint))) for clip in clips
        ]


class Seen:
    """What the transformers engine makes of a question for its model."""

    def __init__(self) -> None:
        self.model, self.processor = compose_small(image_size=28, context=8192)
        self.encoder = LlavaEncoder(self.model, self.processor, remember=0)
        self.renderer = Renderer(self.processor, self.encoder.picture_tokens)
        self.pixels: list[torch.Tensor] = []
        tower = self.model.model.vision_tower
        tower.register_forward_pre_hook(
            lambda _, words, named: self.pixels.append(words[0] if words else named["pixel_values"]), with_kwargs=True
        )

    def of(self, question: Question) -> tuple[list[int], torch.Tensor]:
        self.pixels.clear()
        ids = self.encoder.batch([self.renderer.prompt(question)])["input_ids"][0].tolist()
        return ids, torch.cat([torch.empty(0, 3, 28, 28), *self.pixels])


@pytest.fixture(scope="module")
def seen() -> Seen:
    return Seen()


def prompt_of(sample: Sample, encoder: Encoder) -> tuple[list[int], torch.Tensor]:
    words = encoder.words(sample)
    start = int((words.labels != IGNORED).nonzero()[0, 0])
    return words.ids[:start].tolist(), encoder.pixels(sample)


@pytest.mark.parametrize("name", ["default", "sharecaptioner"])
@pytest.mark.parametrize("hint", [None, "a cartoon"])
@pytest.mark.parametrize(
    ("mode", "sampling", "taught"),
    [
        ("diffsw", EVERY, ["first", "pair", "summary"]),
        ("fast", EVERY, ["fast"]),
        ("grid", SPREAD, ["grid"]),
        ("video", EVERY, ["video"]),
    ],
)
def test_training_sees_what_the_engine_sends(
    made: list[tuple[Path, Script]],
    seen: Seen,
    mode: str,
    sampling: Sampling,
    taught: list[str],
    name: str,
    hint: str | None,
) -> None:
    """Captions of a run become samples: their prompts are the run's questions, each of them and no other."""
    encoder = Encoder(seen.processor, 8192)
    with torch.no_grad():
        run = Captioned([made[0][0]], mode, name, sampling, encoder.seen, hint)
        sent = [seen.of(question) for question in run.asked]
    (row,) = run.rows
    found: set[int] = set()
    for role in taught:
        reading = Reading.of(Data(path="captions.jsonl", prompts=name, roles={role: 1.0}))
        for seed in range(20 if role == "pair" else 1):
            ids, pixels = prompt_of(formats.sample(row, reading, random.Random(seed)), encoder)
            same = [i for i, (asked, _) in enumerate(sent) if asked == ids]
            assert len(same) == 1, role
            assert torch.equal(sent[same[0]][1], pixels)
            found.update(same)
    assert found == set(range(len(sent)))
    assert len(sent) >= len(taught)


def test_every_mode_of_one_clip_has_its_role() -> None:
    asked = {role for mode in MODES.values() for role in mode.roles} - {"next", "frame", "middle"}
    assert asked == set(roles.MODE)
    assert all(role in MODES[mode].roles for role, mode in roles.MODE.items())


def test_a_prompt_to_rewrite_is_asked_in_the_very_words(made: list[tuple[Path, Script]], seen: Seen) -> None:
    lesson = next(lesson for lesson in lessons(made[0][1], "default") if lesson.role == "recaption")
    told = roles.tell(made[0][1], random.Random(1), EVERY, SPREAD)
    ids, pixels = prompt_of(roles.sample(lesson, DEFAULT, 64), Encoder(seen.processor, 8192))
    assert ids == seen.of(Question(DEFAULT.recaption(told.brief).text))[0]
    assert len(pixels) == 0
