"""vLLM for real, on the CPU, with the tiny model."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Awaitable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import peft
import psutil
import pytest
import torch
from transformers import AutoModelForImageTextToText, AutoProcessor

from recaption.clip import Clip, Exchange, Frames, Question, Reply, Turn, picture_hash
from recaption.engines import Engine, serving
from recaption.engines.choose import choose, with_adapter
from recaption.engines.serving import Asked, Serving
from recaption.errors import AskError, RunError, UsageError
from recaption.films import Showing, caption_clips
from recaption.prompts import load as load_prompts
from recaption.run import Settings
from recaption.schedule import Tally
from recaption.scripted import files
from recaption.store import MemoryStore
from recaption.video.sample import Every
from recaption.video.workers import DecodePool

T = TypeVar("T")
GREY = np.full((236, 420, 3), 128, np.uint8)
TURN = Turn("word " * 120, (GREY, GREY))
ASKED = Asked(Question(TURN.prompt, TURN.pictures, 128, earlier=(Exchange(TURN, ""),)), 12)


class Loop:
    """An event loop that goes on between tests, so that they may share an engine."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Awaitable[T]) -> T:
        future: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)  # type: ignore[arg-type]
        return future.result(600)


@pytest.fixture(scope="module")
def loop() -> Loop:
    return Loop()


@pytest.fixture(scope="module")
def engine(loop: Loop) -> Iterator[Engine]:
    extra = ("worker_extension_cls=tests.engines.counting.Counting",)
    made = serving.load(choose("tiny"), Serving(engine="vllm", engine_args=extra, clips=12), ASKED)
    yield made
    loop.run(made.close())


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    for _ in files.make(folder, 6, seed=616_161, seconds=(6.0, 9.0), size=(320, 180)):
        pass
    return folder


async def all_answers(engine: Engine, asked: Sequence[Question]) -> list[Reply | BaseException]:
    return await asyncio.gather(*map(engine.ask, asked), return_exceptions=True)


def questions(count: int) -> list[Question]:
    """Questions about noise, with no, one and two pictures, and some after a talk."""
    rng = np.random.default_rng(3)
    made = []
    for i in range(count):
        pictures = tuple(rng.integers(0, 256, (90, 160, 3), dtype=np.uint8) for _ in range(i % 3))
        earlier = (Exchange(Turn("Describe this frame.", (GREY,)), "There is a red ball."),) if i % 4 == 3 else ()
        made.append(Question(f"This is frame {i} of a video. Describe it in detail.", pictures, 24, earlier=earlier))
    return made


def assert_the_same(expected: Sequence[Reply | BaseException], told: Sequence[Reply | BaseException]) -> None:
    assert sum(a.text != b.text for a, b in zip(expected, told, strict=True)) <= 1  # type: ignore[union-attr]
    for a, b in zip(expected, told, strict=True):
        assert isinstance(a, Reply)
        assert isinstance(b, Reply)
        assert a.prompt_tokens == b.prompt_tokens
        if a.text == b.text:
            assert (a.completion_tokens, a.finish_reason) == (b.completion_tokens, b.finish_reason)
            assert b.mean_logprob == pytest.approx(a.mean_logprob, abs=1e-3)


def test_the_answers_are_those_of_the_transformers_engine(engine: Engine, loop: Loop) -> None:
    asked = questions(40)
    ours = serving.load(choose("tiny"), Serving(engine="transformers"))
    expected = loop.run(all_answers(ours, asked))
    loop.run(ours.close())
    told = loop.run(all_answers(engine, asked))
    assert_the_same(expected, told)


def test_each_frame_is_encoded_once_though_it_is_shown_twice(engine: Any, loop: Loop, clips: Path) -> None:
    store, frames = MemoryStore(), set[str]()

    class Watched(DecodePool):
        async def decode(self, clip: Clip, sampling: Any, longest: int | None) -> Frames:
            decoded = await super().decode(clip, sampling, longest)
            frames.update(picture_hash(frame.rgb) for frame in decoded)
            return decoded

    async def caption() -> None:
        showing = Showing("diffsw", load_prompts("default"), Every(2.0, 64), engine.longest)
        settings = Settings(max_tokens=96)
        async with Watched(2, 60.0) as pool:
            films = map(Clip.of, sorted(clips.glob("*.mp4")))
            await caption_clips(films, showing, settings, engine, store, pool, Tally())

    loop.run(engine.core.collective_rpc("count_pictures"))
    loop.run(caption())
    assert len(store.captions) == 6
    assert loop.run(engine.core.collective_rpc("pictures_counted")) == [len(frames)]


def test_what_does_not_fit_is_told_before_it_is_asked(engine: Engine, loop: Loop) -> None:
    long = Question("word " * 3000, (), 16)
    assert not engine.fits(long)
    assert engine.fits(questions(1)[0])
    (error,) = loop.run(all_answers(engine, [long]))
    assert isinstance(error, AskError)
    assert error.reason == "context"


def test_arguments_that_vllm_does_not_take_are_told() -> None:
    with pytest.raises(UsageError, match="did you mean block_size"):
        serving.load(choose("tiny"), Serving(engine="vllm", engine_args=("blok_size=32",)), ASKED)
    with pytest.raises(RunError, match="vLLM does not start"):
        serving.load(choose("tiny"), Serving(engine="vllm", engine_args=("kv_cache_dtype=nonsense",)), ASKED)


@pytest.fixture(scope="module")
def adapted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A LoRA adapter of the tiny model, and the model with it merged in."""
    adapter, merged = (tmp_path_factory.mktemp(name) for name in ("adapter", "merged"))
    source = choose("tiny").source
    torch.manual_seed(8)
    layers = r".*language_model.*(q_proj|v_proj|down_proj)"
    config = peft.LoraConfig(r=12, lora_alpha=6, target_modules=layers, init_lora_weights=False)
    model = peft.get_peft_model(AutoModelForImageTextToText.from_pretrained(source, dtype=torch.float32), config)
    model.save_pretrained(adapter)
    model.merge_and_unload().save_pretrained(merged)
    AutoProcessor.from_pretrained(source).save_pretrained(merged)
    return adapter, merged


def test_an_adapter_answers_as_the_merged_model_does(loop: Loop, adapted: tuple[Path, Path]) -> None:
    adapter, merged = adapted
    asked = questions(10)
    answers = []
    for choice, options in [
        (with_adapter(choose("tiny"), adapter), Serving(engine="vllm", lora=adapter, clips=12)),
        (choose(str(merged)), Serving(engine="transformers")),
        (choose("tiny"), Serving(engine="transformers")),
    ]:
        made = serving.load(choice, options, ASKED)
        answers.append([reply.text for reply in loop.run(all_answers(made, asked))])  # type: ignore[union-attr]
        loop.run(made.close())
    with_lora, expected, plain = answers
    assert sum(a != b for a, b in zip(with_lora, expected, strict=True)) <= 1
    assert with_lora != plain


CHILD = """
from tests.engines import test_vllm
if __name__ == "__main__":
    test_vllm.serving.load(
        test_vllm.choose("tiny"), test_vllm.Serving(engine="vllm", clips=2), test_vllm.ASKED
    )
    print("ready", flush=True)
    import time; time.sleep(600)
"""


def test_no_process_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "starts_vllm.py"
    script.write_text(CHILD)
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        children = psutil.Process(parent.pid).children(recursive=True)
        assert children
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert not alive
