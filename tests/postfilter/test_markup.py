"""Tokens, roles, markdown, labels and chatter."""

import pytest

from recaption.postfilter import clean

TOKENS = [
    "</s>", "<s>", "<unk>", "<pad>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<end_of_turn>", "<image>",
    "<|vision_end|>", "[/INST]", "[UNUSED_TOKEN_145]", "<end_of_utterance>", "<0x0A>", "<｜end▁of▁sentence｜>",
    "</IMG_CONTEXT>", "<video>",
]  # fmt: skip


@pytest.mark.parametrize("token", TOKENS)
def test_special_token(token):
    assert clean(f"A man walks.{token}").text == "A man walks."
    assert clean(f"{token} A man {token} walks.").text == "A man walks."


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ASSISTANT: A man walks.", "A man walks."),
        ("USER: Describe it. ASSISTANT: A man walks.", "A man walks."),
        ("Human: Describe it.\nAssistant: A man walks.\nHuman: Thanks.", "A man walks."),
        ("<|assistant|>\nA man walks.", "A man walks."),
        ("<start_of_turn>model\nA man walks.<end_of_turn>", "A man walks."),
        ("[INST] Describe it. [/INST] A man walks.", "A man walks."),
        ("<|start_header_id|>assistant<|end_header_id|>\n\nA man walks.<|eot_id|>", "A man walks."),
        ("A man walks.### Human: Now the next.", "A man walks."),
    ],
)
def test_roles(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("A **red** ball and a *blue* one.", "A red ball and a blue one."),
        ("A __red__ ball and a _blue_ one and `green`.", "A red ball and a blue one and green."),
        ("# Title\n\nA man walks.", "A man walks."),
        ("# A man walks.", "A man walks."),
        ("**Scene 1: The street**\nA man walks.", "A man walks."),
        ("A Day at the Beach\n\nA man walks.", "A man walks."),
        ("A man walks.\n\n---\n\nHe sits.", "A man walks. He sits."),
        ("- A man walks\n- He sits", "A man walks. He sits."),
        ("* A man walks;\n* He sits.", "A man walks; He sits."),
        ("1) A man walks.\n2) He sits.", "A man walks. He sits."),
        ("1. A man walks. 2. He sits. 3. He stands.", "A man walks. He sits. He stands."),
        ("He carries three things:\n- a bag\n- a hat\n- a coat", "He carries three things: a bag, a hat, a coat."),
        ("> A man walks.", "A man walks."),
        ("```\nA man walks.\n```", "A man walks."),
        ("A [red ball](https://a.example/b) rolls.", "A red ball rolls."),
        ("A <b>red</b> ball<br/>rolls.", "A red ball rolls."),
        ("A sum: 5 * 3 = 15, and snake_case.", "A sum: 5 * 3 = 15, and snake_case."),
    ],
)
def test_markdown(raw, expected):
    assert clean(raw).text == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Caption: A man walks.", "A man walks."),
        ("Caption 1: A man walks.\nCaption 2: He sits.", "A man walks. He sits."),
        ("Detailed description of the video: A man walks.", "A man walks."),
        ("Background: There is a wall.", "There is a wall."),
        ("[00:00 - 00:02] A man walks.", "A man walks."),
        ("Sure! A man walks.", "A man walks."),
        ("Here is a caption for your video: A man walks. Let me know if you need more.", "A man walks."),
        ('"A man walks."', "A man walks."),
        ('"Stop!" he says. A sign reads "Go!"', '"Stop!" he says. A sign reads "Go!"'),
    ],
)
def test_labels_and_chatter(raw, expected):
    assert clean(raw).text == expected
