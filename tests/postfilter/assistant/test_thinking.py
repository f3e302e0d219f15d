"""Reasoning before, in and behind a caption."""

import pytest

from recaption.postfilter import clean

CAPTION = "A man in a grey coat walks along the pier. A gull follows him."


@pytest.mark.parametrize(
    "thought",
    [
        "<think>Man, pier, gull.</think>",
        "<thinking>\nOkay, a pier.\n\nShould I name the bird? No.\n</thinking>\n\n",
        "<inner_monologue>A pier.</inner_monologue>",
        "[THINK] A pier. [/THINK]\n",
        "◁think▷A pier.◁/think▷",
        "<|begin_of_thought|>\nA pier.\n<|end_of_thought|>\n\n",
        "{reasoning}A pier.{/reasoning} ",
        "<think></think>",
        "The man is old. I should not say so.\n</think>\n\n",
        "<think>\nA pier and a gull\n\n",
        "<|channel|>analysis<|message|>A pier.<|end|><|start|>assistant<|channel|>final<|message|>",
        "<|im_start|>assistant\n<think>A pier.</think>\n",
        "analysisWe need a caption. A pier.assistantfinal",
        "```thinking\nA pier.\n```\n",
    ],
)
def test_thinking_in_tags(thought):
    assert clean(thought + CAPTION).text == CAPTION


@pytest.mark.parametrize(
    "thought",
    [
        "Okay, let me see. There is a pier. The user wants prose, so no lists. Is that a tern? No, a gull. Writing.",
        "The prompt asks for one paragraph. A man, a coat, a pier. I'd leave his age out. Ready.",
        "Hmm, what do we have? A pier and a bird. I will name the coat first. Then the gull.",
        "We need to write a single paragraph. The man is probably a fisherman. We should not say so.",
        "Reasoning: the coat looks blue in the light, but it is grey.",
        "Thought process: open with the man, end on the gull. Avoid guessing where the pier is.",
        "Let's break this down. The subject is the man. The caption should mention the gull.\n\nFinal answer:",
        "I was going to call it a jetty, but the planks say pier. I must stay neutral. Done.",
    ],
)
def test_thinking_without_tags(thought):
    assert clean(f"{thought}\n\n{CAPTION}").text == CAPTION
    assert clean(f"<s>{thought}\n\n{CAPTION}").text == CAPTION


def test_thinking_in_the_same_paragraph():
    thought = "Okay, I need a caption. Should I mention the gull? Yes. I'll start with the man."
    assert clean(f"{thought} {CAPTION}").text == CAPTION


@pytest.mark.parametrize(
    "thought",
    [
        "<think>Same man? Yes.</think> ",
        "Wait, should I mention the hat? ",
        "The prompt says I must keep the order, so I will. ",
    ],
)
def test_thinking_in_the_middle(thought):
    assert clean(f"A man walks along the pier. {thought}He sits.").text == "A man walks along the pier. He sits."


def test_a_stray_closing_tag_takes_nothing_along():
    assert clean(f"{CAPTION} He sits down.</think>").text == f"{CAPTION} He sits down."
    assert clean(f"{CAPTION} He sits down.</think> He reads.").text == f"{CAPTION} He sits down. He reads."


def test_nothing_but_thinking_is_no_caption():
    assert clean("<think>A man walks along the pier. I sh").flags == ("no_words",)


@pytest.mark.parametrize(
    "text",
    [
        "A quizmaster reads the question, and the contestant thinks. The answer lights up.",
        "A woman writes a sentence on the board. Her pupils copy the words. One of them asks for help.",
        "Let's Dance is stamped on a record label. The needle drops. The label spins.",
        "The user taps a button, and the prompt asks for a name. He types four letters.",
        "First a door opens. Then a boy looks out. Finally he waves.",
        "I walk along the pier with the camera. My shadow falls on the planks. A gull follows me.",
        "The tag <EXIT> is etched in brass above the door. A notice lists the opening hours.",
        'A man mutters "Let me think, I should go." and looks at his watch.',
    ],
)
def test_scenes_stay(text):
    assert clean(text).text == text


def test_a_refusal_is_no_thinking():
    text = "I'm sorry, but I cannot describe this video. I was not able to open the file."
    assert "thinking" not in {edit.code for edit in clean(text).edits}
