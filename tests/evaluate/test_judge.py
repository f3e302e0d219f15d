"""Captions against references, with a judge that takes sentences for events and shared words for entailment."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from recaption.claim import open_run
from recaption.clip import Caption, Clip, Question
from recaption.errors import RunError, UsageError
from recaption.evaluate.judge import MOST_EVENTS, judge
from recaption.store import Fingerprint
from tests.clips import ColourEngine
from tests.loops import in_loop

RUN = Fingerprint("diffsw", "colour", "default", "hash", "every 2 s", 512)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def simple(question: Question) -> str:
    """Sentences as events, with bullets; an event is entailed where all of its words are in the text."""
    text = question.prompt.split("video clip:\n")[1].split("\n\n")[0]
    if "List the events" in question.prompt:
        sentences = [sentence.strip() for sentence in text.split(".") if sentence.strip()]
        return "\n".join(f"- {sentence}" for sentence in sentences) or "none"
    events = re.findall(r"^(\d+): (.+)$", question.prompt, re.M)
    verdicts = {number: "entailed" if words(event) <= words(text) else "neutral" for number, event in events}
    return "Here you are:\n" + "\n".join(f"{number}: **{verdict}**" for number, verdict in verdicts.items())


@in_loop
async def stored(out: Path, captions: dict[str, str]) -> None:
    store = open_run(out, RUN)
    for path, text in captions.items():
        if text:
            await store.finish(Clip(path, size=1, mtime_ns=2), Caption(text, text))
        else:
            await store.fail(Clip(path, size=1, mtime_ns=2), "deadline", "slow")
    store.close()


def judged(tmp_path: Path, captions: dict[str, str], references: list[dict[str, Any]], engine: ColourEngine) -> Any:
    out, file = tmp_path / "captions", tmp_path / "refs.jsonl"
    if not out.exists():
        stored(out, captions)
    file.write_text("".join(json.dumps(row) + "\n" for row in references))
    return judge(out, file, engine)


def test_precision_and_recall_are_means_over_clips(tmp_path: Path) -> None:
    captions = {"/films/a.mp4": "A man runs. A dog barks. A car stops.", "/films/b.mp4": "It rains."}
    references = [
        {"path": "/films/a.mp4", "caption": "A man runs. A dog barks. A bird sings. A door opens."},
        {"path": "/films/b.mp4", "events": ["It rains"]},
        {"path": "/films/c.mp4", "caption": "Nobody captioned this one."},
    ]
    result = judged(tmp_path, captions, references, ColourEngine(answer=simple))
    assert (result["clips"], result["unjudged"], result["judge"]) == (2, 0, "colour")
    assert result["event_precision"] == pytest.approx((2 / 3 + 1) / 2, abs=1e-4)
    assert result["event_recall"] == pytest.approx((2 / 4 + 1) / 2, abs=1e-4)
    low, high = result["event_f1_interval"]
    assert low <= result["event_f1"] <= high


def test_paths_may_be_relative_to_the_references(tmp_path: Path) -> None:
    captions = {str(tmp_path / "a.mp4"): "A man runs."}
    result = judged(tmp_path, captions, [{"path": "a.mp4", "caption": "A man runs."}], ColourEngine(answer=simple))
    assert result["event_f1"] == 1.0


def test_a_clip_that_failed_recalls_nothing(tmp_path: Path) -> None:
    result = judged(
        tmp_path, {"/a.mp4": ""}, [{"path": "/a.mp4", "caption": "A man runs."}], ColourEngine(answer=simple)
    )
    assert (result["event_recall"], result["clips"]) == (0.0, 1)


def test_replies_are_kept_by_judge(tmp_path: Path) -> None:
    captions, references = {"/a.mp4": "A man runs."}, [{"path": "/a.mp4", "caption": "A man runs. It rains."}]
    first, again, other = (ColourEngine(name, answer=simple) for name in ("one", "one", "two"))
    assert judged(tmp_path, captions, references, first) == judged(tmp_path, captions, references, again)
    judged(tmp_path, captions, references, other)
    assert (len(first.asked), len(again.asked), len(other.asked)) == (4, 0, 4)


def test_at_most_ten_events_count(tmp_path: Path) -> None:
    text = " ".join(f"Man number {number} runs." for number in range(14))
    engine = ColourEngine(answer=simple)
    judged(tmp_path, {"/a.mp4": text}, [{"path": "/a.mp4", "events": ["x"]}], engine)
    listed = [len(re.findall(r"^\d+: ", question.prompt, re.M)) for question in engine.asked]
    assert max(listed) == MOST_EVENTS


def test_a_judge_without_a_verdict_leaves_the_clip_out(tmp_path: Path) -> None:
    def silent(question: Question) -> str:
        return simple(question) if "List" in question.prompt or "dog" in question.prompt else "I think so."

    captions = {"/a.mp4": "A man runs.", "/b.mp4": "A dog barks."}
    references = [{"path": path, "caption": text} for path, text in captions.items()]
    result = judged(tmp_path, captions, references, ColourEngine(answer=silent))
    assert (result["clips"], result["unjudged"], result["event_f1"]) == (1, 1, 1.0)


def test_an_engine_that_dies_ends_it(tmp_path: Path) -> None:
    engine = ColourEngine(answer=lambda question: RunError("the engine died"))
    with pytest.raises(RunError, match="died"):
        judged(tmp_path, {"/a.mp4": "A man runs."}, [{"path": "/a.mp4", "caption": "A."}], engine)
    assert engine.closed


@pytest.mark.parametrize(
    ("line", "message"),
    [("{}", "line 1: path and caption"), ("no json", "line 1"), ('{"path": "/b.mp4", "caption": "A."}', "no clip of")],
)
def test_references_that_will_not_do(tmp_path: Path, line: str, message: str) -> None:
    stored(tmp_path / "captions", {"/a.mp4": "A man runs."})
    (tmp_path / "refs.jsonl").write_text(line + "\n")
    with pytest.raises(UsageError, match=message):
        judge(tmp_path / "captions", tmp_path / "refs.jsonl", ColourEngine(answer=simple))
