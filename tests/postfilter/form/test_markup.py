"""Tokens, roles, markdown, labels and chatter."""

import pytest

from recaption.postfilter import clean

TOKENS = [
    "</s>", "<s>", "<unk>", "<pad>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<end_of_turn>", "<image>",
    "<|vision_end|>", "[/INST]", "[UNUSED_TOKEN_145]", "<end_of_utterance>", "<0x0A>", "<｜end▁of▁sentence｜>",
    "</IMG_CONTEXT>", "<video>", "<eoa>", "<VideoHere>", "[gMASK]", "<row_1_col_2>", "<unused12>", "[END_OF_TEXT]",
    "</OD>", "<|endofprompt|>", "{{ caption }}", "<box>(112,204),(398,877)</box>", "<<END>>",
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
        ("assistant\nA man walks.", "A man walks."),
        ("system\nYou are helpful.\nuser\nDescribe it.\nassistant\nA man walks.", "A man walks."),
        ("[|Human|]: Describe it.\n[|AI|]: A man walks.", "A man walks."),
        ("<|User|>: <ImageHere>\nA man walks.", "A man walks."),
        ("### Instruction:\nDescribe it.\n\n### Response:\nA man walks.", "A man walks."),
        ("Question: What is seen? Answer: A man walks.", "A man walks."),
        ("Gemini: A man walks.", "A man walks."),
        ("A man walks.<|im_end|>\n<|im_start|>user", "A man walks."),
        (
            "A man walks along the pier. Human: He sits down on a bollard and reads.",
            "A man walks along the pier. He sits down on a bollard and reads.",
        ),
        ("A man walks.<|im_en", "A man walks."),
        (
            "Human: A Love Story is the title on the paperback that a robot dusts off.",
            "Human: A Love Story is the title on the paperback that a robot dusts off.",
        ),
        ("The kiosk asks the user: a PIN or a card?", "The kiosk asks the user: a PIN or a card?"),
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
        ("*A man walks.", "A man walks."),
        ("A man walks.*", "A man walks."),
        ("A ==red== ball[^1] rolls[2].", "A red ball rolls."),
        ("A tattoo of [17] marks an arm.", "A tattoo of [17] marks an arm."),
        ("![a pier](pier.png) A man walks.", "A man walks."),
        ("The pier\n========\nA man walks.", "A man walks."),
        ("PIER AT DUSK\nA man walks.", "A man walks."),
        ("=== Caption ===\nA man walks.", "A man walks."),
        ("*Pier at Dusk*\n\nA man walks.", "A man walks."),
        ("🎬 Pier at Dusk\n\nA man walks.", "A man walks."),
        ("Overview\n\nA man walks.\n\nCamera\n\nIt pans left.", "A man walks. It pans left."),
        ("1. Setting\nA man walks.", "A man walks."),
        ("Title: Pier at Dusk\nA man walks.", "A man walks."),
        ("<h2>The pier</h2>A man walks.", "A man walks."),
        ("A man walks. ## Later He sits.", "A man walks. Later He sits."),
        ("A man walks. #pier #gull #dusk", "A man walks."),
        ("| Time | Event |\n|---|---|\n| 0-3 s | A man walks. |\n| 3-5 s | He sits. |", "A man walks. He sits."),
        ("A pipe | drawn in chalk divides the court.", "A pipe | drawn in chalk divides the court."),
        ("• A man walks\n• He sits", "A man walks. He sits."),
        ("- [x] A man walks.\n- [ ] He sits.", "A man walks. He sits."),
        ("1️⃣ A man walks.\n2️⃣ He sits.", "A man walks. He sits."),
        ("a. A man walks.\nb. He sits.", "A man walks. He sits."),
        ("II. A man walks.\nIII. He sits.", "A man walks. He sits."),
        ("1: A man walks.\n2: He sits.", "A man walks. He sits."),
        ("(1) A man walks. (2) He sits.", "A man walks. He sits."),
        ("1. FC Köln's mascot trots along.", "1. FC Köln's mascot trots along."),
        ("#7 passes the ball.", "#7 passes the ball."),
        ('{"caption": "A man walks.\\nHe sits."}', "A man walks. He sits."),
        ('{"scene": "A man walks.", "camera": "It pans left."}', "A man walks. It pans left."),
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
        ("**Setting** A man walks.", "A man walks."),
        ("**Round one.** A man walks.", "A man walks."),
        ("**A man walks.** He sits.", "A man walks. He sits."),
        ("Segment A: A man walks. Segment B: He sits.", "A man walks. He sits."),
        ("Scene 1 – The Pier: A man walks.", "A man walks."),
        ("Shot 2 - A man walks.", "A man walks."),
        ("First scene: A man walks.", "A man walks."),
        ("Camera and light: It pans left.", "It pans left."),
        ("0:00-0:05: A man walks.\n0:05–0:09 He sits.", "A man walks. He sits."),
        ("<0.0s - 3.5s> A man walks.\n[4s] He sits.", "A man walks. He sits."),
        ("clip_0012.mp4: A man walks.", "A man walks."),
        ("English: A man walks.", "A man walks."),
        ("In short: A man walks.", "A man walks."),
        ("He tries the handle: locked.", "He tries the handle: locked."),
        ("At 4:30 a.m. the rocket stands there.", "At 4:30 a.m. the rocket stands there."),
        ("Aerial view at noon: a combine circles a field.", "Aerial view at noon: a combine circles a field."),
        ("Close on a pair of shoes: they rise.", "Close on a pair of shoes: they rise."),
        ('"Stop!" he says. A sign reads "Go!"', '"Stop!" he says. A sign reads "Go!"'),
    ],
)
def test_labels_and_chatter(raw, expected):
    assert clean(raw).text == expected
