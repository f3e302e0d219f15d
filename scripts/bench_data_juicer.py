"""Clips a second against Data-Juicer's VLM video captioning operator: same model, same clips, as many frames.

python -m scripts.bench_data_juicer --python ENVIRONMENT/bin/python --out benchmarks/data_juicer.json

ENVIRONMENT is one of its own, as the packages exclude ours:

    pip install torch==2.13.0
    pip install py-data-juicer==1.6.1 transformers==5.19.0 av==13.1.0 aiohttp ray

Each arm captions the clips with one question over FRAMES frames, at most 128 tokens, greedy, in float32; ours is the
transformers engine, theirs `scripts/data_juicer/arm.py` with two worker processes. Loading the model is not counted;
the two take turns.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from recaption import prompts
from recaption.caption import longest
from recaption.clip import Clip
from recaption.engines.choose import choose
from recaption.engines.serving import Serving, load
from recaption.films import Showing, caption_clips
from recaption.run import Settings
from recaption.schedule import Tally
from recaption.scripted import files
from recaption.store import MemoryStore
from recaption.video.sample import Uniform
from recaption.video.workers import DecodePool
from scripts.measure import spread, surroundings, write

HERE = Path(__file__).parent / "data_juicer"
SEED = 5151
CLIPS, FRAMES, ROUNDS = 40, 8, 3
MAX_TOKENS = 128
WORDS = replace(prompts.load("default"), layouts={"fast": "separate"})
"""Both arms show the frames as separate pictures with the same words after them, so that both get the same answers."""


def ours(clips: list[Path]) -> float:
    """Seconds from the first clip to the last caption."""
    engine = load(choose("tiny"), Serving(engine="transformers"))
    showing = Showing("fast", WORDS, Uniform(FRAMES), longest(WORDS, "fast", engine))
    settings = Settings(MAX_TOKENS, clips_in_flight=engine.clips_in_flight)

    async def run() -> None:
        async with DecodePool(2, 120.0) as pool:
            await caption_clips(map(Clip.of, clips), showing, settings, engine, MemoryStore(), pool, Tally())
        await engine.close()

    started = time.perf_counter()
    asyncio.run(run())
    return time.perf_counter() - started


def theirs(python: Path, clips: Path, model: Path) -> tuple[float, int]:
    """Seconds, and how many captions there are."""
    line = [str(python), "arm.py", str(clips), "--model", str(model), "--prompt", WORDS.fast().text]
    environment = {**os.environ, "FRAMES": str(FRAMES)}
    done = subprocess.run(line, cwd=HERE, env=environment, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return told["seconds"], told["captions"]


def with_video(folder: Path) -> Path:
    """A copy of the tiny model whose processor takes videos."""
    for file in Path(choose("tiny").source).iterdir():
        shutil.copy(file, folder)
    shutil.copy(HERE / "processing_tiny_video.py", folder)
    for name in ("processor_config.json", "tokenizer_config.json"):
        config = json.loads((folder / name).read_text())
        config["processor_class"] = "TinyVideoProcessor"
        config["auto_map"] = {**config.get("auto_map", {}), "AutoProcessor": "processing_tiny_video.TinyVideoProcessor"}
        (folder / name).write_text(json.dumps(config))
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", type=Path, required=True, help="of an environment with Data-Juicer")
    parser.add_argument("--work", type=Path, default=Path("build/bench-data-juicer"))
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    arguments = parser.parse_args()
    folder = (arguments.work / "clips").absolute()
    clips = files.made(folder, CLIPS, SEED, (8.0, 14.0), (854, 480))
    seconds: dict[str, list[float]] = {"ours": [], "data-juicer": []}
    with tempfile.TemporaryDirectory() as name:
        model = with_video(Path(name))
        for _ in range(ROUNDS):
            seconds["ours"].append(ours(clips))
            spent, captions = theirs(arguments.python.absolute(), folder, model)
            if captions != CLIPS:
                sys.exit(f"Data-Juicer captioned {captions} of {CLIPS} clips")
            seconds["data-juicer"].append(spent)
            print({way: spent[-1] for way, spent in seconds.items()}, file=sys.stderr, flush=True)
    ratios = [b / a for a, b in zip(seconds["ours"], seconds["data-juicer"], strict=True)]
    result = {
        "over_data_juicer": spread(ratios),
        "clips_a_second": {way: spread([CLIPS / s for s in spent]) for way, spent in seconds.items()},
    }
    if arguments.out:
        write(arguments.out, {**surroundings("torch", "transformers"), "frames": FRAMES, **result})
    print(json.dumps(result))


if __name__ == "__main__":
    main()
