"""What sets hold beside whole clips and captions: cut clips, segments, parts, frames, motion and camera."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import av
import cv2
import pyarrow.parquet as pq
import pytest
from datasets import load_dataset
from webdataset import WebDataset

from recaption.clip import Clip, Frames
from recaption.errors import DecodeError, UsageError
from recaption.export import FORMATS
from recaption.export.export import export, places
from recaption.export.items import Options
from recaption.export.report import Written
from recaption.export.sets import write
from recaption.video.cut import aside
from recaption.video.decode import decode
from recaption.video.sample import All, At
from recaption.video.workers import DecodePool
from tests.clips import clip
from tests.export.readers import READERS, mark
from tests.video.films import named, read

RED, GREEN, BLUE = (220, 20, 20), (20, 200, 20), (20, 20, 220)


def row(path: Path, start: float | None = None, end: float | None = None, **more: Any) -> dict[str, Any]:
    """What DiffSW might have said, span by span."""
    steps = [
        {"start": 0.0, "end": 0.0, "text": "The image shows a red wall.</s>"},
        {"start": 0.0, "end": 2.0, "text": "The wall turns green."},
        {"start": 2.0, "end": 4.0, "text": "Nothing changes."},
        {"start": 4.0, "end": 5.5, "text": "In the second frame, the wall turns blue.\n\nIt stays blue."},
    ]
    return {
        **{"id": f"{path.stem}{start}", "path": str(path), "start": start, "end": end, "text": None, "mode": "diffsw"},
        **{"model": "colour", "prompts": "default", "caption": "A wall.", "raw": "A wall.", "steps": steps},
        **{"edits": [], "flags": [], "tokens": {"prompt": 1, "completion": 2}, "mean_logprob": None},
        **{"seconds": {"decode": 0.1, "model": 0.2}, **more},
    }


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clip(tmp_path_factory.mktemp("films") / "film.mp4", [RED, GREEN, BLUE])


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film whose frames carry their numbers, 25 a second."""
    return named("gop12.mp4").make(tmp_path_factory.mktemp("films"))


def written(rows: list[dict[str, Any]], name: str, dest: Path, **options: Any) -> list[Written]:
    return list(write(rows, FORMATS[name], dest, Options(**options)))


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(path: Path) -> list[int]:
    return [read(frame.rgb) for frame in decode(Clip.of(path), All())]


def test_spans_are_cut_to_the_frame_and_named_by_their_times(numbered: Path, tmp_path: Path) -> None:
    rows = [row(numbered, 0.0, 0.5), row(numbered, 0.48, 1.0), row(numbered, 1.0), row(numbered)]
    assert [each.refused for each in written(rows, "sidecar", tmp_path / "set", cut=True)] == [None] * 4
    assert {path.name: numbers(path) for path in (tmp_path / "set").glob("*.mp4")} == {
        "gop12-00000000-00000500ms.mp4": list(range(13)),
        "gop12-00000480-00001000ms.mp4": list(range(12, 25)),
        "gop12-00001000-end.mp4": list(range(25, 110)),
        "gop12.mp4": list(range(110)),
    }


def test_times_in_a_table_are_those_of_the_files_in_it(numbered: Path, tmp_path: Path) -> None:
    rows = [row(numbered, 0.48, 1.0)]
    for options, times in (({}, ("0.48", "1.0")), ({"cut": True}, ("", ""))):
        dest = tmp_path / str(len(options))
        assert [each.refused for each in written(rows, "csv", dest, **options)] == [None]
        (told,) = table(dest / "captions.csv")
        assert (told["start"], told["end"]) == times
        assert len(numbers(dest / told["path"])) == (13 if options else 110)


def test_a_span_that_cannot_be_cut_is_one_refused_row(numbered: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(numbered.read_bytes()[:2000])
    rows = [row(broken, 0.0, 1.0), row(numbered, 9.0, 10.0), row(numbered, 0.0, 0.48)]
    first, second, fine = written(rows, "cogvideo", tmp_path / "set", cut=True)
    assert {first.path, second.path} == {str(broken), str(numbered)}
    assert all(word in f"{first.refused} {second.refused}" for word in ("broken.mp4: ", "no part of a file"))
    assert fine.refused is None
    assert (tmp_path / "set" / "prompts.txt").read_text() == "A wall.\n"
    with pytest.raises(UsageError, match="no caption can be written"):
        written(rows[:2], "cogvideo", tmp_path / "none", cut=True)
    assert not (tmp_path / "none").exists()


def test_spans_that_would_share_a_name_carry_their_ids(
    numbered: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [row(numbered, 0.1, 0.2, id="one"), row(numbered, 0.1, 0.2, id="two")]
    written(rows, "cogvideo", tmp_path / "set", cut=True)
    assert {path.stem.rpartition("-")[2] for path in (tmp_path / "set" / "videos").iterdir()} == {"one", "two"}
    assert "would share a name" in caplog.text


def test_films_are_referred_to_beside_clips_that_are_cut(numbered: Path, tmp_path: Path) -> None:
    written([row(numbered), row(numbered, 0.0, 0.48)], "csv", tmp_path / "set", cut=True, placing="refer")
    assert [told["path"] for told in table(tmp_path / "set" / "captions.csv")] == [
        "videos/gop12-00000000-00000480ms.mp4",
        str(numbered),
    ]


SEGMENTS = [
    {"start": 0.0, "end": 4.0, "caption": "There is a red wall. The wall turns green."},
    {"start": 4.0, "end": 5.5, "caption": "The wall turns blue. It stays blue."},
]


def test_segments_and_parts_where_there_are_columns(film: Path, tmp_path: Path) -> None:
    found = {}
    for name in (name for name, format in FORMATS.items() if format.has_columns):
        dest = tmp_path / name
        assert [each.refused for each in written([row(film)], name, dest, segments=True, parts=True)] == [None]
        if name == "csv":
            (told,) = table(dest / "captions.csv")
            found[name] = {**told, "segments": json.loads(told["segments"])}
        elif name == "parquet":
            (found[name],) = pq.read_table(dest / "captions.parquet").to_pylist()
        elif name == "webdataset":
            found[name] = json.loads(next(iter(WebDataset(str(dest / "000000.tar"), shardshuffle=False)))["json"])
        else:
            data = load_dataset("videofolder", data_dir=str(dest), split="train", cache_dir=str(tmp_path / "cache"))
            (found[name],) = data.remove_columns("video").to_list()
    assert set(found) == {"csv", "parquet", "webdataset", "videofolder", "huggingface"}
    for told in found.values():
        assert told["segments"] == SEGMENTS
        assert told["first_frame"] == "There is a red wall."
        assert told["changes"] == "The wall turns green. The wall turns blue. It stays blue."


def step(start: float, end: float, text: str) -> dict[str, Any]:
    return {"start": start, "end": end, "text": text}


@pytest.mark.parametrize(
    ("steps", "segments"),
    [
        ([step(0, 0, "A wall."), step(2, 2, "A door.")], [(0, 2, "A wall."), (2, None, "A door.")]),
        ([step(0, 0, "A wall.")], [(0, None, "A wall.")]),
        ([step(0, 0, "</s>"), step(0, 2, "</s>"), step(2, 4, "A door opens.")], [(0, 4, "A door opens.")]),
        ([step(0, 0, "A wall."), step(2, 2, "</s>")], [(0, None, "A wall.")]),
    ],
)
def test_segments_have_no_gaps(
    steps: list[Any], segments: list[tuple[float, float | None, str]], film: Path, tmp_path: Path
) -> None:
    written([row(film, steps=steps)], "csv", tmp_path / "set", segments=True)
    (told,) = table(tmp_path / "set" / "captions.csv")
    assert [(each["start"], each["end"], each["caption"]) for each in json.loads(told["segments"])] == segments


@pytest.mark.parametrize("option", ["segments", "parts", "frames"])
def test_a_row_without_steps_is_refused_and_the_rest_is_written(option: str, film: Path, tmp_path: Path) -> None:
    bare, full = row(film, id="bare", steps=[]), row(film)
    refused, fine = written([bare, full], "csv", tmp_path / "set", **{option: True})
    assert "diffsw" in str(refused.refused)
    assert fine.refused is None


@pytest.mark.parametrize("middle", [0.0, 1.0, 2.0])
def test_captions_of_the_whole_clip_and_its_middle_frame_are_no_stretches(
    middle: float, film: Path, tmp_path: Path
) -> None:
    steps = [step(0, 4, "A wall turns green."), step(middle, middle, "There is a wall.")]
    for option in ("segments", "parts"):
        rows = [row(film, id="svd", mode="svd", steps=steps), row(film)]
        refused, fine = written(rows, "csv", tmp_path / option, **{option: True})
        assert "diffsw" in str(refused.refused)
        assert fine.refused is None
    written([row(film, mode="svd", steps=steps)], "csv", tmp_path / "frames", frames=True)
    (told,) = table(tmp_path / "frames" / "captions.csv")
    assert (float(told["time"]), told["caption"]) == (middle, "There is a wall.")


@pytest.mark.parametrize("name", ["sidecar", "parquet"])
def test_frames_have_the_words_said_of_each_alone(name: str, numbered: Path, tmp_path: Path) -> None:
    steps = [step(0, 0, "A wall.</s>"), step(0.52, 0.52, "The image shows a door."), step(0.7, 1.0, "It opens.")]
    done = written([row(numbered, 1.0, 3.0, steps=steps, flags=["hedge"])], name, tmp_path / "set", frames=True)
    assert [each.refused for each in done] == [None, None]
    assert [Path(each.path).name for each in done] == ["gop12-00001000ms.jpg", "gop12-00001520ms.jpg"]
    folder = tmp_path / "set" / (FORMATS[name].clips or "")
    pictures = [folder / Path(each.path).name for each in done]
    assert [read(cv2.imread(str(path))[..., ::-1]) for path in pictures] == [25, 38]
    told = {mark(pictures[0]): "A wall.", mark(pictures[1]): "There is a door."}
    if name == "parquet":
        table = pq.read_table(tmp_path / "set" / "captions.parquet")
        assert table["time"].to_pylist() == [0.0, 0.52]
        assert {mark(tmp_path / "set" / each["path"]): each["caption"] for each in table.to_pylist()} == told
    else:
        assert READERS[name](tmp_path / "set") == told


def test_a_clip_is_read_once_for_all_its_frames(
    numbered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[At] = []
    decode_in_a_worker = DecodePool.decode

    async def counted(self: DecodePool, clip: Clip, sampling: At, longest: int | None = None) -> Frames:
        asked.append(sampling)
        return await decode_in_a_worker(self, clip, sampling, longest)

    monkeypatch.setattr(DecodePool, "decode", counted)
    steps = [{"start": time, "end": time, "text": f"A wall at {time}."} for time in (0.0, 0.4, 0.8)]
    done = written([row(numbered, steps=steps)], "sidecar", tmp_path / "set", frames=True)
    assert [each.refused for each in done] == [None] * 3
    assert asked == [At((0.0, 0.4, 0.8))]


def test_a_cut_that_hangs_leaves_nothing(numbered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hanging(self: DecodePool, clip: Clip, dest: Path) -> None:
        aside(dest).write_bytes(b"half a film")
        raise DecodeError("deadline", f"{clip.path}: not decoded")

    done = DecodePool.cut
    monkeypatch.setattr(DecodePool, "cut", lambda self, clip, dest: (hanging if clip.start else done)(self, clip, dest))
    rows = [row(numbered, 0.0, 0.4), row(numbered, 0.4, 0.8)]
    written(rows, "cogvideo", tmp_path / "set", cut=True)
    assert len(list((tmp_path / "set" / "videos").iterdir())) == 1


def test_shards_tell_the_times_of_what_is_in_them(numbered: Path, tmp_path: Path) -> None:
    written([row(numbered, 0.4, 0.8)], "webdataset", tmp_path / "set", cut=True)
    (sample,) = WebDataset(str(tmp_path / "set" / "000000.tar"), shardshuffle=False)
    told = json.loads(sample["json"])
    assert (told["start"], told["end"], told["path"]) == (None, None, f"{sample['__key__']}.mp4")


def test_a_frame_is_the_whole_picture(film: Path, tmp_path: Path) -> None:
    written([row(film)], "csv", tmp_path / "set", frames=True)
    (told,) = table(tmp_path / "set" / "captions.csv")
    assert (told["path"], told["caption"], told["time"]) == (
        "videos/film-00000000ms.jpg",
        "There is a red wall.",
        "0.0",
    )
    picture = cv2.imread(str(tmp_path / "set" / told["path"]))[..., ::-1]
    (frame,) = decode(Clip.of(film), At((0.0,)))
    assert picture.shape == frame.rgb.shape
    assert abs(picture.astype(int) - frame.rgb).mean() < 2


def test_motion_and_camera_go_along(film: Path, tmp_path: Path) -> None:
    rows = [row(film, id="a", motion={"flow": 0.5}, camera="pan left"), row(film, id="b")]
    written(rows, "csv", tmp_path / "csv")
    told = table(tmp_path / "csv" / "captions.csv")
    assert {(each["id"], each["motion"], each["camera"]) for each in told} == {
        ("a", '{"flow": 0.5}', "pan left"),
        ("b", "", ""),
    }
    written(rows, "parquet", tmp_path / "parquet")
    told = pq.read_table(tmp_path / "parquet" / "captions.parquet").to_pylist()
    assert {(each["id"], each["motion"], each["camera"]) for each in told} == {
        ("a", '{"flow": 0.5}', "pan left"),
        ("b", None, None),
    }


def test_columns_of_others_do_not_pass_for_ours(film: Path, tmp_path: Path) -> None:
    written([row(film, time=3.0, segments="mine")], "csv", tmp_path / "set")
    (told,) = table(tmp_path / "set" / "captions.csv")
    assert told["path"] == "videos/film.mp4"
    assert told.keys().isdisjoint({"time", "segments"})


def test_a_format_without_a_place_names_those_that_have_one(tmp_path: Path) -> None:
    for option in ("segments", "parts", "frames"):
        for name in (name for name, format in FORMATS.items() if f"--{option}" not in places(format)):
            with pytest.raises(UsageError, match=f"--to {name} has no place for --{option}; these have: .*parquet"):
                list(export(tmp_path, name, tmp_path / "set", Options(**{option: True}), None))
    with pytest.raises(UsageError, match="make two sets"):
        list(export(tmp_path, "csv", tmp_path / "set", Options(frames=True, parts=True), None))
    with pytest.raises(UsageError, match="--dest"):
        list(export(tmp_path, "sidecar", None, Options(cut=True), None))


def test_pictures_of_cut_clips_are_those_of_the_film(film: Path, tmp_path: Path) -> None:
    written([row(film, 2.0, 4.0)], "sidecar", tmp_path / "set", cut=True)
    with av.open(str(tmp_path / "set" / "film-00002000-00004000ms.mp4")) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == 4
    assert all(abs(frame.mean((0, 1)) - GREEN).max() < 4 for frame in frames)
