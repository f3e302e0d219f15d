"""Raw text filtered again: rows change both ways, and the model is not asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from recaption.claim import open_run
from recaption.clip import Clip, Draft, Reply, Step
from recaption.database import NAME
from recaption.errors import RunError, UsageError
from recaption.modes.ask import Ask
from recaption.postfilter import PostFilter
from recaption.prompts import Prompt
from recaption.refilter import Changes, refilter
from recaption.results import write_exports
from recaption.run import Settings, Task, run
from recaption.schedule import Tally
from recaption.store import Fingerprint
from tests.clips import ColourEngine
from tests.loops import in_loop

RUN = Fingerprint("diffsw", "colour", "default", "hash", "every 2 s", 512)
RAW = "The video shows a man walking.\n\nHe sits.</s>"
NOTHING = "</s> ..."
TAGS = ("special_token", "placeholder")


def clip(name: str) -> Clip:
    return Clip(f"/films/{name}.mp4", size=1, mtime_ns=2)


def says(reply: Reply) -> ColourEngine:
    return ColourEngine(answer=lambda question: reply)


async def captioned(out: Path, said: dict[str, Reply], postfilter: PostFilter) -> None:
    """A run of clips of which the model says what is given."""

    async def tell(ask: Ask) -> Draft:
        reply = await ask(Prompt("Describe it."))
        return Draft(reply.text, (Step(0, 1, reply.text),), ("widened",))

    for name, reply in said.items():
        store = open_run(out, RUN)
        settings = Settings(postfilter=postfilter)
        await run([Task(clip(name), tell)], settings, says(reply), store, Tally())
        write_exports(store, out)
        store.close()


def rows(out: Path, name: str = "captions.jsonl") -> dict[str, dict[str, Any]]:
    return {Path(row["path"]).stem: row for row in map(json.loads, (out / name).read_text().splitlines())}


def stop(text: str) -> Reply:
    return Reply(text, "stop", 10, 5)


@in_loop
async def start(out: Path, said: dict[str, Reply], without: tuple[str, ...] = ()) -> None:
    await captioned(out, said, PostFilter(without))


def test_rows_become_what_a_new_run_would_make(tmp_path: Path) -> None:
    said = {"a": stop(RAW), "b": stop("A dog runs."), "c": Reply("A cat sits. It jumps at the re", "length", 10, 5)}
    start(tmp_path / "old", said, ("lead_in",))
    start(tmp_path / "new", said)
    assert rows(tmp_path / "old")["a"]["caption"] == "The video shows a man walking. He sits."
    assert refilter(tmp_path / "old", PostFilter()) == Changes(rows=3, changed=1)
    strip = [
        {k: v for k, v in row.items() if k != "seconds"}
        for out in ("old", "new")
        for row in rows(tmp_path / out).values()
    ]
    assert strip[:3] == strip[3:]
    assert rows(tmp_path / "old")["c"]["flags"] == ["widened", "cut"]


def test_a_row_may_fail_and_come_back(tmp_path: Path) -> None:
    start(tmp_path, {"a": stop("a dog runs"), "b": stop(NOTHING)}, TAGS)
    assert set(rows(tmp_path)) == {"a", "b"}
    first = refilter(tmp_path, PostFilter())
    assert set(rows(tmp_path)) == {"a"}
    failed = rows(tmp_path, "failures.jsonl")["b"]
    assert (failed["reason"], failed["raw"], failed["caption"]) == ("empty", NOTHING, "")
    assert failed["steps"] == [{"start": 0, "end": 1, "text": NOTHING}]
    second = refilter(tmp_path, PostFilter(TAGS))
    assert set(rows(tmp_path)) == {"a", "b"}
    assert "reason" not in rows(tmp_path)["b"]
    assert (first.failed, second.regained) == ({"empty": 1}, 1)


def test_a_clip_that_failed_before_the_filter_stays_as_it_is(tmp_path: Path) -> None:
    @in_loop
    async def fail() -> None:
        store = open_run(tmp_path, RUN)
        await store.fail(clip("a"), "missing", "gone")
        store.close()

    fail()
    assert refilter(tmp_path, PostFilter()) == Changes()
    assert rows(tmp_path, "failures.jsonl")["a"]["reason"] == "missing"


def test_many_rows_are_read_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recaption.database.READ_ROWS", 2)
    start(tmp_path, {name: stop(RAW) for name in "abcde"}, ("lead_in",))
    assert refilter(tmp_path, PostFilter()).changed == 5
    assert {row["caption"] for row in rows(tmp_path).values()} == {"A man is walking. He sits."}
    assert refilter(tmp_path, PostFilter()) == Changes(rows=5)


def test_where_there_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such database"):
        refilter(tmp_path, PostFilter())
    (tmp_path / "shard-0").mkdir()
    (tmp_path / "shard-0" / NAME).touch()
    with pytest.raises(UsageError, match="its shards have databases of their own"):
        refilter(tmp_path, PostFilter())


def test_another_process_may_be_at_work(tmp_path: Path) -> None:
    store = open_run(tmp_path, RUN)
    try:
        with pytest.raises(RunError, match="in use"):
            refilter(tmp_path, PostFilter())
    finally:
        store.close()
