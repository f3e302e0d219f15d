from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from llava_train.data import IGNORED, Collator, Encoded, LlavaJson, ScriptedClips, encode, exchange
from llava_train.recipe import RecipeError
from recaption import prompts
from tests.models import compose_small


@pytest.fixture(scope="module")
def processor():  # type: ignore[no-untyped-def]
    return compose_small()[1]


def pictures(count: int) -> list[np.ndarray]:
    return [np.full((3, 5, 3), 40 * i, np.uint8) for i in range(count)]


def said(encoded: dict[str, torch.Tensor], processor) -> str:  # type: ignore[no-untyped-def]
    return processor.tokenizer.decode(encoded["input_ids"][encoded["labels"] != IGNORED])


def test_labels_stand_on_the_answer_and_its_stop_token_only(processor) -> None:  # type: ignore[no-untyped-def]
    sample = exchange("the assistant</s> said: the red ball", "the red ball</s> stops", pictures(2))
    encoded = encode(sample, processor)
    assert said(encoded, processor) == "the red ball</s> stops</s>"
    labelled = encoded["labels"] != IGNORED
    assert torch.equal(encoded["labels"][labelled], encoded["input_ids"][labelled])
    assert encoded["pixel_values"].shape == (2, 3, 28, 28)
    assert int((encoded["input_ids"] == processor.image_token_id).sum()) == 8


def test_every_turn_of_the_assistant_is_learned(processor) -> None:  # type: ignore[no-untyped-def]
    first, second = exchange("a?", "the cat", pictures(1)), exchange("b?", "the star")
    encoded = encode(type(first)(first.messages + second.messages, first.images), processor)
    assert said(encoded, processor) == "the cat</s>the star</s>"


@pytest.mark.parametrize(
    "template",
    [
        "{% for m in messages %}{{ m['role'] }}{% for p in m['content'] %}{{ p['text'] }}{% endfor %}</s>{% endfor %}",
        "{% for m in messages %}{% if m['role'] == 'assistant' %}{% generation %}{{ m['content'][0]['text'] }}"
        "{% endgeneration %}</s>{% else %}{{ m['content'][0]['text'] }}{% endif %}{% endfor %}",
    ],
    ids=["no marks", "stop token outside"],
)
def test_a_template_that_would_teach_nothing_or_never_to_stop_is_refused(template: str) -> None:
    processor = compose_small()[1]
    processor.chat_template = template
    with pytest.raises(ValueError, match="generation"):
        encode(exchange("what?", "the cat"), processor)


def test_samples_that_are_too_long_are_left_out_and_counted(processor) -> None:  # type: ignore[no-untyped-def]
    samples = [exchange("a?", "the cat " * n, pictures(1)) for n in (1, 200, 2)]
    encoded = Encoded(samples, processor, max_length=40)  # type: ignore[arg-type]
    rows = [encoded[i] for i in range(len(encoded))]
    assert [row is None for row in rows] == [False, True, False]
    batch = Collator(processor)(rows)
    assert (len(batch["input_ids"]), int(batch["skipped"])) == (2, 1)


def test_a_batch_is_padded_on_the_right_and_keeps_every_label(processor) -> None:  # type: ignore[no-untyped-def]
    rows = [encode(exchange("a? " * n, "the star falls " * n, pictures(n)), processor) for n in (1, 3, 2)]
    batch = Collator(processor)(rows)
    lengths = [len(row["input_ids"]) for row in rows]
    assert batch["attention_mask"].sum(1).tolist() == lengths
    assert batch["pixel_values"].shape[0] == 6
    for i, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        assert torch.equal(batch["input_ids"][i, :length], row["input_ids"])
        kept = {
            int(place) + 1: int(label)
            for place, label in zip(batch["logits_to_keep"], batch["labels"][i, 1:], strict=True)
            if label != IGNORED
        }
        assert kept == {place: int(label) for place, label in enumerate(row["labels"]) if label != IGNORED}
    assert (batch["labels"][:, 0] == IGNORED).all()
    assert len(batch["logits_to_keep"]) < batch["input_ids"].shape[1]


@pytest.mark.parametrize("rows", [["text"], ["too long"], ["text", "too long"]])
def test_a_batch_without_pictures_gets_a_blank_one(processor, rows: list[str]) -> None:  # type: ignore[no-untyped-def]
    text = encode(exchange("sum up", "the cat"), processor)
    batch = Collator(processor)([text if row == "text" else None for row in rows])
    assert batch["pixel_values"].shape == (1, 3, 28, 28)
    assert int((batch["input_ids"] == processor.image_token_id).sum()) == 4
    assert (batch["labels"][-1] == IGNORED).all()
    assert int((batch["labels"] != IGNORED).sum()) == (text["labels"] != IGNORED).sum() * rows.count("text")


def llava_rows(folder: Path) -> list[dict[str, object]]:
    Image.new("RGB", (6, 4), (255, 0, 0)).save(folder / "red.png")
    Image.new("L", (6, 4), 9).save(folder / "grey.png")
    return [
        {
            "image": "red.png",
            "conversations": [
                {"from": "human", "value": "<image>\nwhat is it?"},
                {"from": "gpt", "value": "red"},
            ],
        },
        {
            "image": ["red.png", "grey.png"],
            "conversations": [
                {"from": "human", "value": "first <image> then <image>\nwhat changed?"},
                {"from": "gpt", "value": "the colour"},
            ],
        },
        {"conversations": [{"from": "human", "value": "hello"}, {"from": "gpt", "value": "hi"}]},
    ]


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_llava_rows_become_chats(tmp_path: Path, suffix: str) -> None:
    rows = llava_rows(tmp_path)
    path = tmp_path / f"rows{suffix}"
    path.write_text(json.dumps(rows) if suffix == ".json" else "\n".join(map(json.dumps, rows)))
    data = LlavaJson(path, tmp_path)
    one, two, three = (data[i] for i in range(len(data)))
    assert one.messages[0]["content"] == [{"type": "image"}, {"type": "text", "text": "what is it?"}]
    assert one.images[0].shape == (4, 6, 3)
    assert one.images[0][0, 0].tolist() == [255, 0, 0]
    assert [part["type"] for part in two.messages[0]["content"]] == ["text", "image", "text", "image", "text"]
    assert two.images[1].shape == (4, 6, 3)
    assert three.images == []
    assert three.messages[1] == {"role": "assistant", "content": [{"type": "text", "text": "hi"}]}


def test_bad_llava_files_and_rows_are_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    rows = llava_rows(tmp_path)
    for text, message in (("[", "not readable"), ("[]", "empty"), ('{"a": 1}', "no list")):
        path.write_text(text)
        with pytest.raises(RecipeError, match=message):
            LlavaJson(path, tmp_path)
    broken = [
        {**rows[0], "image": "gone.png"},
        {**rows[0], "image": ["red.png", "grey.png"]},
        {"image": "red.png"},
        {"conversations": [{"from": "system", "value": "x"}]},
    ]
    path.write_text(json.dumps(broken))
    data = LlavaJson(path, tmp_path)
    for i, message in enumerate(("gone.png", "1 times <image> and 2 images", "conversations", "system")):
        with pytest.raises(RuntimeError, match=f"row {i}: .*{message}"):
            data[i]


def test_a_few_scripted_clips_give_many_samples() -> None:
    data = ScriptedClips(9, 3, 1, {"first": 1.0}, prompts.load("default"), (4.0, 6.0), 64)
    lessons = [data.lesson(i) for i in range(len(data))]
    assert [lesson.script.number for lesson in lessons] == [0, 1, 2] * 3
    assert len({lesson.answer for lesson in lessons}) > 3, "each sample says it in its own words"


def test_scripted_samples_follow_from_their_seed_and_role() -> None:
    def make(seed: int, roles: dict[str, float]) -> ScriptedClips:
        return ScriptedClips(6, 0, seed, roles, prompts.load("default"), (4.0, 6.0), 64)

    pairs = make(1, {"pair": 1.0})
    for i in range(2):
        sample, again = pairs[i], make(1, {"pair": 1.0})[i]
        assert sample.messages == again.messages
        assert all(np.array_equal(a, b) for a, b in zip(sample.images, again.images, strict=True))
        assert len(sample.images) == 2
        assert sample.images[0].shape[1] == 64
    assert pairs[0].messages != make(2, {"pair": 1.0})[0].messages
    assert make(1, {"summary": 1.0})[0].images == []
    assert {make(1, {"first": 1.0, "recaption": 1.0}).lesson(i).role for i in range(6)} == {"first", "recaption"}
    with pytest.raises(RecipeError, match="no role pairs"):
        make(1, {"pairs": 1.0})
