"""The transformers engine through its public door, with real generation by small random models."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModelForImageTextToText, AutoProcessor

from recaption.clip import Question, Reply, TokenSampling
from recaption.engines.encoding import LlavaEncoder, ProcessorEncoder
from recaption.engines.rendering import Renderer
from recaption.engines.transformers import TransformersEngine
from recaption.errors import AskError, MissingExtra, RunError
from scripts.bench_parity import gap
from tests.models import small_llava, small_llava_next

WORDS = ("the", "red", "ball", "camera", "pans", "left", "car", "grows", "turns", "cat", "jumps", "star falls", "bird")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # A large initialisation makes the answers of a random model varied and decided, as a trained one's are.
    return small_llava(tmp_path_factory.mktemp("llava"), init=0.3)


def pictures(count: int, seed: int, shape: tuple[int, int] = (30, 40)) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    return tuple(rng.integers(0, 256, (*shape, 3), dtype=np.uint8) for _ in range(count))


def questions(count: int, max_tokens: int = 12) -> list[Question]:
    """Questions of many lengths, with no, one and two pictures."""
    rng = np.random.default_rng(7)
    made = []
    for i in range(count):
        words = " ".join(rng.choice(WORDS, int(rng.integers(1, 60))))
        made.append(Question(f"{i} {words}", pictures(i % 3, i), max_tokens))
    return made


def answers(engine: TransformersEngine, asked: Sequence[Question]) -> list[Reply | BaseException]:
    async def run() -> list[Reply | BaseException]:
        try:
            return await asyncio.gather(*(engine.ask(question) for question in asked), return_exceptions=True)
        finally:
            await engine.close()

    return asyncio.run(run())


def one_by_one(engine: TransformersEngine, asked: Sequence[Question]) -> list[Reply]:
    async def run() -> list[Reply]:
        try:
            return [await engine.ask(question) for question in asked]
        finally:
            await engine.close()

    return asyncio.run(run())


def test_alone_and_among_others_the_answer_is_the_same(folder: Path) -> None:
    asked = questions(200)
    alone = one_by_one(TransformersEngine.load(str(folder), device="cpu"), asked)
    among = answers(TransformersEngine.load(str(folder), device="cpu", batch_size=16), asked)
    assert len({reply.text for reply in alone}) > 150, "the answers must vary for this test to mean anything"
    different = [i for i in range(200) if alone[i].text != among[i].text]
    assert len(different) <= 4
    for i in different:
        assert gap(folder, asked[i], alone[i].text, among[i].text) < 1e-3


def _encoded(processor, question: Question):  # type: ignore[no-untyped-def]
    content = [{"type": "image", "image": picture} for picture in question.pictures]
    return processor.apply_chat_template(
        [[{"role": "user", "content": [*content, {"type": "text", "text": question.prompt}]}]],
        tokenize=True,
        return_dict=True,
        return_tensors="pt",
        add_generation_prompt=True,
    )


def test_replies_are_those_of_plain_generate(folder: Path) -> None:
    asked = questions(12)
    replies = answers(TransformersEngine.load(str(folder), device="cpu"), asked)
    model = AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32).eval()
    processor = AutoProcessor.from_pretrained(folder)
    for question, reply in zip(asked, replies, strict=True):
        inputs = _encoded(processor, question)
        with torch.inference_mode():
            plain = model.generate(
                **inputs, max_new_tokens=12, do_sample=False, output_scores=True, return_dict_in_generate=True
            )
            logprobs = model.compute_transition_scores(plain.sequences, plain.scores, normalize_logits=True)
        length = inputs["input_ids"].shape[1]
        assert reply.text == processor.decode(plain.sequences[0, length:], skip_special_tokens=True).strip()
        assert reply.prompt_tokens == length
        assert reply.completion_tokens == plain.sequences.shape[1] - length
        assert reply.mean_logprob == pytest.approx(float(logprobs.mean()), abs=1e-4)


def test_sampled_answers_follow_from_their_seed_and_leave_greedy_ones_alone(folder: Path) -> None:
    asked = questions(12)
    sampled = [replace(question, sampling=TokenSampling(3.0, seed)) for question in asked for seed in (1, 2)]
    cold = [replace(question, sampling=TokenSampling(1e-6, 1)) for question in asked]
    greedy = answers(TransformersEngine.load(str(folder), device="cpu"), asked)
    mixed = answers(TransformersEngine.load(str(folder), device="cpu", batch_size=5), [*sampled, *asked, *cold])
    again = answers(TransformersEngine.load(str(folder), device="cpu"), sampled)
    texts = [reply.text for reply in mixed]
    assert texts[24:36] == texts[36:] == [reply.text for reply in greedy]
    assert texts[:24] == [reply.text for reply in again]
    assert sum(a != b for a, b in zip(texts[0:24:2], texts[1:24:2], strict=True)) > 8


@pytest.mark.parametrize("temperature", [0.5, 1.0])
def test_tokens_are_drawn_from_the_softmax_at_a_temperature(folder: Path, temperature: float) -> None:
    question = questions(1, max_tokens=1)[0]
    count = 400
    asked = [replace(question, sampling=TokenSampling(temperature, seed)) for seed in range(count)]
    replies = answers(TransformersEngine.load(str(folder), device="cpu"), asked)
    model = AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32).eval()
    processor = AutoProcessor.from_pretrained(folder)
    with torch.inference_mode():
        scores = model(**_encoded(processor, question)).logits[0, -1]
    likely, logprobs = scores.div(temperature).softmax(-1), scores.log_softmax(-1)
    told = Counter(round(reply.mean_logprob, 3) for reply in replies)
    expected: Counter[float] = Counter()
    for share, logprob in zip(likely.tolist(), logprobs.tolist(), strict=True):
        expected[round(logprob, 3)] += share
    distance = sum(abs(told[key] / count - expected[key]) for key in told | expected) / 2
    assert distance < 0.25
    assert sum(share for key, share in expected.items() if key not in told) < 0.25


def test_the_processor_path_agrees_with_the_llava_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = questions(30)
    engine = TransformersEngine.load(str(folder), device="cpu")
    assert isinstance(engine._encoder, LlavaEncoder)
    llava = answers(engine, asked)
    monkeypatch.setattr("recaption.engines.encoding.has_fixed_tower", lambda model: False)
    engine = TransformersEngine.load(str(folder), device="cpu")
    assert isinstance(engine._encoder, ProcessorEncoder)
    general = answers(engine, asked)
    assert [(r.text, r.prompt_tokens, r.finish_reason) for r in llava] == [
        (r.text, r.prompt_tokens, r.finish_reason) for r in general
    ]


def test_a_model_whose_pictures_differ_in_tokens(tmp_path: Path) -> None:
    folder = small_llava_next(tmp_path, init=0.3)
    shapes = [(28, 28), (28, 60), (90, 30), (60, 60)]
    asked = [Question(f"what is {i}?", pictures(i % 3, i, shapes[i % 4]), 8) for i in range(24)]
    engine = TransformersEngine.load(str(folder), device="cpu")
    assert isinstance(engine._encoder, ProcessorEncoder)
    counted = [engine._renderer.prompt(question).tokens for question in asked]
    among = answers(engine, asked)
    alone = one_by_one(TransformersEngine.load(str(folder), device="cpu"), asked)
    processor = AutoProcessor.from_pretrained(folder)
    assert counted == [_encoded(processor, question)["input_ids"].shape[1] for question in asked]
    assert len({tokens for tokens, question in zip(counted, asked, strict=True) if len(question.pictures) == 1}) > 2
    assert [reply.text for reply in among] == [reply.text for reply in alone]


def test_odd_pictures_and_none(folder: Path) -> None:
    shapes = [(1, 1), (3, 200), (199, 1), (1, 3), (3, 3), (37, 53)]
    asked = [Question("what is it?", pictures(1 + i % 2, i, shape), 6) for i, shape in enumerate(shapes)]
    asked.append(Question("no picture", (), 6))
    replies = answers(TransformersEngine.load(str(folder), device="cpu"), asked)
    assert all(isinstance(reply, Reply) and reply.completion_tokens >= 1 for reply in replies)


def test_every_question_has_its_own_limit(folder: Path) -> None:
    asked = [Question("the red ball", (), limit) for limit in (1, 4, 9)]
    short, middle, long = answers(TransformersEngine.load(str(folder), device="cpu"), asked)
    assert (short.completion_tokens, middle.completion_tokens) == (1, 4)
    assert [short.finish_reason, middle.finish_reason] == ["length", "length"]
    assert long.text.startswith(middle.text.rstrip("�"))
    assert middle.text.startswith(short.text.rstrip("�"))


def test_rows_that_leave_a_batch_early_change_nothing_for_the_others(folder: Path) -> None:
    limits = (1, 40, 2, 3, 30, 3, 70, 5, 90, 8, 12, 1, 17, 100, 25, 60)
    asked = [
        Question(q.prompt, q.pictures[:1] or pictures(1, 5), n) for q, n in zip(questions(16), limits, strict=True)
    ]
    alone = one_by_one(TransformersEngine.load(str(folder), device="cpu", batch_size=1), asked)
    among = answers(TransformersEngine.load(str(folder), device="cpu", batch_size=16), asked)
    assert [(r.text, r.completion_tokens) for r in among] == [(r.text, r.completion_tokens) for r in alone]
    assert [r.mean_logprob for r in among] == pytest.approx([r.mean_logprob for r in alone], abs=1e-4)


def test_the_stop_token_ends_an_answer_and_is_not_part_of_it(folder: Path, tmp_path: Path) -> None:
    plain = answers(TransformersEngine.load(str(folder), device="cpu"), [Question("the red ball", (), 8)])[0]
    tokenizer = AutoProcessor.from_pretrained(folder).tokenizer
    # Make the model's own fourth token the stop token.
    model = AutoModelForImageTextToText.from_pretrained(folder)
    ids = tokenizer.apply_chat_template([{"role": "user", "content": "the red ball"}], add_generation_prompt=True)
    ids = torch.tensor([ids["input_ids"]])
    fourth = model.generate(ids, max_new_tokens=4, do_sample=False)[0, -1].item()
    stopped = tmp_path / "stopped"
    shutil.copytree(folder, stopped)
    settings = model.generation_config
    settings.eos_token_id = fourth
    settings.save_pretrained(stopped)
    reply = answers(TransformersEngine.load(str(stopped), device="cpu"), [Question("the red ball", (), 8)])[0]
    assert reply.finish_reason == "stop"
    assert reply.completion_tokens <= 4
    assert plain.text.startswith(reply.text)
    assert reply.text != plain.text


def test_a_question_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    folder = small_llava(tmp_path, context=64)
    engine = TransformersEngine.load(str(folder), device="cpu")
    shown = pictures(2, 0)
    length = engine._renderer.prompt(Question("the", shown)).tokens
    assert length > 2 * 4
    fits, too_long = Question("the", shown, 64 - length), Question("the", shown, 65 - length)
    assert engine.fits(fits)
    assert not engine.fits(too_long)
    good, bad = answers(engine, [fits, too_long])
    assert good.prompt_tokens == length
    assert isinstance(bad, AskError)
    assert bad.reason == "context"
    assert "64" in bad.detail


def test_fits_counts_what_the_processor_counts(folder: Path) -> None:
    model = AutoModelForImageTextToText.from_pretrained(folder)
    processor = AutoProcessor.from_pretrained(folder)
    for encoder in (LlavaEncoder(model, processor, remember=8), ProcessorEncoder(model, processor)):
        renderer = Renderer(processor, encoder.picture_tokens)
        for question in questions(9):
            assert renderer.prompt(question).tokens == _encoded(processor, question)["input_ids"].shape[1]


def test_a_failing_question_fails_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [Question(f"question {i}", pictures(1, i), 4) for i in range(9)]
    engine = TransformersEngine.load(str(folder), device="cpu", batch_size=16)
    encode = engine._encoder.batch
    sizes = []

    def batch(prompts):  # type: ignore[no-untyped-def]
        sizes.append(len(prompts))
        if len(prompts) > 4 or any(prompt.question is asked[5] for prompt in prompts):
            raise torch.OutOfMemoryError("out of memory")
        return encode(prompts)

    monkeypatch.setattr(engine._encoder, "batch", batch)
    replies = answers(engine, asked)
    assert [isinstance(reply, Reply) for reply in replies] == [i != 5 for i in range(9)]
    assert isinstance(replies[5], AskError)
    assert replies[5].reason == "engine"
    assert "out of memory" in replies[5].detail
    assert 1 in sizes
    assert max(sizes) > 4


def test_a_picture_is_encoded_once_while_it_is_remembered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = TransformersEngine.load(str(folder), device="cpu")
    seen = []
    encode = engine._network.get_image_features

    def count(pixel_values):  # type: ignore[no-untyped-def]
        seen.append(len(pixel_values))
        return encode(pixel_values=pixel_values)

    monkeypatch.setattr(engine._network, "get_image_features", count)
    frames = pictures(4, 0)
    chain = [Question("what?", (a.copy(), b.copy()), 3) for a, b in itertools.pairwise(frames)]
    one_by_one(engine, chain)
    assert sum(seen) == 4


def test_the_memory_of_pictures_is_bounded(folder: Path) -> None:
    model = AutoModelForImageTextToText.from_pretrained(folder).eval()
    processor = AutoProcessor.from_pretrained(folder)
    encoder = LlavaEncoder(model, processor, remember=3)
    prompt = Renderer(processor, encoder.picture_tokens).prompt(Question("x", pictures(8, 0)))
    with torch.inference_mode():
        encoder.batch([prompt])
    assert len(encoder.features) == 3


def test_words_that_look_like_a_picture_are_refused(folder: Path) -> None:
    engine = TransformersEngine.load(str(folder), device="cpu")
    (error,) = answers(engine, [Question("an <image> in words", pictures(1, 0), 4)])
    assert isinstance(error, AskError)
    assert error.reason == "engine"


def test_closing_fails_what_waits_and_later_questions(folder: Path) -> None:
    async def run() -> list[object]:
        engine = TransformersEngine.load(str(folder), device="cpu", batch_size=1)
        asked = [asyncio.ensure_future(engine.ask(Question(f"q {i}", (), 400))) for i in range(5)]
        await asyncio.sleep(0.05)
        await engine.close()
        results: list[object] = await asyncio.gather(*asked, return_exceptions=True)
        with pytest.raises(RunError, match="closed"):
            await engine.ask(Question("late", (), 4))
        return results

    results = asyncio.run(run())
    assert any(isinstance(result, AskError) for result in results)
    assert all(isinstance(result, AskError | Reply) for result in results)


def test_a_cancelled_question_does_not_hold_up_the_others(folder: Path) -> None:
    async def run() -> Reply:
        engine = TransformersEngine.load(str(folder), device="cpu")
        first = asyncio.ensure_future(engine.ask(Question("first", (), 50)))
        await asyncio.sleep(0)
        first.cancel()
        try:
            return await asyncio.wait_for(engine.ask(Question("second", (), 4)), 30)
        finally:
            await engine.close()

    assert asyncio.run(run()).completion_tokens == 4


@pytest.mark.parametrize("name", ["./nowhere", "/no/such/folder"])
def test_an_unknown_folder_is_named_with_what_to_do(name: str) -> None:
    with pytest.raises(RunError, match=r"neither a folder.*check the name"):
        TransformersEngine.load(name)


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(RunError, match="not a model"):
        TransformersEngine.load(str(tmp_path))


def test_a_missing_chat_template(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "chat_template.jinja").unlink()
    with pytest.raises(RunError, match=r"no chat template.*chat_template\.jinja"):
        TransformersEngine.load(str(copy))


@pytest.mark.parametrize("package", ["torch", "transformers", "PIL"])
def test_a_missing_package_names_the_extra(folder: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=rf"{package}.*recaption\[local\]"):
        TransformersEngine.load(str(folder))


def test_questions_of_one_kind_go_together_and_none_waits_for_ever(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = TransformersEngine.load(str(folder), device="cpu", batch_size=4)
    batches: list[list[int]] = []
    encode = engine._encoder.batch

    def batch(prompts):  # type: ignore[no-untyped-def]
        batches.append([len(prompt.question.pictures) for prompt in prompts])
        return encode(prompts)

    monkeypatch.setattr(engine._encoder, "batch", batch)
    asked = [Question("sum up", (), 2), *(Question(f"pair {i}", pictures(2, i), 2) for i in range(40))]
    replies = answers(engine, asked)
    assert all(isinstance(reply, Reply) for reply in replies)
    assert all(len(set(counts)) == 1 for counts in batches)
    assert 0 < batches.index([0]) <= 5, "the lonely question goes after a few full batches, not last"
    # Eleven, or twelve when the lonely question is among the first four that wait and start a batch of three pairs.
    assert len(batches) in (11, 12)
