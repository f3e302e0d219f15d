from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from recaption import cli, command, prompts
from recaption.clip import Question, Reply
from recaption.engines import choose
from tests.clips import ColourEngine, make_clips


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ColourEngine:
    engine = ColourEngine(answer=told)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(choose, "choose", lambda model, revision: choose.Choice(model or "colour", ""))
    monkeypatch.setattr(command, "load", lambda *_: engine)
    return engine


def told(question: Question) -> str:
    last = question.prompt.splitlines()[-1]
    return f"Answer {len(question.pictures)} to {last.rpartition(':')[2].strip() or last}"


def recaption(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert isinstance(left.value.code, int)
    return left.value.code


def rows(file: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]


def test_each_line_becomes_a_caption(engine: ColourEngine) -> None:
    Path("short.txt").write_text("a cat runs\n\n  two dogs sleep \n", encoding="utf-8")
    assert recaption("rewrite", "short.txt") == 0
    first, second = rows("rewritten/captions.jsonl")
    assert (first["text"], first["caption"]) == ("a cat runs", "Answer 0 to a cat runs.")
    assert (second["text"], second["path"]) == ("two dogs sleep", str(Path("short.txt").absolute()) + ":3")
    assert first["mode"] == "rewrite"
    words = prompts.load("default")
    assert [q.prompt for q in engine.asked] == [words.recaption(t).text for t in ("a cat runs", "two dogs sleep")]


def test_lines_that_are_new_are_rewritten_and_no_others(engine: ColourEngine) -> None:
    Path("short.txt").write_text("a cat runs\ntwo dogs sleep\n")
    assert recaption("rewrite", "short.txt") == 0
    Path("short.txt").write_text("a cat runs\ntwo dogs wake\na bird\n")
    assert recaption("rewrite", "short.txt") == 0
    assert [row["text"] for row in rows("rewritten/captions.jsonl")] == ["a cat runs", "two dogs wake", "a bird"]
    assert len(engine.asked) == 4


def test_a_line_that_fails_is_a_row_and_is_tried_again(engine: ColourEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(question: Question) -> Reply | str:
        return Reply(" ", "stop", 1, 0) if "cat" in question.prompt else told(question)

    Path("short.txt").write_text("a cat runs\ntwo dogs sleep\n")
    monkeypatch.setattr(command, "load", lambda *_: ColourEngine(answer=silent))
    assert recaption("rewrite", "short.txt") == 3
    (failure,) = rows("rewritten/failures.jsonl")
    assert (failure["text"], failure["reason"]) == ("a cat runs", "empty")
    monkeypatch.setattr(command, "load", lambda *_: engine)
    assert recaption("rewrite", "short.txt", "--retry-failed") == 0
    assert [q.prompt.endswith("a cat runs") for q in engine.asked] == [True]
    assert len(rows("rewritten/captions.jsonl")) == 2


@pytest.mark.parametrize(
    "write", [lambda file: file.write_text("\n \n"), lambda file: file.write_bytes(b"\xff\xfe\x00"), None]
)
def test_a_file_without_prompts_is_wrong_usage(
    engine: ColourEngine, write: Callable[[Path], object] | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if write:
        write(Path("short.txt"))
    assert recaption("rewrite", "short.txt") == 2
    assert "short.txt" in capsys.readouterr().err
    assert not Path("rewritten").exists()


def test_steps_are_summed_up_again_with_other_prompts(engine: ColourEngine) -> None:
    make_clips(Path("films"), 2)
    assert recaption("films") == 0
    asked = len(engine.asked)
    assert recaption("summarize", "captions", "--prompts", "sharecaptioner", "--retries", "0") == 0
    before, after = rows("captions/captions.jsonl"), rows("summaries/captions.jsonl")
    assert [(row["path"], row["steps"]) for row in before] == [(row["path"], row["steps"]) for row in after]
    assert {row["prompts"] for row in after} == {"sharecaptioner"}
    questions = engine.asked[asked:]
    assert len(questions) == 2
    assert all(not q.pictures and str(before[0]["steps"][0]["text"])[:8] in q.prompt for q in questions)  # type: ignore[index]
    assert recaption("summarize", "captions", "--prompts", "sharecaptioner", "--retries", "0") == 0
    assert len(engine.asked) == asked + 2


def test_flags_of_the_caption_that_was_there_do_not_go_along(engine: ColourEngine) -> None:
    make_clips(Path("films"), 1)
    assert recaption("films") == 0
    (row,) = rows("captions/captions.jsonl")
    flags = ["interval_widened", "tiny", "contradicted", "same_caption", "cut"]
    Path("flagged").mkdir()
    Path("flagged/captions.jsonl").write_text(json.dumps(row | {"flags": flags}) + "\n")
    assert recaption("summarize", "flagged") == 0
    assert rows("summaries/captions.jsonl")[0]["flags"] == ["interval_widened", "tiny"]


def test_the_two_captions_of_a_clip_are_joined_again(engine: ColourEngine) -> None:
    make_clips(Path("films"), 1)
    assert recaption("films", "--mode", "svd") == 0
    first = engine.asked[-1].prompt
    assert recaption("summarize", "captions", "--max-tokens", "99") == 0
    assert engine.asked[-1].prompt == first
    assert len(engine.asked) == 4


def test_captions_without_steps_cannot_be_summed_up(engine: ColourEngine, capsys: pytest.CaptureFixture[str]) -> None:
    make_clips(Path("films"), 1)
    assert recaption("films", "--mode", "grid") == 0
    assert recaption("summarize", "captions") == 2
    assert "mode grid" in capsys.readouterr().err
    assert recaption("summarize", "nothing") == 2
