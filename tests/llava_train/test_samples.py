"""Labels, counts of tokens and pixels of a sample, held against the processor's own way with the pictures in place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from llava_train.samples import IGNORED, Encoded, Encoder, Sample, SampleError, exchange
from recaption.clip import Picture
from tests.models import compose_small


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(compose_small()[1], max_length=200)


def pictures(count: int) -> list[Picture]:
    return [np.full((3, 5, 3), 10 * i, np.uint8) for i in range(count)]


def asked(prompt: str, answer: str, count: int = 0) -> Sample:
    return exchange(prompt, answer, count, shows=(lambda _: pictures(count),))


def said(words: Encoded, encoder: Encoder) -> str:
    return encoder.processor.tokenizer.decode(words.ids[words.labels != IGNORED])


def test_labels_stand_on_the_answer_and_its_stop_token_only(encoder: Encoder) -> None:
    words = encoder.words(asked("the assistant</s> said: the red ball", "the red ball</s> stops", 2))
    assert said(words, encoder) == "the red ball</s> stops</s>"
    labelled = words.labels != IGNORED
    assert torch.equal(words.labels[labelled], words.ids[labelled])


def test_every_turn_of_the_assistant_is_learned(encoder: Encoder) -> None:
    first, second = asked("a?", "the cat", 1), asked("b?", "the star")
    words = encoder.words(Sample(first.messages + second.messages, first.shows))
    assert said(words, encoder) == "the cat</s>the star</s>"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_tokens_are_those_of_the_processor_though_no_picture_is_loaded(encoder: Encoder, count: int) -> None:
    def loads_nothing(_: int) -> list[Picture]:
        raise AssertionError("loaded")

    sample = asked("what changed? ", "the star falls", count)
    words = encoder.words(Sample(sample.messages, (loads_nothing,)))
    shown = iter(pictures(count))
    messages = [
        {
            **message,
            "content": [
                {"type": "image", "image": Image.fromarray(next(shown))} if part["type"] == "image" else part
                for part in message["content"]
            ],
        }
        for message in sample.messages
    ]
    whole = encoder.processor.apply_chat_template(
        [messages], tokenize=True, return_dict=True, return_tensors="pt", return_assistant_tokens_mask=True
    )
    assert torch.equal(words.ids, whole["input_ids"][0])
    assert torch.equal(words.labels != IGNORED, torch.as_tensor(whole["assistant_masks"][0]).bool())
    pixels = encoder.pixels(sample)
    assert pixels.shape == (count, 3, 28, 28)
    assert torch.equal(pixels, whole.get("pixel_values", pixels))


TURNS = "{% for m in messages %}{% if m['role'] == 'assistant' %}"
OTHERS = "{% else %}{% for p in m['content'] %}{{ p['text'] }}{% endfor %}{% endif %}{% endfor %}"


@pytest.mark.parametrize(
    ("turn", "message"),
    [
        ("{{ m['content'][0]['text'] }}</s>", "marks 0 turns for 1 answers"),
        ("{% generation %}{{ m['content'][0]['text'] }}{% endgeneration %}</s>", "stop token"),
        ("{% generation %}bot: {{ m['content'][0]['text'] }}</s>{% endgeneration %}", "marks 'bot:thecat'"),
        ("the {% generation %}cat</s>{% endgeneration %}", "assistant says 'thecat'"),
    ],
    ids=["no marks", "stop token outside", "a role inside", "words outside"],
)
def test_a_template_that_would_teach_nothing_or_nonsense_is_refused(turn: str, message: str) -> None:
    processor = compose_small()[1]
    processor.chat_template = TURNS + turn + OTHERS
    with pytest.raises(ValueError, match=message):
        Encoder(processor, 200).words(asked("what?", "the cat"))


def wrong(make: Any) -> str:
    with pytest.raises(SampleError) as caught:
        make()
    return caught.value.reason


def test_what_is_too_long_or_does_not_fit_together_is_refused_by_reason(encoder: Encoder) -> None:
    fitting = asked("a?", "the cat", 20)
    length = len(encoder.words(fitting))
    assert wrong(lambda: Encoder(encoder.processor, length - 1).words(fitting)) == "long"
    assert len(Encoder(encoder.processor, length).words(fitting)) == length
    assert wrong(lambda: encoder.words(asked("what is <image> here?", "the cat", 1))) == "format"
    assert wrong(lambda: encoder.words(asked("what?", "the <image> cat", 1))) == "format"
    system = [{"role": "system", "content": [{"type": "text", "text": "be brief"}]}]
    assert wrong(lambda: encoder.words(Sample(system + fitting.messages, fitting.shows))) == "format"
    assert wrong(lambda: encoder.pixels(Sample(fitting.messages, asked("", "", 19).shows))) == "format"


def test_a_picture_among_the_assistants_words_is_no_label() -> None:
    processor = compose_small()[1]
    words = "{% for p in m['content'] %}{{ p['text'] or '<image>' }}{% endfor %}"
    processor.chat_template = TURNS + "{% generation %}" + words + "</s>{% endgeneration %}" + OTHERS
    question, answer = asked("draw it", "the cat").messages
    drawn = {"role": "assistant", "content": [{"type": "image"}, *answer["content"]]}
    assert wrong(lambda: Encoder(processor, 200).words(Sample([question, drawn]))) == "format"


def test_reasons_are_a_closed_list() -> None:
    with pytest.raises(ValueError, match="unknown reason 'tired'"):
        SampleError("tired", "of it")
