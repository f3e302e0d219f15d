"""Captions that fit a text encoder: whole sentences go, and the tokenizer is the trainer's own."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recaption.errors import UsageError
from recaption.postfilter import Cleaned, PostFilter, replay
from recaption.postfilter.budget import ENCODERS, OVER, Budget, fit, upper_bound
from recaption.postfilter.english.sentences import spans
from scripts.marked_captions import load

DATA = Path(__file__).parents[1] / "data" / "captions"
PIER = "A man in a red coat walks along the pier."
GULL = "A gull lands beside him and pecks at his shoe."


def filtered(raw: str, postfilter: PostFilter) -> Cleaned:
    return postfilter.finish(postfilter.by_rules(raw, finished=True))


def words(text: str) -> int:
    return len(text.split())


def texts() -> list[str]:
    raws = [caption.raw for name in ("develop", "chinese") for caption in load(DATA / f"{name}.toml")]
    return raws + [
        line for name in ("clean", "chinese_clean") for line in (DATA / f"{name}.txt").read_text().splitlines()
    ]


@pytest.mark.parametrize(
    ("text", "most", "left"),
    [
        (f"{PIER} {GULL}", 20, f"{PIER} {GULL}"),
        (f"{PIER} He walks. {GULL}", 20, f"{PIER} {GULL}"),
        (f"{PIER} {GULL} A gull lands.", 20, f"{PIER} {GULL}"),
        (f"{PIER} A gull lands. {GULL}", 20, f"{PIER} {GULL}"),
        (f"{PIER} {GULL}", 10, PIER),
        (f"He sits. {PIER} {GULL}", 12, f"He sits. {PIER}"),
    ],
)
def test_what_tells_least_goes_first(text, most, left):
    assert fit(text, Budget(most, words))[0] == left


def test_the_first_sentence_stays_even_where_it_is_too_long():
    assert fit(f"{PIER} {GULL}", Budget(3, words))[0::2] == (PIER, (OVER,))


def test_a_caption_that_fits_is_not_touched():
    assert fit(PIER, Budget(10, words)) == (PIER, [], ())


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([PIER, GULL, "He walks.", "Is it No. 5?", '"Stop. Go," he says.', "It rains."]), min_size=1
    ),
    st.integers(1, 60),
)
def test_whole_sentences_in_their_order(sentences, most):
    text = " ".join(sentences)
    left, edits, flags = fit(text, Budget(most, words))
    assert replay(text, edits) == left
    assert left.startswith(sentences[0])
    assert (OVER in flags) == (words(left) > most)
    iterator = iter([text[start:end] for start, end in spans(text)])
    assert all(left[start:end] in iterator for start, end in spans(left))


def test_the_filter_of_a_run_keeps_to_its_budget_and_edits_replay():
    raw = f"The video shows a man walking along the pier.\n\n{GULL} He walks.</s>"
    cleaned = filtered(raw, PostFilter(budget=Budget(18, words)))
    assert cleaned.text == f"A man is walking along the pier. {GULL}"
    assert replay(raw, cleaned.edits) == cleaned.text
    assert cleaned.edits[-1].code == "budget"


@pytest.mark.parametrize("name", ["cogvideox", "ltx", "hunyuan", "clip", "40"])
def test_the_tokenizer_is_the_trainers_own(name, caplog):
    budget = Budget.of(name)
    assert not caplog.records
    assert budget.tokens == (ENCODERS[name].tokens if name in ENCODERS else 40)
    assert budget.count("A man walks.") == {"hunyuan": 5, "clip": 6}.get(name, 5)
    assert [text for text in texts() if budget.count(text) > upper_bound(text)] == []


def test_without_the_tokenizer_an_upper_bound_counts(monkeypatch, caplog):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with caplog.at_level(logging.WARNING):
        budget = Budget.of("ltx")
    assert budget.count is upper_bound
    assert "pip install --no-deps diffsynth" in caplog.text


@pytest.mark.parametrize("name", ["cogvideo", "0", "-3", "1.5", ""])
def test_no_such_budget(name):
    with pytest.raises(UsageError, match="cogvideox, ltx, wan, hunyuan, clip"):
        Budget.of(name)
