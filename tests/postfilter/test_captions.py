"""Whole captions through the public door."""

import tomllib
from pathlib import Path

import pytest

from recaption.postfilter import clean, replay

HERE = Path(__file__).parent
CAPTIONS = tomllib.loads((HERE / "captions.toml").read_text("utf-8"))["caption"]
UNTOUCHED = (HERE / "untouched.txt").read_text("utf-8").splitlines()
SEED = HERE.parents[2] / "shared" / "captions" / "seed_example.txt"

SEED_FACTS = (
    "group of young women",
    "standing closely together",
    "leaning into each other",
    "eyes closed",
    "hands placed gently on each other's arms or shoulders",
    "plain, light-colored background",
    "include more women in the foreground",
    "bright yellow eyeshadow",
    "more prominent",
    "change in the camera angle or the group's stance",
    "tranquil expressions and gentle touches",
    "focus broadens slightly to include additional women",
    "central woman with yellow eyeshadow remains a focal point",
    "surrounded by friends",
    "background remains consistent",
    "neutral canvas",
    "composition stabilizes",
    "minor adjustments in the positioning of the central woman and her immediate companions",
    "others in the background",
    "consistent, soft lighting",
    "warm glow over the scenes",
)


@pytest.mark.parametrize("caption", CAPTIONS, ids=[caption["manner"] for caption in CAPTIONS])
def test_caption_in_the_manner_of_a_model(caption):
    cleaned = clean(caption["raw"])
    assert cleaned.text == caption["clean"]
    assert list(dict.fromkeys(edit.code for edit in cleaned.edits)) == caption["edits"]
    assert replay(caption["raw"], cleaned.edits) == cleaned.text
    assert clean(cleaned.text).text == cleaned.text


def test_there_are_enough_captions():
    assert len(CAPTIONS) >= 30
    assert len({caption["raw"] for caption in CAPTIONS}) == len(CAPTIONS)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_clean_text_is_not_touched(text):
    cleaned = clean(text)
    assert (cleaned.text, cleaned.edits) == (text, ())


@pytest.mark.parametrize("finished", [True, False])
def test_the_seed_example(finished):
    raw = SEED.read_text("utf-8")
    cleaned = clean(raw, finished=finished)
    text = cleaned.text
    assert len(text.splitlines()) == 1
    for gone in ("the video", "this image", "as the video progresses", "further into", "moments captured"):
        assert gone not in text.lower()
    assert [fact for fact in SEED_FACTS if fact not in text] == []
    for gone in ("accentuating", "camaraderie", "tone of", "serene", "reinforcing", "emphasizing"):
        assert gone not in text
    assert text.endswith("Throughout, a consistent, soft lighting casts a warm glow over the scenes.")
    assert text.startswith("A group of young women is standing closely together. Initially, ")
    assert replay(raw, cleaned.edits) == text
    assert clean(text).text == text


def test_the_seed_example_keeps_its_sentences_in_order():
    text = clean(SEED.read_text("utf-8")).text
    places = [text.index(fact) for fact in SEED_FACTS]
    assert places == sorted(places)
    assert text.count(". ") + 1 == 11
