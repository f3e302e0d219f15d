"""Every format from real files: pictures and films that are there, and rows that are wrong."""

from __future__ import annotations

import io
import multiprocessing
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from llava_train import films
from llava_train.formats import Reading, sample
from llava_train.recipe import Data
from llava_train.samples import Sample, SampleError
from recaption.clip import Clip, Picture
from recaption.video.decode import decode
from recaption.video.sample import At, Every, Uniform
from tests.clips import clip

SEEN = 1000
IMAGE = {"type": "image"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    Image.new("RGB", (6, 4), (255, 0, 0)).save(folder / "red.png")
    Image.new("L", (6, 4), 9).save(folder / "grey.png")
    (folder / "broken.png").write_bytes((folder / "red.png").read_bytes()[:40])
    (folder / "broken.mp4").write_bytes(b"no film")
    clip(folder / "film.mp4", [(200, 0, 0), (0, 200, 0), (0, 0, 200)])  # 6 seconds
    return folder


def read(row: dict[str, Any], folder: Path, seed: int = 0, **settings: Any) -> Sample:
    return sample(row, Reading.of(Data(path="rows.json", files=str(folder), **settings)), random.Random(seed))


def text(words: str) -> dict[str, str]:
    return {"type": "text", "text": words}


def talk(question: str, answer: str = "an answer") -> list[dict[str, str]]:
    return [{"from": "human", "value": question}, {"from": "gpt", "value": answer}]


def chat(question: Any, answer: Any = "an answer") -> list[dict[str, Any]]:
    return [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]


def frames(folder: Path, sampling: Any) -> list[Picture]:
    return list(decode(Clip.of(folder / "film.mp4"), sampling).rgb)


def same(one: list[Picture], other: list[Picture]) -> bool:
    return len(one) == len(other) and all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_llava_rows_become_chats(folder: Path) -> None:
    one = read({"image": "red.png", "conversations": talk("<image>\nwhat is it?", "red")}, folder)
    assert one.messages == chat([IMAGE, text("what is it?")], [text("red")])
    assert one.pictures(SEEN)[0].shape == (4, 6, 3)
    assert one.pictures(SEEN)[0][0, 0].tolist() == [255, 0, 0]
    names = ["red.png", "grey.png"]
    two = read({"image": names, "conversations": talk("first <image> then <image>\nwhat changed?")}, folder)
    assert two.messages[0]["content"] == [text("first "), IMAGE, text(" then "), IMAGE, text("what changed?")]
    assert two.pictures(SEEN)[1][0, 0].tolist() == [9, 9, 9]
    three = read({"conversations": talk("hello") + talk("and?", "well")}, folder)
    assert three.pictures(SEEN) == []
    assert [message["role"] for message in three.messages] == ["user", "assistant"] * 2


PARTS = [{**IMAGE, "image": "red.png", "text": None}, text("and"), {**IMAGE, "path": "grey.png"}]


@pytest.mark.parametrize(
    "row",
    [
        {"messages": chat("<image>and<image>"), "images": ["red.png", "grey.png"]},
        {"messages": chat([IMAGE, text("and"), IMAGE]), "images": ["red.png", "grey.png"]},
        {"messages": chat(PARTS, [text("an answer")])},
        {"messages": chat([IMAGE, *PARTS[1:]]), "image": "red.png", "conversations": None},
    ],
    ids=["words", "parts", "parts with paths", "both"],
)
def test_chats_take_their_pictures_from_where_they_are(folder: Path, row: dict[str, Any]) -> None:
    made = read(row, folder)
    assert made.messages == chat([IMAGE, text("and"), IMAGE], [text("an answer")])
    assert [picture[0, 0].tolist() for picture in made.pictures(SEEN)] == [[255, 0, 0], [9, 9, 9]]


def test_pictures_inside_a_row_are_read(folder: Path) -> None:
    png = io.BytesIO()
    Image.new("RGB", (3, 2), (0, 0, 255)).save(png, "PNG")
    row = {"messages": chat("<image>what?"), "images": [{"bytes": png.getvalue(), "path": None}]}
    assert read(row, folder).pictures(SEEN)[0][0, 0].tolist() == [0, 0, 255]
    row["images"] = [{"bytes": None, "path": "red.png"}]
    assert read(row, folder).pictures(SEEN)[0][0, 0].tolist() == [255, 0, 0]


@pytest.mark.parametrize(
    "row",
    [
        {"messages": chat("<video>\nwhat moves?"), "videos": ["film.mp4"]},
        {"messages": chat([{"type": "video", "video": "film.mp4"}, text("what moves?")])},
        {"video": "film.mp4", "conversations": talk("<video>\nwhat moves?")},
        {"video": "film.mp4", "conversations": talk("<image>\nwhat moves?")},
    ],
    ids=["words", "parts", "LLaVA", "LLaVA-Video"],
)
def test_films_become_frames_with_their_times(folder: Path, row: dict[str, Any]) -> None:
    made = read(row, folder)
    times = [text("0.00 seconds:"), text("2.00 seconds:"), text("4.00 seconds:"), text("5.50 seconds:")]
    shown = [part for time in times for part in (time, IMAGE)]
    assert made.messages == chat([*shown, text("what moves?")], [text("an answer")])
    assert same(made.pictures(SEEN), frames(folder, Every(2.0, 64)))
    assert max(made.pictures(20)[0].shape) == 20


def test_films_are_sampled_as_the_recipe_says(folder: Path) -> None:
    row = {"messages": chat("<video>"), "videos": ["film.mp4"]}
    assert same(read(row, folder, every=0.0, frames=5).pictures(SEEN), frames(folder, Uniform(5)))
    assert same(read(row, folder, every=1.0, max_frames=3).pictures(SEEN), frames(folder, Every(1.0, 3)))


KEYFRAMES = {
    "video_path": "film.mp4",
    "keyframe": [0, 2.2, 4],
    "captions": [
        {"idx": "2", "content": "It turned green."},
        {"idx": "1", "content": "All is red."},
        {"idx": "3", "content": "It turned blue."},
        {"idx": "-1", "content": "From red to green to blue."},
    ],
}
CAPTIONED = {
    "id": "x",
    "path": "film.mp4",
    "start": None,
    "end": None,
    "text": None,
    "mode": "diffsw",
    "caption": "From red to green to blue.",
    "steps": [
        {"start": 0.0, "end": 0.0, "text": "All is red."},
        {"start": 0.0, "end": 2.2, "text": "It turned green."},
        {"start": 2.2, "end": 4.0, "text": "It turned blue."},
    ],
}


@pytest.mark.parametrize("row", [KEYFRAMES, CAPTIONED], ids=["ShareGPT4Video", "captions.jsonl"])
def test_captioned_films_give_the_lesson_of_a_role(folder: Path, row: dict[str, Any]) -> None:
    shown = {"first": (0.0,), "summary": (), "video": (0.0, 2.2, 4.0)}
    for role, times in shown.items():
        made = read(row, folder, roles={role: 1.0})
        assert same(made.pictures(SEEN), frames(folder, At(times)) if times else [])
        answer = "All is red." if role == "first" else "From red to green to blue."
        assert made.messages[1]["content"] == [text(answer)]
    pairs = [read(row, folder, seed, roles={"pair": 1.0}) for seed in range(8)]
    assert {made.messages[1]["content"][0]["text"] for made in pairs} == {"It turned green.", "It turned blue."}
    last = next(made for made in pairs if made.messages[1]["content"] == [text("It turned blue.")])
    assert same(last.pictures(SEEN), frames(folder, At((2.2, 4.0))))
    words = last.messages[0]["content"][-1]["text"]
    assert "frame 2 at 2.20 seconds and frame 3 at 4.00 seconds" in words
    assert words.endswith("It turned green.")


def test_rows_of_other_modes_give_lessons_of_the_whole_clip(folder: Path) -> None:
    row = {**CAPTIONED, "mode": "frames", "start": 1.0, "text": "colours"}
    span = Clip.of(folder / "film.mp4", 1.0)
    made = read(row, folder, roles={"video": 1.0, "first": 9.0})
    assert same(made.pictures(SEEN), list(decode(span, Every(2.0, 64)).rgb))
    assert made.messages[0]["content"][-1]["text"].endswith("in a few words, which may be wrong: colours")
    brief = read(row, folder, roles={"recaption": 1.0})
    assert brief.messages == chat(
        [text("Turn this short prompt for a video into a detailed caption: colours")],
        [text("From red to green to blue.")],
    )
    with pytest.raises(SampleError, match=r"format: .*no lesson of pair"):
        read(row, folder, roles={"pair": 1.0})


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"image": "red.png"}, "no conversations, messages"),
        ({"image": "red.png", "conversations": talk("what?")}, "1 pictures or films more"),
        ({"conversations": talk("<image>what?")}, "IndexError"),
        ({"conversations": talk("what?")[:1]}, "turns of user and assistant"),
        ({"conversations": talk("what?")[::-1]}, "turns of user and assistant"),
        ({"conversations": [{"from": "robot", "value": "x"}]}, "robot"),
        ({"conversations": []}, "turns of user and assistant"),
        ({"conversations": "hello"}, "TypeError"),
        ({"conversations": talk("what?", " ")}, "an answer has no words"),
        ({"messages": chat("what?", None)}, "TypeError"),
        ({"messages": chat([{"type": "sound"}])}, "sound"),
        ({"messages": chat([text("x")], [text(None)])}, "NoneType"),  # type: ignore[arg-type]
        ({**KEYFRAMES, "keyframe": [0, 2]}, "zip"),
        ({**KEYFRAMES, "captions": KEYFRAMES["captions"][:3]}, "KeyError: -1"),
        ({**CAPTIONED, "caption": ""}, "nothing is told"),
        ({**CAPTIONED, "steps": [{"text": "x"}]}, "KeyError: 'start'"),
    ],
)
def test_rows_that_do_not_fit_together_are_refused(folder: Path, row: dict[str, Any], message: str) -> None:
    with pytest.raises(SampleError, match=f"format: .*{message}"):
        read(row, folder)


@pytest.mark.parametrize(
    ("row", "reason", "name"),
    [
        ({"image": "gone.png", "conversations": talk("<image>")}, "missing", "gone.png"),
        ({"image": "broken.png", "conversations": talk("<image>")}, "unreadable", "broken.png"),
        ({"image": "film.mp4", "conversations": talk("<image>")}, "unreadable", "film.mp4"),
        ({"messages": chat("<image>"), "images": [{"bytes": b"x", "path": "a.png"}]}, "unreadable", "a.png"),
        ({"video": "gone.mp4", "conversations": talk("<video>")}, "missing", "gone.mp4"),
        ({"video": "broken.mp4", "conversations": talk("<video>")}, "unreadable", "broken.mp4"),
        ({**KEYFRAMES, "video_path": "gone.mp4"}, "missing", "gone.mp4"),
        ({**KEYFRAMES, "keyframe": [0, 2, 6.2]}, "span", "film.mp4"),
        ({**CAPTIONED, "mode": "video", "steps": [], "start": 9.0}, "span", "film.mp4"),
    ],
)
def test_what_cannot_be_loaded_is_told_by_reason(folder: Path, row: dict[str, Any], reason: str, name: str) -> None:
    with pytest.raises(SampleError, match=name) as caught:
        read(row, folder, roles={"video": 1.0}).pictures(SEEN)
    assert caught.value.reason == reason


def test_films_are_read_in_a_process_that_was_forked_off_and_in_its_parent(folder: Path) -> None:
    row = {"messages": chat("<video>"), "videos": ["film.mp4"]}
    expected = read(row, folder).pictures(SEEN)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert same(pool.apply(_film, (row, folder)), expected)
    assert same(read(row, folder).pictures(SEEN), expected)
    films.close()
    assert same(read(row, folder).pictures(SEEN), expected)


def _film(row: dict[str, Any], folder: Path) -> list[Picture]:
    return read(row, folder).pictures(SEEN)
