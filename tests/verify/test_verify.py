"""Rows of a folder of captions, before and after they were held against their clips."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from recaption.check import check
from recaption.claim import open_again, open_run
from recaption.clip import Caption, Clip, Edit
from recaption.database import NAME
from recaption.errors import DecodeError, RunError, UsageError
from recaption.parts import Parts
from recaption.postfilter import PostFilter, clean, replay
from recaption.refilter import refilter
from recaption.results import captions, merge
from recaption.review.reviews import Reviews
from recaption.store import Fingerprint
from recaption.verify.mending import CODE, PHRASE
from recaption.verify.verify import OTHER_FILE, Findings, again, verify
from tests.loops import in_loop

RUN = Fingerprint("diffsw", "colour", "default", "hash", "every 2 s", 512)
RAW = "The video shows a man in a bright kitchen.\n\nThe camera pans left as he sits down.</s>"
FILTERED = "There is a man in a bright kitchen. The camera pans left as he sits down."
FIXED = "There is a man in a kitchen."
WORLD: dict[str, Any] = {"camera": {"kind": "static", "strength": 0.0, "moves": []}, "brightness": 0.1, "unused": 7}
USED = {name: WORLD[name] for name in ("camera", "brightness")}

Measured = Callable[[Clip], Awaitable[Mapping[str, Any]]]


def measured(known: Mapping[str, Mapping[str, Any]]) -> Measured:
    """What is given for a clip by its name; a clip that is not named cannot be decoded."""

    async def measure(clip: Clip) -> Mapping[str, Any]:
        if Path(clip.path).stem not in known:
            raise DecodeError("missing", f"{clip.path}: gone")
        return known[Path(clip.path).stem]

    return measure


@in_loop
async def stored(out: Path, said: Mapping[str, str]) -> None:
    store = open_run(out, RUN)
    for name, raw in said.items():
        cleaned = clean(raw)
        caption = Caption(cleaned.text, raw, edits=cleaned.edits, flags=("tiny",))
        await store.finish(Clip(f"/films/{name}.mp4", size=1, mtime_ns=2), caption)
    await store.fail(Clip("/films/gone.mp4"), "missing", "gone")
    store.close()


def held(out: Path, fix: bool = False, phrase: bool = False, **known: Mapping[str, Any]) -> Findings:
    return verify(out, fix, phrase, nullcontext(measured(known or {"a": WORLD})))


def rows(out: Path) -> dict[str, dict[str, Any]]:
    return {Path(row["path"]).stem: row for row in map(json.loads, (out / "captions.jsonl").read_text().splitlines())}


def row(out: Path) -> dict[str, Any]:
    return rows(out)["a"]


def test_a_caption_is_flagged_and_stays(tmp_path: Path) -> None:
    stored(tmp_path, {"a": RAW})
    findings = held(tmp_path)
    assert row(tmp_path)["caption"] == FILTERED
    assert row(tmp_path)["flags"] == ["tiny", CODE]
    assert row(tmp_path)["verified"] == [
        {
            "kind": "picture",
            "value": "bright",
            "words": "bright",
            "outcome": "contradicted",
            "measure": "mean brightness 0.10 of 1",
        },
        {
            "kind": "camera",
            "value": "pan_left",
            "words": "pans left",
            "outcome": "contradicted",
            "measure": "the camera: static",
        },
    ]
    assert row(tmp_path)["verified_by"] == {"fix": False, "camera_phrase": False, "measures": USED}
    assert (findings.captions, findings.mended, findings.flagged) == (1, 0, ["/films/a.mp4"])


def test_what_is_wrong_goes_as_edits(tmp_path: Path) -> None:
    stored(tmp_path, {"a": RAW})
    findings = held(tmp_path, fix=True)
    fixed = row(tmp_path)
    assert (fixed["caption"], fixed["flags"]) == (FIXED, ["tiny"])
    assert fixed["edits"][-1]["code"] == CODE
    assert replay(fixed["raw"], [Edit(**edit) for edit in fixed["edits"]]) == FIXED
    assert [each["outcome"] for each in fixed["verified"]] == ["contradicted"] * 2
    assert (findings.mended, findings.flagged) == (1, [])


@pytest.mark.parametrize(("fix", "phrase"), [(False, False), (True, False), (False, True), (True, True)])
def test_twice_is_as_once(tmp_path: Path, fix: bool, phrase: bool) -> None:
    stored(tmp_path, {"a": RAW})
    first = held(tmp_path, fix, phrase)
    before = (tmp_path / "captions.jsonl").read_bytes()
    assert held(tmp_path, fix, phrase) == first
    assert (tmp_path / "captions.jsonl").read_bytes() == before


def test_the_camera_s_phrase_stands_for_what_is_wrong_of_the_camera(tmp_path: Path) -> None:
    stored(tmp_path, {"a": RAW})
    assert held(tmp_path, phrase=True).phrases == 1
    assert row(tmp_path)["caption"] == "There is a man in a bright kitchen. The camera is static."
    assert [edit["code"] for edit in row(tmp_path)["edits"]][-2:] == [CODE, PHRASE]
    assert row(tmp_path)["flags"] == ["tiny", CODE]
    held(tmp_path, fix=True, phrase=True)
    assert row(tmp_path)["caption"] == f"{FIXED} The camera is static."


def test_another_call_starts_from_what_the_filter_left(tmp_path: Path) -> None:
    stored(tmp_path, {"a": RAW})
    held(tmp_path)
    before = rows(tmp_path)
    held(tmp_path, fix=True, phrase=True)
    assert row(tmp_path)["caption"] != FILTERED
    held(tmp_path)
    assert rows(tmp_path) == before


def test_what_another_call_undoes_is_told(tmp_path: Path) -> None:
    stored(tmp_path, {"a": RAW, "b": "A man sits. The camera is static."})
    both = {"a": WORLD, "b": WORLD}
    assert held(tmp_path, fix=True, phrase=True, **both).undone == 0
    assert held(tmp_path, fix=True, **both).undone == 1
    findings = held(tmp_path, **both)
    assert findings.undone == 1
    assert findings.lines()[-1].split(":")[0].strip() == "1 captions have their words again"
    assert held(tmp_path, **both).undone == 0


def test_what_was_measured_once_is_not_measured_again(tmp_path: Path) -> None:
    stored(tmp_path, {"a": RAW, "b": RAW})
    held(tmp_path, a=WORLD)
    findings = held(tmp_path, b={"brightness": 0.9}, fix=True)
    assert not findings.unmeasured
    assert rows(tmp_path)["a"]["verified_by"]["measures"] == USED
    assert rows(tmp_path)["b"]["verified_by"]["measures"] == {"brightness": 0.9}


def test_a_caption_is_never_emptied(tmp_path: Path) -> None:
    stored(tmp_path, {"a": "The camera pans left."})
    assert held(tmp_path, fix=True).flagged == ["/films/a.mp4"]
    assert row(tmp_path)["caption"] == "The camera pans left."


def test_a_clip_that_cannot_be_measured_is_counted_and_not_judged(tmp_path: Path) -> None:
    stored(tmp_path, {"a": RAW, "b": RAW})
    findings = held(tmp_path, fix=True, a=WORLD)
    assert findings.unmeasured == {"missing": 1}
    assert {each["outcome"] for each in rows(tmp_path)["b"]["verified"]} == {"unknown"}
    assert rows(tmp_path)["b"]["caption"] == FILTERED


@pytest.mark.parametrize("text", [None, "a kitchen"])
def test_a_file_that_was_replaced_is_counted_and_not_judged(tmp_path: Path, text: str | None) -> None:
    film, out = tmp_path / "a.mp4", tmp_path / "out"
    film.write_bytes(b"a film")
    told(out, RUN, replace(Clip.of(film, 1.0, 2.5), text=text))
    film.write_bytes(b"another film")
    findings = held(out, fix=True)
    assert findings.unmeasured == {OTHER_FILE: 1}
    assert OTHER_FILE in findings.lines()[-1]
    assert (row(out)["caption"], row(out)["flags"]) == (FILTERED, [])


@pytest.mark.parametrize("text", [None, "a kitchen"])
def test_the_file_that_was_captioned_is_measured(tmp_path: Path, text: str | None) -> None:
    film, out = tmp_path / "a.mp4", tmp_path / "out"
    film.write_bytes(b"a film")
    told(out, RUN, replace(Clip.of(film, 1.0, 2.5), text=text))
    assert held(out, fix=True).mended == 1


def test_captions_of_steps_do_not_say_of_which_version_of_the_file_they_are(tmp_path: Path) -> None:
    film, out = tmp_path / "a.mp4", tmp_path / "out"
    film.write_bytes(b"a film")
    told(out, replace(RUN, mode="summarize"), Clip(str(film), size=0, mtime_ns=12))
    assert held(out, fix=True).mended == 1


@in_loop
async def told(out: Path, run: Fingerprint, clip: Clip) -> None:
    store = open_run(out, run)
    cleaned = clean(RAW)
    await store.finish(clip, Caption(cleaned.text, RAW, edits=cleaned.edits))
    store.close()


def test_many_clips_are_measured_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recaption.database.READ_ROWS", 3)
    names = [f"clip{i}" for i in range(8)]
    stored(tmp_path, dict.fromkeys(names, RAW))
    findings = held(tmp_path, fix=True, **dict.fromkeys(names, WORLD))
    assert (findings.captions, findings.mended) == (8, 8)
    assert {each["caption"] for each in rows(tmp_path).values()} == {FIXED}


def test_a_filter_that_runs_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    stored(tmp_path, {"a": RAW})
    held(tmp_path, fix=True, phrase=True)
    before = row(tmp_path)
    refilter(tmp_path, PostFilter())
    assert again(filtered(row(tmp_path))) == before
    check(tmp_path)
    held(tmp_path, fix=True, phrase=True)
    assert row(tmp_path) == before


def filtered(row: dict[str, Any]) -> dict[str, Any]:
    """The row as the filter makes it anew, whether or not `refilter` has called `again`."""
    cleaned = clean(row["raw"])
    return row | {"caption": cleaned.text, "edits": [asdict(edit) for edit in cleaned.edits]}


def test_a_row_without_verdicts_or_words_is_no_case_for_again() -> None:
    plain = {"caption": "A dog barks.", "edits": [], "flags": []}
    assert again(plain) is plain
    known = {"fix": True, "camera_phrase": True, "measures": USED}
    empty = {"caption": "", "edits": [], "flags": [CODE], "verified": [1], "verified_by": known}
    assert again(empty) == empty | {"flags": [], "verified": []}


@pytest.mark.parametrize("verdict", ["accepted", "edited"])
def test_a_person_s_words_get_verdicts_and_no_edit(tmp_path: Path, verdict: str) -> None:
    words = FILTERED if verdict == "accepted" else "A man sits. The camera pans left."
    stored(tmp_path, {"a": RAW})
    say(tmp_path, verdict, words)
    findings = held(tmp_path, fix=True, phrase=True)
    assert row(tmp_path)["caption"] == words
    assert CODE in row(tmp_path)["flags"]
    assert "pan_left" in [each["value"] for each in row(tmp_path)["verified"]]
    assert findings.flagged == ["/films/a.mp4"]


@pytest.mark.parametrize("verdict", ["accepted", "edited"])
def test_a_filter_that_runs_again_leaves_a_person_s_words_and_their_verdicts(tmp_path: Path, verdict: str) -> None:
    stored(tmp_path, {"a": RAW})
    say(tmp_path, verdict, FILTERED if verdict == "accepted" else "A man sits. The camera pans left.")
    held(tmp_path, fix=True, phrase=True)
    before = row(tmp_path)
    assert CODE in before["flags"]
    refilter(tmp_path, PostFilter())
    assert row(tmp_path) == before


def test_of_words_that_a_person_took_out_nothing_is_told(tmp_path: Path) -> None:
    stored(tmp_path, {"a": RAW})
    held(tmp_path)
    say(tmp_path, "edited", "A man is in a kitchen.")
    (told,) = captions(tmp_path)
    assert told["flags"] == ["tiny"]
    assert "verified" not in told
    assert Reviews(tmp_path / NAME).one(told["id"])["flags"] == ["tiny"]  # type: ignore[index]
    assert held(tmp_path).flagged == []
    assert row(tmp_path)["verified"] == []


@pytest.mark.parametrize("fix", [False, True])
def test_of_words_that_a_person_accepted_all_is_still_told(tmp_path: Path, fix: bool) -> None:
    stored(tmp_path, {"a": RAW})
    held(tmp_path, fix)
    before = row(tmp_path)
    say(tmp_path, "accepted", before["caption"])
    (told,) = captions(tmp_path)
    assert told == before | {"verdict": "accepted"}


def test_of_a_person_s_words_nothing_is_told_once_they_are_taken_back(tmp_path: Path) -> None:
    stored(tmp_path, {"a": "A man sits in a kitchen."})
    reviews = Reviews(tmp_path / NAME)
    (listed,) = reviews.listed()["captions"]
    reviews.judge(listed["id"], "edited", "A man sits in a kitchen.", "The camera pans left.")
    held(tmp_path)
    assert CODE in row(tmp_path)["flags"]
    reviews.judge(listed["id"], None, "")
    (told,) = captions(tmp_path)
    assert (told["caption"], told["flags"], "verified" in told) == ("A man sits in a kitchen.", ["tiny"], False)


def test_a_caption_that_a_person_mended_is_in_no_list_of_wrong_ones(tmp_path: Path) -> None:
    stored(tmp_path, {"a": RAW, "b": RAW})
    held(tmp_path, a=WORLD, b=WORLD)
    reviews = Reviews(tmp_path / NAME)

    def wrong() -> tuple[int, int]:
        counts = {each["flag"]: each["count"] for each in reviews.overview()["flags"]}
        return counts.get(CODE, 0), reviews.listed(verdict="all", flag=CODE)["count"]

    assert wrong() == (2, 2)
    mended, _ = reviews.listed(flag=CODE)["captions"]
    reviews.judge(mended["id"], "edited", FILTERED, "A man sits in a kitchen.")
    assert wrong() == (1, 1)
    assert [each["flags"] for each in reviews.listed(order="flags", verdict="all")["captions"]] == [2, 1]
    reviews.judge(mended["id"], None, "")
    assert wrong() == (2, 2)


def test_what_a_person_rejected_is_left_out(tmp_path: Path) -> None:
    stored(tmp_path, {"a": RAW})
    say(tmp_path, "rejected", FILTERED)
    assert held(tmp_path) == Findings()


def say(out: Path, verdict: str, caption: str) -> None:
    reviews = Reviews(out / NAME)
    (listed,) = reviews.listed()["captions"]
    reviews.judge(listed["id"], verdict, next(captions(out))["caption"], caption if verdict == "edited" else "")


def test_the_table(tmp_path: Path) -> None:
    stored(tmp_path, {"a": RAW})
    lines = held(tmp_path, fix=False, phrase=True).lines()
    assert lines[0] == "1 captions"
    assert lines[1].split() == ["confirmed", "contradicted", "unknown"]
    assert [line.split() for line in lines[2:6]] == [
        ["camera", "0", "1", "0"],
        ["shots", "0", "0", "0"],
        ["motion", "0", "0", "0"],
        ["picture", "0", "1", "0"],
    ]
    assert lines[6].split()[:2] == ["1", f"{CODE}:"]
    assert lines[7].strip() == "/films/a.mp4"


def test_without_a_run_or_beside_another_process(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such database"):
        held(tmp_path)
    stored(tmp_path, {"a": RAW})
    store = open_again(tmp_path)
    try:
        with pytest.raises(RunError, match="in use"):
            held(tmp_path)
    finally:
        store.close()


def test_where_captions_are_in_another_form_a_way_out_is_named(tmp_path: Path) -> None:
    merged, by_ray = tmp_path / "merged", tmp_path / "by_ray"
    stored(merged / "shard-0", {"a": RAW})
    merge(merged)
    with pytest.raises(UsageError, match=r"shards: verify each shard .*shard-0.*, then merge again"):
        held(merged)
    held(merged / "shard-0", fix=True)
    merge(merged)
    assert row(merged)["caption"] == FIXED
    Parts(str(by_ray), RUN).close()
    with pytest.raises(UsageError, match=r"recaption ray.*: verify reads runs with a database"):
        held(by_ray)
