"""What a person says of captions: over refilter, later runs and exports."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from recaption import results
from recaption.check import check
from recaption.claim import open_again, open_run
from recaption.clip import Clip, Draft, Edit, Question, Reply
from recaption.database import NAME, open_to_read
from recaption.errors import AskError, RunError, UsageError
from recaption.modes.ask import Ask
from recaption.postfilter import PostFilter, replay
from recaption.prompts import Prompt
from recaption.refilter import refilter
from recaption.review.reviews import Reviews, StaleError
from recaption.run import Settings, Task, run
from recaption.schedule import Tally
from recaption.store import Answer, Fingerprint
from tests.clips import ColourEngine
from tests.loops import in_loop

RUN = Fingerprint("diffsw", "colour", "default", "hash", "every 2 s", 512)
RAW = "The video shows a man walking.</s>"
CAPTION = "A man is walking."


def clip(name: str, mtime: int = 2) -> Clip:
    return Clip(f"/films/{name}.mp4", size=1, mtime_ns=mtime)


@in_loop
async def captioned(
    out: Path,
    clips: Sequence[Clip],
    say: Any = lambda question: RAW,
    retry_failed: bool = False,
    prompt: str = "Describe it.",
) -> None:
    async def tell(ask: Ask) -> Draft:
        return Draft((await ask(Prompt(prompt))).text)

    store = open_run(out, RUN)
    tasks = [Task(clip, tell) for clip in clips]
    await run(tasks, Settings(retry_failed=retry_failed), ColourEngine(answer=say), store, Tally())
    results.write_exports(store, out)
    store.close()


@pytest.fixture
def reviews(tmp_path: Path) -> Reviews:
    captioned(tmp_path, [clip(name) for name in ("a", "b", "c")])
    return Reviews(tmp_path / NAME)


def rows(out: Path, name: str = results.CAPTIONS) -> dict[str, dict[str, Any]]:
    file = results.captions(out) if name == results.CAPTIONS else results.failures(out)
    return {Path(row["path"]).stem: row for row in file}


def replayed(row: dict[str, Any]) -> str:
    return replay(row["raw"], [Edit(**edit) for edit in row["edits"]])


@pytest.mark.parametrize("verdict", ["accepted", "edited"])
def test_what_a_person_left_survives_refilter_and_another_run(verdict: str, reviews: Reviews, tmp_path: Path) -> None:
    words = {"accepted": CAPTION, "edited": "A man strolls along a pier."}[verdict]
    reviews.judge(clip("a").id, verdict, CAPTION, words)
    refilter(tmp_path, PostFilter.of(("lead_in",), None))
    captioned(tmp_path, [clip(name) for name in ("a", "b", "c")])
    told = rows(tmp_path)
    assert (told["a"]["caption"], told["a"]["verdict"]) == (words, verdict)
    assert told["a"]["edits"][-1]["code"] == "person"
    assert replayed(told["a"]) == words
    assert told["b"]["caption"] == "The video shows a man walking."
    assert "verdict" not in told["b"]
    assert (
        told["a"] == {row["id"]: row for row in map(json.loads, (tmp_path / results.CAPTIONS).open())}[told["a"]["id"]]
    )


def test_a_rejected_caption_is_a_failure_and_is_not_asked_for_again(reviews: Reviews, tmp_path: Path) -> None:
    reviews.judge(clip("a").id, "rejected", CAPTION)
    assert set(rows(tmp_path)) == {"b", "c"}
    failed = rows(tmp_path, results.FAILURES)["a"]
    assert (failed["reason"], failed["verdict"]) == ("rejected", "rejected")
    assert results.status(tmp_path)[0].failed == {"rejected": 1}

    def never(question: Question) -> str:
        raise AssertionError("asked")

    captioned(tmp_path, [clip("a")], say=never)
    captioned(tmp_path, [clip("a")], say=never, retry_failed=True)
    assert set(rows(tmp_path)) == {"b", "c"}


def test_the_next_run_asks_again_with_other_sampling(reviews: Reviews, tmp_path: Path) -> None:
    asked: list[Question] = []

    def say(question: Question) -> str:
        asked.append(question)
        return f"A man strolls, seed {question.sampling.seed}."

    reviews.judge(clip("a").id, "again", CAPTION)
    assert rows(tmp_path, results.FAILURES)["a"]["reason"] == "again"
    captioned(tmp_path, [clip("a"), clip("b")], say=say)
    (first,) = asked
    assert first.sampling.temperature > 0
    told = reviews.one(clip("a").id)
    assert told is not None
    assert told["caption"] == rows(tmp_path)["a"]["caption"] == f"A man strolls, seed {first.sampling.seed}."
    assert (told["said"], told["others"]) == (None, [{"whose": "before", "caption": CAPTION}])

    reviews.judge(clip("a").id, "again", told["caption"])
    captioned(tmp_path, [clip("a")], say=say)
    assert asked[1].sampling.seed != first.sampling.seed
    captioned(tmp_path, [clip("a")], say=say)
    assert len(asked) == 2


def test_a_caption_stays_where_another_one_cannot_be_had(reviews: Reviews, tmp_path: Path) -> None:
    reviews.judge(clip("a").id, "again", CAPTION)
    seeds = set()

    def say(question: Question) -> Reply:
        seeds.add(question.sampling.seed)
        return Reply("</s>", "stop", 1, 1)

    for _ in range(2):
        captioned(tmp_path, [clip("a")], say=say)
    assert len(seeds) == 2
    assert rows(tmp_path, results.FAILURES)["a"]["reason"] == "again"
    reviews.judge(clip("a").id, "accepted", CAPTION)
    assert rows(tmp_path)["a"]["caption"] == CAPTION


def test_a_person_words_a_caption_of_which_the_filter_left_nothing(tmp_path: Path) -> None:
    captioned(tmp_path, [clip("a")], say=lambda question: "I'm sorry, I can't help with that.")
    reviews = Reviews(tmp_path / NAME)
    assert reviews.listed()["captions"][0]["name"] == "a.mp4"
    with pytest.raises(UsageError, match="no caption to accept"):
        reviews.judge(clip("a").id, "accepted", "")
    reviews.judge(clip("a").id, "edited", "", "A man walks.")
    row = rows(tmp_path)["a"]
    assert row["caption"] == replayed(row) == "A man walks."
    assert "reason" not in row
    captioned(tmp_path, [clip("a")], retry_failed=True)
    assert rows(tmp_path)["a"] == row


def test_a_person_words_a_caption_while_it_is_asked_for_again(tmp_path: Path) -> None:
    captioned(tmp_path, [clip("a")], say=lambda question: "I'm sorry, I can't help with that.")
    reviews = Reviews(tmp_path / NAME)

    def say(question: Question) -> Exception:
        reviews.judge(clip("a").id, "edited", "", "A man walks.")
        return AskError("engine", "it broke")

    captioned(tmp_path, [clip("a")], say=say, retry_failed=True, prompt="Describe it anew.")
    assert rows(tmp_path)["a"]["caption"] == "A man walks."


def test_a_file_that_is_only_away_spends_no_verdict(reviews: Reviews, tmp_path: Path) -> None:
    reviews.judge(clip("a").id, "edited", CAPTION, "A man strolls.")
    captioned(tmp_path, [Clip("/films/a.mp4")], say=lambda question: AskError("engine", "no such file"))
    assert rows(tmp_path)["a"]["caption"] == "A man strolls."
    assert rows(tmp_path, results.FAILURES) == {}


def test_a_verdict_is_spent_when_the_file_changes(reviews: Reviews, tmp_path: Path) -> None:
    reviews.judge(clip("a").id, "edited", CAPTION, "A man strolls.")
    captioned(tmp_path, [clip("a", mtime=99)])
    assert rows(tmp_path)["a"]["caption"] == CAPTION
    told = reviews.one(clip("a", mtime=99).id)
    assert told is not None
    assert told["others"] == [{"whose": "before", "caption": "A man strolls."}]


def test_a_verdict_is_taken_back(reviews: Reviews, tmp_path: Path) -> None:
    before = rows(tmp_path)
    for verdict in ("rejected", "again", "accepted"):
        reviews.judge(clip("a").id, verdict, CAPTION)
        reviews.judge(clip("a").id, None, CAPTION)
        assert rows(tmp_path) == before
        assert open_to_read(tmp_path / NAME).times_again(clip("a")) == 0
        assert reviews.overview()["verdicts"]["open"] == 3


def test_a_persons_words_are_not_lost_by_a_later_verdict(reviews: Reviews, tmp_path: Path) -> None:
    words = "A man strolls."
    reviews.judge(clip("a").id, "edited", CAPTION, words)
    reviews.judge(clip("a").id, "rejected", words)
    reviews.judge(clip("a").id, None, words)
    told = reviews.one(clip("a").id)
    assert told is not None
    assert (told["caption"], told["others"]) == (CAPTION, [{"whose": "before", "caption": words}])
    reviews.judge(clip("a").id, "edited", CAPTION, words)
    reviews.judge(clip("a").id, "rejected", words)
    reviews.judge(clip("a").id, "accepted", words)
    assert rows(tmp_path)["a"]["caption"] == words


def test_what_was_not_seen_cannot_be_judged(reviews: Reviews) -> None:
    for verdict in ("accepted", "edited", "rejected"):
        with pytest.raises(StaleError):
            reviews.judge(clip("a").id, verdict, "Another caption.", "My words.")
    with pytest.raises(UsageError, match="no verdict 'great'"):
        reviews.judge(clip("a").id, "great", CAPTION)
    with pytest.raises(UsageError, match="no caption 'x'"):
        reviews.judge("x", "accepted", CAPTION)
    with pytest.raises(UsageError, match="one line"):
        reviews.judge(clip("a").id, "edited", CAPTION, "A man.\nA dog.")


def test_a_verdict_waits_for_a_run_that_writes(reviews: Reviews, tmp_path: Path) -> None:
    running = open_again(tmp_path)

    async def write() -> None:
        running.answered(clip("b"), "key", Answer(Reply("A man.", "stop", 1, 1), 1.0))
        judging = asyncio.create_task(asyncio.to_thread(reviews.judge, clip("a").id, "accepted", CAPTION))
        await asyncio.sleep(0.02)
        assert not judging.done()
        await judging

    asyncio.run(write())
    running.close()
    assert rows(tmp_path)["a"]["verdict"] == "accepted"


def test_shards_keep_their_verdicts_when_they_are_merged(tmp_path: Path) -> None:
    for shard in ("shard-0", "shard-1"):
        captioned(tmp_path / shard, [clip("a"), clip("b")])
    first, second = (Reviews(tmp_path / shard / NAME) for shard in ("shard-0", "shard-1"))
    first.judge(clip("a").id, "rejected", CAPTION)
    second.judge(clip("b").id, "edited", CAPTION, "A man strolls.")
    results.merge(tmp_path)
    assert {stem: row["caption"] for stem, row in rows(tmp_path).items()} == {"b": "A man strolls."}
    assert rows(tmp_path, results.FAILURES)["a"]["reason"] == "rejected"


def test_a_check_looks_at_what_persons_left(reviews: Reviews, tmp_path: Path) -> None:
    reviews.judge(clip("a").id, "rejected", CAPTION)
    reviews.judge(clip("b").id, "edited", CAPTION, "A dog runs over a field of snow.")
    assert check(tmp_path).flagged["same_caption"] == []
    reviews.judge(clip("b").id, None, "")
    assert len(check(tmp_path).flagged["same_caption"]) == 2


def test_a_database_that_is_gone_is_told(reviews: Reviews, tmp_path: Path) -> None:
    (tmp_path / NAME).unlink()
    with pytest.raises(RunError, match="unable to open"):
        reviews.listed()
    assert not (tmp_path / NAME).exists()


def test_lists_by_confidence_flags_and_verdict(tmp_path: Path) -> None:
    said = {
        "sure": Reply("A man appears to walk.", "stop", 1, 5, -0.1),
        "unsure": Reply("A man walks.", "stop", 1, 5, -2.0),
        "unknown": Reply("A man walks.", "stop", 1, 5, None),
    }
    for name, reply in said.items():
        captioned(tmp_path, [clip(name)], say=lambda question, reply=reply: reply)
    reviews = Reviews(tmp_path / NAME)

    def names(**how: str) -> list[str]:
        return [Path(row["name"]).stem for row in reviews.listed(**how)["captions"]]

    assert names() == ["sure", "unknown", "unsure"]
    assert names(order="confidence") == ["unsure", "sure", "unknown"]
    assert names(order="flags")[0] == "sure"
    assert names(flag="hedge") == ["sure"]
    assert {each["flag"]: each["count"] for each in reviews.overview()["flags"]} == {"hedge": 1}
    reviews.judge(clip("sure").id, "rejected", said["sure"].text)
    assert names() == ["unknown", "unsure"]
    assert names(verdict="rejected") == ["sure"]
    assert len(names(verdict="all")) == 3
    with pytest.raises(UsageError, match="order"):
        reviews.listed(order="size; DROP TABLE clips")


def test_old_captions_stand_beside(reviews: Reviews, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("path,caption\n/films/../films/a.mp4,A man.\n", encoding="utf-8-sig")
    with_old = replace(reviews, old=results.captions_by_path(tmp_path / "old.csv"), old_name="old.csv")
    told = with_old.one(clip("a").id)
    assert told is not None
    assert told["others"] == [{"whose": "old.csv", "caption": "A man."}]
    assert results.captions_by_path(tmp_path)["/films/a.mp4"] == CAPTION
    with pytest.raises(UsageError, match="no csv"):
        results.captions_by_path(tmp_path / "none.csv")
