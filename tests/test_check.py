"""What a look across all captions finds, and flags."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from recaption.check import FLAGS, check
from recaption.claim import open_run
from recaption.clip import Caption, Clip
from recaption.errors import MissingExtra, UsageError
from recaption.store import Fingerprint
from tests.loops import in_loop

RUN = Fingerprint("diffsw", "colour", "default", "hash", "every 2 s", 512)
WORDS = [
    "man",
    "woman",
    "dog",
    "red",
    "car",
    "street",
    "lake",
    "pier",
    "walks",
    "runs",
    "holds",
    "small",
    "tall",
    "window",
    "rain",
    "light",
    "tree",
    "boat",
    "hat",
    "door",
]
PIER = "A tall man in a red hat walks along the pier while two small boats pass by in the rain and a dog barks."


def usual(count: int) -> dict[str, Caption]:
    """Captions of some twenty random words each."""
    rng = random.Random(0)
    texts = [" ".join(rng.choices(WORDS, k=rng.randint(16, 24))) + "." for _ in range(count)]
    return {f"usual{i}": Caption(text, text, mean_logprob=-0.5 - rng.random() / 10) for i, text in enumerate(texts)}


@in_loop
async def stored(out: Path, captions: dict[str, Caption], short: dict[str, str]) -> None:
    store = open_run(out, RUN)
    for name, caption in captions.items():
        await store.finish(Clip(f"/films/{name}.mp4", size=1, mtime_ns=2, text=short.get(name)), caption)
    await store.fail(Clip("/films/gone.mp4"), "missing", "gone")
    store.close()


def flags(out: Path) -> dict[str, list[str]]:
    rows = map(json.loads, (out / "captions.jsonl").read_text().splitlines())
    return {Path(row["path"]).stem: row["flags"] for row in rows if row["flags"]}


def found(out: Path, captions: dict[str, Caption], **short: str) -> dict[str, list[str]]:
    stored(out, {**usual(60), **captions}, short)
    check(out)
    return flags(out)


def told(text: str) -> Caption:
    return Caption(text, text, mean_logprob=-0.5)


def test_usual_captions_have_no_flag(tmp_path: Path) -> None:
    assert found(tmp_path, {}) == {}


def test_the_same_caption_on_two_clips(tmp_path: Path) -> None:
    assert found(tmp_path, {"a": told(PIER), "b": told(PIER.upper())}) == {"a": ["same_caption"], "b": ["same_caption"]}


def test_nearly_the_same_caption(tmp_path: Path) -> None:
    other = PIER.replace("barks", "howls")
    assert found(tmp_path, {"a": told(PIER), "b": told(other)}) == {"a": ["near_caption"], "b": ["near_caption"]}


def test_one_clip_in_two_spans_has_two_captions(tmp_path: Path) -> None:
    half = " ".join(PIER.split()[:12]) + " in front of a long row of houses with green doors."
    assert found(tmp_path, {"a": told(PIER), "b": told(half)}) == {}


def test_lengths_far_out(tmp_path: Path) -> None:
    long = " ".join(f"word{i}" for i in range(400)) + "."
    assert found(tmp_path, {"short": told("A dog."), "long": told(long)}) == {
        "short": ["odd_length"],
        "long": ["odd_length"],
    }


def test_low_probability(tmp_path: Path) -> None:
    unsure, sure = replace(told(PIER), mean_logprob=-4.0), replace(told(PIER + " It rains."), mean_logprob=-0.001)
    assert found(tmp_path, {"a": unsure, "none": replace(told("x " * 20), mean_logprob=None)})["a"] == [
        "low_probability"
    ]
    assert "low_probability" not in found(tmp_path / "b", {"b": sure}).get("b", [])


def test_a_refusal_that_was_left(tmp_path: Path) -> None:
    refusal = (
        "I'm sorry, but I can't describe the people who walk along the pier in the rain with their two dogs today."
    )
    assert found(tmp_path, {"a": told(refusal)}) == {"a": ["refusal_left"]}


@pytest.mark.parametrize(
    ("short", "expected"),
    [
        ("a man walking on a pier", {}),
        ("rainy boats", {}),
        ("three cats sleep on a sofa", {"a": ["disagrees"]}),
        ("the", {}),
    ],
)
def test_a_caption_against_a_short_one(tmp_path: Path, short: str, expected: dict[str, list[str]]) -> None:
    assert found(tmp_path, {"a": told(PIER)}, a=short) == expected


def test_flags_of_others_stay_and_those_of_an_earlier_check_go(tmp_path: Path) -> None:
    earlier = replace(told(PIER), flags=("tiny", "same_caption"))
    assert found(tmp_path, {"a": earlier}) == {"a": ["tiny"]}


def test_the_table(tmp_path: Path) -> None:
    stored(tmp_path, {"a": told(PIER), "b": told(PIER)}, {})
    lines = check(tmp_path).lines()
    assert lines[0] == "2 captions"
    assert lines[1] == f"     2 same_caption: {FLAGS['same_caption']}"
    assert {line.strip() for line in lines[2:4]} == {"/films/a.mp4", "/films/b.mp4"}


def test_without_a_run_or_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no such database"):
        check(tmp_path)
    monkeypatch.setitem(sys.modules, "datasketch", None)
    with pytest.raises(MissingExtra, match=r"recaption\[check\]"):
        check(tmp_path)
