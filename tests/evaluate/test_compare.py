"""Two runs side by side, and whether the new captions say more."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from PIL import Image

from recaption.claim import open_run
from recaption.clip import Caption, Clip
from recaption.errors import UsageError
from recaption.evaluate.compare import NOT_JUDGED, Judging, Telling, by_truth, compare, table, write
from recaption.evaluate.report import frame_times
from recaption.scripted import files, grammar
from recaption.scripted.world import Script
from recaption.store import Fingerprint
from tests.loops import in_loop

RUN = Fingerprint("diffsw", "colour", "default", "hash", "every 2 s", 512)
PATHS = [f"/films/{number}.mp4" for number in range(12)]
SHORT = "A man walks along the pier."
LONG = "A tall man in a red coat walks along the old pier. A gull lands. The background is a grey sea."


@in_loop
async def stored(out: Path, captions: dict[str, str], run: Fingerprint = RUN) -> None:
    store = open_run(out, run)
    for path, text in captions.items():
        await store.finish(Clip(path, size=1, mtime_ns=2), Caption(text, text.replace(". ", ".\n\n")))
    store.close()


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    stored(tmp_path / "old", dict.fromkeys(PATHS, SHORT))
    stored(tmp_path / "new", dict.fromkeys([*PATHS, "/films/other.mp4"], LONG))
    return tmp_path / "old", tmp_path / "new"


def telling(old: Telling, new: Telling) -> Judging:
    return lambda outs: [dict.fromkeys(PATHS, old), dict.fromkeys(PATHS, new)]


def test_figures_of_both_and_no_verdict_without_a_judge(runs: tuple[Path, Path]) -> None:
    result = compare(*runs)
    assert result["clips"] == 12
    old, new = result["overall"]["old"], result["overall"]["new"]
    assert (old["words"], new["words"]) == (6, 21)
    assert (old["paragraphs"], new["paragraphs"]) == (1, 3)
    assert new["background"] == pytest.approx(1 / 3, abs=1e-4)
    assert result["verdict"].startswith("the new captions have 3.50 times the words")
    assert result["verdict"].endswith(NOT_JUDGED)
    assert result["by_clip"][PATHS[0]]["new"]["things"] == new["things"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (Telling(0.8, 0.4), Telling(0.8, 0.6), ["say more of what happens", "no more of it wrong"]),
        (Telling(0.8, 0.4), Telling(0.5, 0.4), ["say no more", "more of it wrong (precision -0.300"]),
        (Telling(0.8, 0.4), Telling(0.9, 0.3), ["say less of what happens", "less of it wrong"]),
    ],
)
def test_the_verdict(runs: tuple[Path, Path], old: Telling, new: Telling, says: list[str]) -> None:
    result = compare(*runs, judging=telling(old, new))
    assert all(words in result["verdict"] for words in says)
    assert result["events"]["new"]["event_recall"] == new.recall
    assert any(line.startswith("event_recall") for line in table(result))


def test_a_difference_within_chance_is_none(runs: tuple[Path, Path]) -> None:
    def judging(outs: object) -> list[dict[str, Telling]]:
        return [
            {path: Telling(0.5, 0.5 + 0.1 * (i % 2)) for i, path in enumerate(PATHS)},
            {path: Telling(0.5, 0.5 + 0.1 * (i // 2 % 2)) for i, path in enumerate(PATHS)},
        ]

    assert "say no more" in compare(*runs, judging=judging)["verdict"]


def test_captions_by_people_are_a_third_column(runs: tuple[Path, Path], tmp_path: Path) -> None:
    human = tmp_path / "human.csv"
    human.write_text(f"path,caption\n{PATHS[0]},A person on a pier.\n/films/unknown.mp4,Nothing.\n")
    result = compare(*runs, human=human)
    assert result["overall"]["human"]["words"] == 5
    assert table(result)[1].split()[-4:] == ["old", "new", "human", "new/old"]
    human.write_text("file,text\na,b\n")
    with pytest.raises(UsageError, match="path and caption"):
        compare(*runs, human=human)


def test_events_by_the_truth(tmp_path: Path) -> None:
    made = list(files.make(tmp_path / "clips", 2, 3, (8.0, 9.0), (64, 48)))
    right = {str(path): " ".join(true_sentences(script)) for path, script in made}
    stored(tmp_path / "old", dict.fromkeys(right, "Nothing happens."))
    stored(tmp_path / "new", right)
    result = compare(tmp_path / "old", tmp_path / "new", judging=by_truth(tmp_path / "clips" / files.TRUTH))
    assert result["events"]["old"]["event_recall"] == 0
    assert result["events"]["new"]["event_recall"] > 0.8
    assert "say more of what happens" in result["verdict"]


def true_sentences(script: Script) -> list[str]:
    return [grammar.caption(script, frame_times(script), random.Random(0))]


def test_what_is_written(runs: tuple[Path, Path], tmp_path: Path) -> None:
    bars = {(86, 180, 233), (213, 94, 0)}
    judgings = (
        None,
        telling(Telling(0.8, 0.4, 0.9), Telling(0.8, 0.6, 1.0)),
        telling(Telling(0.8, 0.4), Telling(0.8, 0.6, 1.0)),
    )
    for judging in judgings:
        result = compare(*runs, judging=judging)
        assert any(line.startswith("order") for line in table(result)) == (judging is not None)
        write(result, tmp_path / "both.json", tmp_path / "both.png")
        assert json.loads((tmp_path / "both.json").read_text()) == result
        with Image.open(tmp_path / "both.png") as picture:
            assert picture.size == (1800, 900)
            colours = picture.convert("RGB").getcolors(1_000_000) or []
        assert (bars <= {colour for _, colour in colours}) == (judging is not None)


def test_runs_without_a_clip_in_common(tmp_path: Path) -> None:
    stored(tmp_path / "old", {"/a.mp4": SHORT})
    stored(tmp_path / "new", {"/b.mp4": SHORT})
    with pytest.raises(UsageError, match="in common"):
        compare(tmp_path / "old", tmp_path / "new")
