"""Every rule by its own example, and what edits promise."""

import pytest

from recaption.clip import Edit
from recaption.errors import UsageError
from recaption.postfilter import FLAGS, RULES, clean, replay
from recaption.postfilter.rule import apply


@pytest.mark.parametrize("rule", RULES, ids=[f"{rule.code}-{rule.language}" for rule in RULES])
def test_example_of_a_rule(rule):
    before, after = rule.example
    text, edits = apply(rule, before)
    assert text == after
    assert {edit.code for edit in edits} == {rule.code}
    assert replay(before, edits) == after
    assert apply(rule, after) == (after, [])


def test_codes_and_descriptions():
    codes = [(rule.code, rule.language) for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert all(rule.about and "\n" not in rule.about for rule in RULES)


def test_edits_name_the_code_and_both_texts():
    assert clean("The video shows a dog running.</s>\n").edits == (
        Edit("special_token", "</s>", " "),
        Edit("spacing", "running. ", "running."),
        Edit("paragraph", "\n", ""),
        Edit("lead_in", "The video shows a dog", "A dog is"),
    )


def test_an_edit_whose_text_occurs_twice_takes_context_along():
    raw = "A dog runs. A cat sits. A dog runs. A bird sings."
    cleaned = clean(raw)
    assert cleaned.text == "A dog runs. A cat sits. A bird sings."
    assert [edit.code for edit in cleaned.edits] == ["repeated"]
    assert replay(raw, cleaned.edits) == cleaned.text


def test_replay_refuses_another_text():
    edits = clean("The video shows a dog running.").edits
    with pytest.raises(ValueError, match="lead_in"):
        replay("A cat sleeps.", edits)


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "...", "1234", "**", "</s>", "- \n- ", "The video shows.", "In the video, "]
)
def test_nothing_is_left_of_nothing(text):
    cleaned = clean(text)
    assert cleaned.text == ""
    assert cleaned.flags == ("no_words",)
    assert replay(text, cleaned.edits) == ""


def test_a_rule_is_left_out_by_its_code():
    text = "The video shows a dog running.</s>"
    assert clean(text, without=["lead_in"]).text == "The video shows a dog running."
    assert clean(text, without=["lead_in"]).flags == ()
    assert clean("a dog runs", without=["full_stop", "capital"]).text == "a dog runs"
    with pytest.raises(UsageError, match=r"no rule 'leadin'.*did you mean 'lead_in'"):
        clean(text, without=["leadin"])


@pytest.mark.parametrize(
    "quote",
    ['"the **bold** man in the video"', "“The video shows a cat. The video shows a cat.”", '"in the clip, I see it."'],
)
def test_what_is_quoted_stays_as_it_is(quote):
    text = f"A sign reads {quote} over the door."
    assert clean(text).text == text


def test_flags():
    assert clean("A man walks. He st", finished=False).flags == ("cut",)
    assert clean("The video shows nothing but darkness.").flags == ("lead_in",)
    assert set(FLAGS) >= {"cut", "lead_in", "no_words", "unsettled"}
