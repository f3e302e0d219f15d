"""What travels between the stages."""

from __future__ import annotations

import gc
from datetime import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from recaption.clip import Clip, Frames, Place, Question, Reply
from recaption.errors import DecodeError
from recaption.ray import replica
from recaption.ray.blocks import Decoded, clips_in, decoded_in, of_clips, of_decoded
from recaption.ray.replica import Watched
from recaption.sources import Columns
from recaption.storage.spool import Spool
from tests.clips import ColourEngine
from tests.loops import in_loop


def test_clips_come_as_they_went() -> None:
    clips = [Clip("/a.mp4", 1.0, 2.0, 3, 4, "a ball", "row 7"), Clip("/b:7", origin="row 8", fault="no path")]
    block = of_clips(clips)
    assert block.num_rows == 1
    assert list(map(repr, clips_in(block, Columns()))) == list(map(repr, clips))


def test_a_film_that_only_the_reader_holds_goes_along() -> None:
    spool = Spool(b"a film")
    block = of_clips([Clip("rows.parquet:1", size=6, place=Place(spool.path, held=spool))])
    del spool
    gc.collect()
    (clip,) = clips_in(block, Columns())
    assert clip.place
    assert Path(clip.place.url).read_bytes() == b"a film"


def test_a_member_of_a_tar_that_only_the_reader_holds_goes_along_alone() -> None:
    spool = Spool(b"head, a film, another one")
    clips = [
        Clip(f"tar://{name}::https://films/a.tar", place=Place(spool.path, offset, size, spool))
        for name, offset, size in (("a", 6, 6), ("b", 14, None))
    ]
    found = clips_in(of_clips(clips), Columns())
    assert [Path(clip.place.url).read_bytes() for clip in found if clip.place] == [b"a film", b"another one"]


def test_rows_of_a_dataset_name_clips(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"12345")
    table = pa.table(
        {"file": [str(tmp_path / "a.mp4"), None], "from": [1.0, None], "said": ["a ball", ""], "n": [1, 2]}
    )
    clip, wrong = clips_in(table, Columns("file", text="said", start="from"))
    assert (clip.size, clip.start, clip.end, clip.text) == (5, 1.0, None, "a ball")
    assert "'file'" in wrong.fault


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"path": "a.mp4", "from": time(0, 0, 2)}, ""),
        ({"path": "a.mp4", "from": "0:00:02", "said": 5}, ""),
        ({"path": "a.mp4", "from": float("nan")}, "nan in the column 'from' is no time"),
        ({"path": "a.mp4", "from": "soon"}, "'soon' in the column 'from' is no time"),
        ({"path": 5}, "no path in the column 'path'"),
        ({"path": "a\0.mp4"}, "no path in the column 'path'"),
        ({"other": "a.mp4"}, "no path in the column 'path'"),
    ],
)
def test_an_odd_row_of_a_dataset_is_one_clip_with_a_fault(row: dict[str, object], fault: str) -> None:
    (clip,) = clips_in(pa.Table.from_pylist([row]), Columns(text="said", start="from"))
    assert fault in clip.fault
    assert bool(clip.fault) == bool(fault)
    if not fault:
        assert clip.start == 2.0
        assert clip.text in (None, "5")


def test_a_film_may_be_in_a_row_of_a_dataset() -> None:
    (clip,) = clips_in(pa.table({"path": [b"a film"]}), Columns())
    assert clip.place
    assert Path(clip.place.url).read_bytes() == b"a film"


def test_a_faulty_row_is_named_by_what_it_says_without_secrets() -> None:
    row = {"path": "https://films/a.mp4?X-Amz-Signature=abcdef0123456789", "from": "soon"}
    (clip,) = clips_in(pa.Table.from_pylist([row]), Columns(start="from"))
    assert "https://films/a.mp4" in clip.origin
    assert "abcdef0123456789" not in clip.origin + clip.path + clip.fault


def test_frames_and_errors_come_as_they_went() -> None:
    rgb = np.arange(2 * 3 * 4 * 3, dtype=np.uint8).reshape(2, 3, 4, 3)
    told = [
        Decoded(Clip("/a.mp4"), Frames((0.0, 2.0), rgb, 3.0, ("truncated",)), 0.5),
        Decoded(Clip("/b.mp4"), DecodeError("damaged", "frame 3")),
        Decoded(Clip("/c.mp4"), Frames((0.0,), rgb[:1].copy(), 3.0)),
    ]
    block = of_decoded(told)
    assert block.num_rows == 1
    first, second, third = decoded_in(block)
    assert isinstance(first.frames, Frames)
    assert np.array_equal(first.frames.rgb, rgb)
    assert (first.frames.times, first.frames.flags, first.seconds) == ((0.0, 2.0), ("truncated",), 0.5)
    assert isinstance(second.frames, DecodeError)
    assert second.frames.reason == "damaged"
    assert isinstance(third.frames, Frames)
    assert np.array_equal(third.frames.rgb, rgb[:1])


@in_loop
async def test_idle_is_the_share_of_places_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(replica, "perf_counter", lambda: now)

    class Engine(ColourEngine):
        async def ask(self, question: Question) -> Reply:
            nonlocal now
            now += 2.0
            return await super().ask(question)

    watched = Watched(Engine(), places=4)
    now += 50
    assert watched.read() == (0.0, 0.0)
    await watched.ask(Question("a"))
    now += 1.0
    # Two seconds with one of four places taken, and one with none.
    assert watched.read() == (2.0 * 3 / 4 + 1.0, 3.0)
