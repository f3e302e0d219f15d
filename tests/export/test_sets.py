"""Sets of awkward clips come back as the same clips with the same captions, from every format."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from recaption.clip import Clip
from recaption.errors import UsageError
from recaption.export import FORMATS
from recaption.export.export import export
from recaption.export.items import Options
from recaption.export.sets import write
from recaption.postfilter import clean
from recaption.video.cut import cut
from tests.clips import clip, colours
from tests.export.readers import READERS, Read, awkward, mark, read_cogvideo, wanted

DEFAULT, FITTING = Options(), Options(fit=True)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return awkward(tmp_path_factory.mktemp("clips"), 1000)


@pytest.mark.parametrize("name", FORMATS)
def test_awkward_rows_come_back(name: str, rows: list[dict[str, Any]], tmp_path: Path) -> None:
    written = list(write(rows, FORMATS[name], tmp_path / "set", FITTING))
    assert [each.refused for each in written if each.refused] == []
    assert len({each.path for each in written}) == len(rows)
    assert READERS[name](tmp_path / "set") == wanted(rows)
    assert [path.name for path in tmp_path.iterdir() if path.name != "cache"] == ["set"]


@pytest.fixture(scope="module")
def spans(rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], Read]:
    """Awkward rows of real spans, and what has to come back of them."""
    folder = tmp_path_factory.mktemp("spans")
    taken, back = [], {}
    for i, row in enumerate(rows[:22]):
        path = clip(folder / Path(row["path"]).relative_to(Path(rows[0]["path"]).parents[2]), colours(i, 2))
        start, end = (None, 1.5) if i % 3 else (1.0, 3.0)
        taken.append({**row, "path": str(path), "start": start, "end": end})
        cut(Clip.of(path, start, end), folder / "cut.mp4")
        back[mark(folder / "cut.mp4")] = row["caption"]
    assert len(back) == len(taken)
    return taken, back


@pytest.mark.parametrize("name", ["sidecar", "cogvideo-sat", "videofolder", "opensora", "webdataset", "parquet"])
def test_awkward_spans_come_back_as_exact_clips(name: str, spans: Any, tmp_path: Path) -> None:
    rows, back = spans
    written = list(write(rows, FORMATS[name], tmp_path / "set", Options(cut=True, fit=True)))
    assert [each.refused for each in written if each.refused] == []
    assert READERS[name](tmp_path / "set") == back


@pytest.mark.parametrize(
    "name", ["sidecar", "videofolder", "musubi", "diffusion-pipe", "videox-fun", "diffsynth", "webdataset", "csv"]
)
def test_awkward_frames_come_back(name: str, spans: Any, tmp_path: Path) -> None:
    rows, _ = spans
    rows = [{**row, "steps": [{"start": 0.5, "end": 0.5, "text": row["caption"]}]} for row in rows]
    captions = sorted(filter(None, (clean(row["caption"]).text for row in rows)))
    written = list(write(rows, FORMATS[name], tmp_path / "set", Options(frames=True)))
    assert len([each for each in written if each.refused is None]) == len(captions) > 10
    assert sorted(READERS[name](tmp_path / "set").values()) == captions


def one(folder: Path, name: str = "a.mp4", caption: str = "A wall.", **more: Any) -> dict[str, Any]:
    (row,) = awkward(folder / "clips", 1)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(Path(row["path"]).read_bytes() + os.fsencode(name)[:8].rjust(8))
    return {**row, "id": os.fsencode(name).hex(), "path": str(path), "caption": caption, **more}


def reasons(rows: list[dict[str, Any]], name: str, dest: Path, options: Options = DEFAULT) -> list[str | None]:
    return [each.refused for each in write(rows, FORMATS[name], dest, options)]


@pytest.mark.parametrize("name", [name for name, format in FORMATS.items() if format.can_refer and format.clips])
def test_clips_stay_where_they_are(name: str, tmp_path: Path) -> None:
    rows = [one(tmp_path, "one two.mp4"), one(tmp_path, "b.mp4", "A door.")]
    assert reasons(rows, name, tmp_path / "set", Options(placing="refer")) == [None, None]
    assert READERS[name](tmp_path / "set") == wanted(rows)
    assert not (tmp_path / "set" / "videos").exists()


def test_clips_are_copied_or_linked_to(tmp_path: Path) -> None:
    row = one(tmp_path)
    assert reasons([row], "cogvideo", tmp_path / "linked") == [None]
    assert os.readlink(tmp_path / "linked" / "videos" / "a.mp4") == row["path"]
    assert reasons([row], "cogvideo", tmp_path / "copied", Options(placing="copy")) == [None]
    copied = tmp_path / "copied" / "videos" / "a.mp4"
    assert not copied.is_symlink()
    assert copied.read_bytes() == Path(row["path"]).read_bytes()


@pytest.mark.parametrize(
    ("more", "name", "said"),
    [
        ({"caption": " "}, "csv", "empty"),
        ({"caption": "One.\nTwo."}, "csv", "more than one line"),
        ({"caption": "A wall. " * 200}, "cogvideo", "over the 226 tokens"),
        ({"caption": "A wall " * 200}, "webvid", "over the 77 tokens"),
        ({"start": 1.0, "end": 2.0}, "musubi", "no times"),
        ({"name": "a.mkv"}, "webvid", ".mp4 only"),
    ],
)
def test_what_a_trainer_cannot_read_is_refused_and_the_rest_is_written(
    more: dict[str, Any], name: str, said: str, tmp_path: Path
) -> None:
    bad, good = one(tmp_path, **{"name": "a.mp4", **more}), one(tmp_path, "b.mp4", "A door.")
    refused, fine = reasons([bad, good], name, tmp_path / "set")
    assert said in str(refused)
    assert fine is None
    assert READERS[name](tmp_path / "set") == wanted([good])


def test_a_path_that_no_list_bears_is_refused_where_it_is_referred_to(tmp_path: Path) -> None:
    rows = [one(tmp_path, "line\nbreak.mp4"), one(tmp_path)]
    assert "--link" in str(reasons(rows, "cogvideo", tmp_path / "set", Options(placing="refer"))[0])


def test_captions_are_shortened_by_whole_sentences(tmp_path: Path) -> None:
    told = [f"A man in coat number {i} walks past." for i in range(100)]
    row = one(tmp_path, caption=" ".join(told))
    assert reasons([row], "cogvideo", tmp_path / "set", FITTING) == [None]
    (caption,) = read_cogvideo(tmp_path / "set").values()
    assert told[0] in caption
    assert set(caption.removesuffix(".").split(". ")) <= {each.removesuffix(".") for each in told}
    long = one(tmp_path, caption=" ".join(["word"] * 10_000))
    assert "first sentence alone" in str(reasons([long, row], "cogvideo", tmp_path / "other", FITTING)[0])
    assert reasons([long], "musubi", tmp_path / "long") == [None]
    assert READERS["musubi"](tmp_path / "long") == wanted([long])


def test_spans_of_a_film_go_where_there_are_times(tmp_path: Path) -> None:
    row = one(tmp_path)
    spans = [{**row, "id": f"{i}", "start": float(i), "end": i + 1.0} for i in range(2)]
    assert reasons(spans, "parquet", tmp_path / "set") == [None, None]
    told = pq.read_table(tmp_path / "set" / "captions.parquet").to_pylist()
    assert [(each["start"], each["end"]) for each in told] == [(0.0, 1.0), (1.0, 2.0)]


def test_a_set_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    rows = [one(tmp_path), one(tmp_path, "b.mp4")]
    assert reasons(rows[:1], "cogvideo", tmp_path / "set") == [None]
    with pytest.raises(UsageError, match="--overwrite"):
        reasons(rows, "cogvideo", tmp_path / "set")
    half = write(rows, FORMATS["cogvideo"], tmp_path / "set", Options(overwrite=True))
    next(half)
    half.close()
    assert len(read_cogvideo(tmp_path / "set")) == 1
    assert reasons(rows, "cogvideo", tmp_path / "set", Options(overwrite=True)) == [None, None]
    assert len(read_cogvideo(tmp_path / "set")) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"a.mp4", "b.mp4", "clips", "set"}


def test_what_is_not_ours_is_never_replaced(tmp_path: Path) -> None:
    row = one(tmp_path, "films/a.mp4")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "films")
    for dest in ("films", "file", "link", "."):
        with pytest.raises(UsageError, match="no set of recaption"):
            reasons([row], "cogvideo", tmp_path / dest, Options(overwrite=True))
    assert reasons([row], "cogvideo", tmp_path / "set", Options(placing="copy")) == [None]
    inside = {**row, "path": str(tmp_path / "set" / "videos" / "a.mp4")}
    with pytest.raises(UsageError, match="lies in"):
        reasons([inside], "cogvideo", tmp_path / "set", Options(overwrite=True))
    Path(row["path"]).unlink()
    with pytest.raises(UsageError, match="no caption can be written"):
        reasons([row], "cogvideo", tmp_path / "set", Options(overwrite=True))
    assert len(read_cogvideo(tmp_path / "set")) == 1


def test_a_place_that_is_taken_meanwhile_is_left(tmp_path: Path) -> None:
    writing = write([one(tmp_path)], FORMATS["cogvideo"], tmp_path / "set", DEFAULT)
    next(writing)
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "theirs").touch()
    with pytest.raises(UsageError, match="already there"):
        next(writing)
    assert (tmp_path / "set" / "theirs").exists()


def test_what_a_set_is_made_of_never_lies_in_it(tmp_path: Path) -> None:
    written = list(write([one(tmp_path)], FORMATS["cogvideo"], tmp_path / "set", DEFAULT))
    assert [each.refused for each in written] == [None]
    (tmp_path / "set" / "captions").mkdir()
    for out, journal in ((tmp_path / "set" / "captions", None), (tmp_path, tmp_path / "set" / "captions" / "x.db")):
        with pytest.raises(UsageError, match="choose another --dest"):
            list(export(out, "cogvideo", tmp_path / "set", Options(overwrite=True), journal))
    assert (tmp_path / "set" / "captions").is_dir()


def test_a_clip_that_goes_meanwhile_is_refused_and_the_rest_is_copied(tmp_path: Path) -> None:
    rows = [one(tmp_path, "a.mp4"), one(tmp_path, "b.mp4")]

    def vanishing() -> Iterator[dict[str, Any]]:
        yield from rows
        Path(rows[0]["path"]).unlink()

    written = list(write(vanishing(), FORMATS["cogvideo"], tmp_path / "set", Options("copy")))
    assert [(Path(each.path).name, each.refused is None) for each in written] == [("a.mp4", False), ("b.mp4", True)]
    assert [path.name for path in (tmp_path / "set" / "videos").iterdir()] == ["b.mp4"]


def test_a_name_that_two_would_have_and_a_measure_that_is_no_number(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    rows = [one(tmp_path, id="one", motion=float("nan")), one(tmp_path / "other", id="two")]
    assert reasons(rows, "csv", tmp_path / "set") == [None, None]


def test_suffixes_are_those_that_trainers_look_for(tmp_path: Path) -> None:
    upper = one(tmp_path, "a.MP4")
    assert reasons([upper], "webvid", tmp_path / "set") == [None]
    assert READERS["webvid"](tmp_path / "set") == wanted([upper])
    for number, name in enumerate(("a.txt", "a", "a.mp4\nb", "a.\udcff")):
        (refused, fine) = reasons([one(tmp_path, name), upper], "sidecar", tmp_path / f"{number}")
        assert "looks for" in str(refused)
        assert fine is None


def test_a_file_without_a_readable_header_is_refused(tmp_path: Path) -> None:
    rows = [one(tmp_path), one(tmp_path, "b.mp4")]
    Path(rows[0]["path"]).write_bytes(b"no film")
    refused, fine = reasons(rows, "opensora", tmp_path / "set")
    assert "a.mp4" in str(refused)
    assert fine is None


@pytest.mark.parametrize("name", ["csv", "parquet", "webdataset"])
def test_halves_of_characters_go_out_as_marks(name: str, tmp_path: Path) -> None:
    half = "A \ud83d sign."
    row = one(tmp_path, caption=half, text=half, raw=half, steps=[{"start": 0.0, "end": 1.0, "text": "A"}])
    assert reasons([row], name, tmp_path / "set") == [None]
    assert list(READERS[name](tmp_path / "set").values()) == ["A ? sign."]


def test_rows_of_the_tiny_model_are_for_those_who_say_so(tmp_path: Path) -> None:
    row = one(tmp_path, flags=["tiny"])
    with pytest.raises(UsageError, match="--allow-tiny"):
        reasons([row], "csv", tmp_path / "set")
    assert not (tmp_path / "set").exists()
    assert reasons([row], "csv", tmp_path / "set", Options(allow_tiny=True)) == [None]


def test_a_format_that_cannot_refer_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--link or --copy"):
        reasons([one(tmp_path)], "webdataset", tmp_path / "set", Options(placing="refer"))


def test_the_card_tells_who_captioned(tmp_path: Path) -> None:
    assert reasons([one(tmp_path)], "huggingface", tmp_path / "set") == [None]
    card = (tmp_path / "set" / "README.md").read_text()
    assert "1 clips, each with a caption by colour (recaption, mode diffsw)" in card


def test_the_header_goes_along_for_opensora(tmp_path: Path) -> None:
    assert reasons([one(tmp_path)], "opensora", tmp_path / "set") == [None]
    (row,) = csv.DictReader(io.StringIO((tmp_path / "set" / "dataset.csv").read_text()))
    told = (row["num_frames"], row["height"], row["width"], row["fps"], row["aspect_ratio"], row["resolution"])
    assert told == ("4", "48", "64", "2.0", "0.75", "3072")
