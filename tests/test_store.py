from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from recaption import database as database_module
from recaption.claim import open_run
from recaption.clip import Caption, Clip, Edit, Question, Reply, Step
from recaption.database import NAME, Database, json_line, open_to_read
from recaption.errors import RunError
from recaption.store import CAPTIONED, FAILED, Answer, Fingerprint, MemoryStore, Store, question_key
from tests.loops import in_loop

RUN = Fingerprint("diffsw", "colour@1", "default", "0123456789abcdef", "every 2 s, at most 64", 512)
CLIP = Clip("/films/a.mp4", size=10, mtime_ns=20)
REPLY = Reply("A red ball – ビデオ – rolls.\n", "length", 17, 5, -0.1234567890123)
CAPTION = Caption(
    "A ball rolls.",
    "The video shows a ball.",
    (Step(0.0, 0.0, "A ball."), Step(0.0, 2.002, "It rolls.")),
    (Edit("lead_in", "The video shows a", "A"),),
    ("tiny", "cut"),
    17,
    5,
    -0.25,
    0.12345,
    1.98765,
)


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
        return
    opened = open_run(tmp_path, RUN)
    yield opened
    opened.close()


@in_loop
async def test_nothing_is_known_of_a_new_clip(store: Store) -> None:
    assert store.seen(CLIP) is None
    assert not store.failed(CLIP)
    assert store.answer(CLIP, "key") is None


@in_loop
async def test_an_answer_comes_back_as_it_was_and_is_never_replaced(store: Store) -> None:
    store.answered(CLIP, "key", Answer(REPLY, 1.5))
    store.answered(CLIP, "key", Answer(replace(REPLY, text="other"), 9.0))
    assert store.answer(CLIP, "key") == Answer(REPLY, 1.5)
    assert store.answer(CLIP, "other key") is None
    assert store.answer(replace(CLIP, end=2.0), "key") is None


@in_loop
async def test_a_failure_yields_to_a_caption_but_no_caption_to_a_failure(store: Store) -> None:
    await store.fail(CLIP, "deadline", "too slow")
    assert store.seen(CLIP) == FAILED
    assert store.failed(CLIP)
    await store.finish(CLIP, CAPTION)
    assert store.seen(CLIP) == CAPTIONED
    assert not store.failed(CLIP)
    await store.fail(CLIP, "crashed", "late")
    assert store.seen(CLIP) == CAPTIONED


@in_loop
async def test_a_changed_file_is_another_clip_whose_place_has_failed(store: Store) -> None:
    await store.fail(CLIP, "unreadable", "cut off")
    repaired = replace(CLIP, size=11, mtime_ns=21)
    assert store.seen(repaired) is None
    assert store.failed(repaired)
    assert not store.failed(replace(repaired, start=1.0))
    assert not store.failed(replace(repaired, path="/films/b.mp4"))


def rows(path: Path, captioned: bool = True) -> list[dict[str, object]]:
    opened = open_to_read(path / NAME)
    try:
        return [json.loads(line) for line in opened.lines(captioned)]
    finally:
        opened.close()


@in_loop
async def test_rows_have_the_columns_of_the_readme(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    await store.finish(CLIP, CAPTION)
    other = Clip("/films/b.mp4", 1.0, 2.5, 3, 4)
    await store.fail(other, "span", "out of it")
    store.close()
    assert rows(tmp_path) == [
        {
            "id": CLIP.id,
            "path": "/films/a.mp4",
            "start": None,
            "end": None,
            "text": None,
            "mode": "diffsw",
            "model": "colour@1",
            "prompts": "default",
            "caption": "A ball rolls.",
            "raw": "The video shows a ball.",
            "steps": [{"start": 0.0, "end": 0.0, "text": "A ball."}, {"start": 0.0, "end": 2.002, "text": "It rolls."}],
            "edits": [{"code": "lead_in", "before": "The video shows a", "after": "A"}],
            "flags": ["tiny", "cut"],
            "tokens": {"prompt": 17, "completion": 5},
            "mean_logprob": -0.25,
            "seconds": {"decode": 0.123, "model": 1.988},
        }
    ]
    assert rows(tmp_path, captioned=False) == [
        {"id": other.id, "path": "/films/b.mp4", "text": None, "reason": "span", "detail": "out of it"}
    ]


@in_loop
async def test_everything_is_there_after_opening_again(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    store.answered(CLIP, "key", Answer(REPLY, 1.5))
    await store.finish(CLIP, CAPTION)
    await store.fail(replace(CLIP, path="/films/b.mp4"), "damaged", "frame 3")
    store.close()
    store.close()
    again = open_run(tmp_path, RUN)
    assert again.answer(CLIP, "key") == Answer(REPLY, 1.5)
    assert again.seen(CLIP) == CAPTIONED
    assert again.counts() == (1, {"damaged": 1})
    again.close()


@in_loop
async def test_finish_returns_when_another_process_could_see_it(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    store.answered(CLIP, "key", Answer(REPLY, 1.5))
    await asyncio.gather(*(store.finish(replace(CLIP, path=f"/{i}"), CAPTION) for i in range(50)))
    reader = sqlite3.connect(tmp_path / NAME)
    assert reader.execute("SELECT count(*) FROM clips").fetchone() == (50,)
    assert reader.execute("SELECT count(*) FROM answers").fetchone() == (1,)
    reader.close()
    store.close()


@in_loop
async def test_giving_up_one_clip_does_not_stop_the_commit_of_another(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    given_up = asyncio.create_task(store.finish(CLIP, CAPTION))
    other = asyncio.create_task(store.finish(replace(CLIP, path="/b"), CAPTION))
    await asyncio.sleep(0)
    given_up.cancel()
    await other
    assert store.counts() == (2, {})
    store.close()


@in_loop
async def test_the_row_of_an_older_version_of_a_file_goes(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    span, elsewhere = replace(CLIP, start=1.0, end=2.0), replace(CLIP, path="/films/b.mp4")
    for clip in (CLIP, span, elsewhere):
        store.answered(clip, "key", Answer(REPLY, 1.5))
        await store.finish(clip, CAPTION)
    newer = replace(CLIP, mtime_ns=99)
    await store.finish(newer, CAPTION)
    assert [store.seen(clip) for clip in (CLIP, newer, span, elsewhere)] == [None, CAPTIONED, CAPTIONED, CAPTIONED]
    assert store.answer(CLIP, "key") is None
    assert store.answer(span, "key") is not None
    store.close()


@in_loop
async def test_each_text_of_a_clip_keeps_its_row(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    told = [replace(CLIP, text=text) for text in (None, "a dog", "a cat")]
    newer = [replace(clip, mtime_ns=99) for clip in told]
    for clip in told + newer[:2]:
        await store.finish(clip, CAPTION)
    assert [store.seen(clip) for clip in told] == [None, None, CAPTIONED]
    assert [store.seen(clip) for clip in newer] == [CAPTIONED, CAPTIONED, None]
    store.close()


@in_loop
async def test_a_line_that_is_rewritten_has_one_text(tmp_path: Path) -> None:
    store = open_run(tmp_path, replace(RUN, mode="rewrite"))
    before, after = (Clip("/short.txt:1", size=0, mtime_ns=0, text=text) for text in ("a dog", "a cat"))
    await store.finish(before, CAPTION)
    await store.finish(after, CAPTION)
    assert [store.seen(clip) for clip in (before, after)] == [None, CAPTIONED]
    store.close()


@in_loop
async def test_lines_are_sorted_by_path_and_span(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    clips = [Clip("/b", 3.0, 4.0), Clip("/a"), Clip("/b", 1.0, 2.0), Clip("/B")]
    for clip in clips:
        await store.finish(clip, CAPTION)
    assert [(row["path"], row["start"]) for row in map(json.loads, store.lines(True))] == [
        ("/B", None),
        ("/a", None),
        ("/b", 1.0),
        ("/b", 3.0),
    ]
    store.close()


@in_loop
async def test_names_and_words_that_are_no_text_are_kept(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    clip = Clip("/films/\udcff\n.mp4", size=1, mtime_ns=2)
    store.answered(clip, "key", Answer(replace(REPLY, text="half a pair \ud83d"), 1.5))
    await store.finish(clip, replace(CAPTION, text="ビデオ\u2028 \ud83d"))
    await store.fail(Clip("/films/\udcfe.mp4"), "missing", "/films/\udcfe.mp4: gone")
    assert store.seen(clip) == CAPTIONED
    answer = store.answer(clip, "key")
    assert answer
    assert answer.reply.text == "half a pair \ud83d"
    store.close()
    (line,), (failed,) = rows(tmp_path), rows(tmp_path, captioned=False)
    assert (line["path"], line["caption"]) == (clip.path, "ビデオ\u2028 \ud83d")
    assert failed["path"] == "/films/\udcfe.mp4"


def test_a_line_is_readable_where_it_can_be() -> None:
    assert json_line({"path": "ビデオ"}) == '{"path": "ビデオ"}'
    assert json_line({"path": "\udcff\n"}) == '{"path": "\\udcff\\n"}'


def test_one_process_at_a_time(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    with pytest.raises(RunError, match="in use by this very process"):
        open_run(tmp_path, RUN)
    code = f"""
from pathlib import Path
from recaption.claim import open_run
from recaption.errors import RunError
from recaption.store import Fingerprint
try:
    open_run(Path({str(tmp_path)!r}), Fingerprint(**{asdict(RUN)!r}))
except RunError as error:
    print(error)
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert f"{tmp_path} is in use by process " in said
    store.close()
    assert not subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_one_folder_is_not_written_from_two_databases_at_a_time(tmp_path: Path) -> None:
    store = open_run(tmp_path / "out", RUN, journal=tmp_path / "local/a.db")
    with pytest.raises(RunError, match="out is in use"):
        open_run(tmp_path / "out", RUN, journal=tmp_path / "local/b.db")
    store.close()
    open_run(tmp_path / "out", RUN, journal=tmp_path / "local/b.db").close()


@in_loop
async def test_another_run_is_told_what_differs(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    store.answered(CLIP, "key", Answer(REPLY, 1.0))
    store.close()
    with pytest.raises(RunError) as told:
        open_run(tmp_path, replace(RUN, mode="grid", max_tokens=64))
    message = str(told.value)
    assert "mode: diffsw there, grid now" in message
    assert "max_tokens: 512 there, 64 now" in message
    assert "model" not in message
    assert "--new-run" in message
    open_run(tmp_path, RUN).close()


def test_a_run_that_came_to_nothing_yields_to_another(tmp_path: Path) -> None:
    open_run(tmp_path, RUN, shard="0/2").close()
    other = open_run(tmp_path, replace(RUN, model="right@1"), shard="1/2")
    assert (other.run.model, other.shard()) == ("right@1", "1/2")
    other.close()
    again = open_to_read(tmp_path / NAME)
    assert again.run.model == "right@1"
    again.close()


@in_loop
async def test_a_new_run_starts_over_and_keeps_the_old_one_aside(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    await store.finish(CLIP, CAPTION)
    store.close()
    (tmp_path / "captions.jsonl").write_text("old\n")
    fresh = open_run(tmp_path, replace(RUN, mode="grid"), new_run=True)
    assert fresh.seen(CLIP) is None
    fresh.close()
    assert not (tmp_path / "captions.jsonl").exists()
    assert (tmp_path / "before-1/captions.jsonl").read_text() == "old\n"
    assert rows(tmp_path / "before-1")[0]["id"] == CLIP.id
    open_run(tmp_path, RUN, new_run=True).close()
    assert (tmp_path / "before-2" / NAME).is_file()
    open_run(tmp_path / "never used", RUN, new_run=True).close()
    assert not (tmp_path / "never used/before-1").exists()


def test_captions_whose_database_is_elsewhere_are_not_overwritten(tmp_path: Path) -> None:
    open_run(tmp_path / "out", RUN, journal=tmp_path / "a.db").close()
    (tmp_path / "out/captions.jsonl").write_text("{}\n")
    with pytest.raises(RunError, match="--journal"):
        open_run(tmp_path / "out", RUN)
    open_run(tmp_path / "out", RUN, journal=tmp_path / "a.db").close()


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("no database " * 1000)
    with pytest.raises(RunError, match=r"recaption\.db: cannot be opened"):
        open_run(tmp_path, RUN)
    with pytest.raises(RunError, match=r"recaption\.db: cannot be read"):
        open_to_read(tmp_path / NAME)
    with pytest.raises(RunError, match="no such database"):
        open_to_read(tmp_path / "nothing.db")
    open_run(tmp_path, RUN, new_run=True).close()


def test_a_database_of_another_version_is_refused(tmp_path: Path) -> None:
    open_run(tmp_path, RUN).close()
    connection = sqlite3.connect(tmp_path / NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(RunError, match="version 99"):
        open_run(tmp_path, RUN)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RunError, match="file"):
        open_run(tmp_path / "file/out", RUN)


@in_loop
async def test_a_network_disk_gets_no_write_ahead_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local = open_run(tmp_path / "local", RUN)
    await local.finish(CLIP, CAPTION)
    assert (tmp_path / "local/recaption.db-wal").exists()
    local.close()
    monkeypatch.setattr(database_module, "_on_network_disk", lambda path: True)
    remote = open_run(tmp_path / "remote", RUN)
    await remote.finish(CLIP, CAPTION)
    assert not (tmp_path / "remote/recaption.db-wal").exists()
    remote.close()
    assert len(rows(tmp_path / "remote")) == 1


def test_network_disks_are_known_by_their_mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {line.split()[2] for line in Path("/proc/self/mounts").read_text().splitlines()}
    assert not database_module._on_network_disk(Path("/proc"))
    monkeypatch.setattr(database_module, "NETWORK_DISKS", frozenset(kinds))
    assert database_module._on_network_disk(tmp_path / "out" / NAME)
    monkeypatch.setattr(database_module, "NETWORK_DISKS", frozenset({"proc"}))
    assert database_module._on_network_disk(Path("/proc/self/status"))


@in_loop
async def test_a_full_disk_ends_the_run_with_its_name(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    await store.finish(CLIP, CAPTION)
    store._db.execute("PRAGMA max_page_count = 12")
    with pytest.raises(RunError, match=r"recaption\.db: database or disk is full"):
        await fill(store, 1000)
    with pytest.raises(RunError, match="full"):
        await store.fail(CLIP, "crashed", "")
    store.close()
    assert rows(tmp_path)


async def fill(store: Database, clips: int) -> None:
    for i in range(clips):
        await store.finish(replace(CLIP, path=f"/{i}"), replace(CAPTION, raw="x" * 5000))


@in_loop
async def test_reading_does_not_wait_for_the_writer(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    await store.finish(CLIP, CAPTION)
    store.answered(CLIP, "key", Answer(REPLY, 1.0))
    reading = open_to_read(tmp_path / NAME)
    assert reading.counts() == (1, {})
    assert not reading.is_complete()
    reading.close()
    store.mark_complete()
    store.close()
    assert opened_complete(tmp_path)
    open_run(tmp_path, RUN).close()
    assert not opened_complete(tmp_path)


def opened_complete(path: Path) -> bool:
    opened: Database = open_to_read(path / NAME)
    complete = opened.is_complete()
    opened.close()
    return complete


def test_a_question_is_known_by_its_words_pictures_and_limit() -> None:
    red = np.zeros((4, 6, 3), np.uint8)
    red[..., 0] = 200
    turned = red.reshape(6, 4, 3)
    questions = [
        Question("a", (red,)),
        Question("a", (turned,)),
        Question("a", (red, red)),
        Question("a", ()),
        Question("a", (red,), 7),
        Question("ab", (red,)),
        Question("a512", ()),
        Question("a", (), 2),
        Question("half \ud83d", ()),
    ]
    keys = [question_key(question) for question in questions]
    assert len(set(keys)) == len(keys)
    assert question_key(Question("a", (red.copy(),))) == keys[0]
