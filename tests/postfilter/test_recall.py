"""The post-filter against captions whose defects were marked by hand, and against clean sentences that tempt it."""

from pathlib import Path

import pytest

from recaption.postfilter import clean
from scripts.marked_captions import kept, load, pooled, recall

DATA = Path(__file__).parents[1] / "data" / "captions"
REACHED = {"develop": 0.99, "develop_2": 0.96, "set_aside": 0.92, "chinese": 0.97, "chinese_set_aside": 0.90}
"""What was reached, rounded down. The aim on what was set aside is 0.95, and has not been reached."""


@pytest.mark.parametrize("name", REACHED)
def test_marked_defects_are_found_and_good_words_stay(name):
    captions = load(DATA / f"{name}.toml")
    assert pooled(recall(captions).values()).share >= REACHED[name]
    assert kept(captions).share >= 0.97


def test_enough_is_set_aside_for_each_main_rule():
    found = recall(load(DATA / "set_aside.toml"))
    assert all(each.all >= 40 for code, each in found.items() if code not in ("chatter", "video_mention"))


@pytest.mark.parametrize(("name", "count"), [("clean", 2000), ("chinese_clean", 200)])
def test_clean_sentences_are_not_touched(name, count):
    lines = (DATA / f"{name}.txt").read_text("utf-8").splitlines()
    assert len(set(lines)) == len(lines) == count
    touched = [line for line in lines if (clean(line).text, clean(line).edits, clean(line).flags) != (line, (), ())]
    assert touched == []
