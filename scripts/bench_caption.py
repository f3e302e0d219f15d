"""Clips a second against a plain loop, and memory that does not grow with the number of clips.

python -m scripts.bench_caption --work build/bench-caption --out benchmarks/caption.json

speed    The same model captions the same scripted clips with DiffSW twice: by recaption's scheduler, and by a loop that
         takes one clip after the other, decodes it and calls `generate` for each question. Each run is a process of its
         own that loads the model and then takes the time of captioning alone; the two take turns.
memory   The largest PSS of the command's process tree over 40 clips and over 400 (links to the same 40 files).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from recaption import prompts
from recaption.caption import LONGEST, longest
from recaption.clip import Clip, Frame, Reply
from recaption.engines.choose import choose
from recaption.engines.serving import load
from recaption.films import Showing, caption_clips
from recaption.modes.ask import Said
from recaption.modes.diffsw import diffsw
from recaption.prompts import Prompt
from recaption.run import Settings
from recaption.schedule import Tally
from recaption.scripted import files
from recaption.store import MemoryStore
from recaption.video.decode import decode
from recaption.video.layout import arrange
from recaption.video.sample import Every
from recaption.video.workers import DecodePool
from scripts.measure import spread, surroundings, write

SEED = 99
CLIPS, MANY = 40, 400
REPEATS = 5
SAMPLING = Every(2.0, 64)
MAX_TOKENS, DEADLINE = 512, 120.0
SAMPLES_A_SECOND = 5


def ours(model: str, clips: list[Path]) -> float:
    """Seconds that the scheduler takes for all clips."""
    choice = choose(model)
    engine = load(choice)
    jobs = os.cpu_count() or 1
    words = prompts.load("default")
    showing = Showing("diffsw", words, SAMPLING, longest(words, "diffsw", engine), decodes_in_flight=jobs)
    settings = Settings(max_tokens=MAX_TOKENS, clips_in_flight=engine.clips_in_flight)

    async def work() -> Tally:
        tally = Tally()
        async with DecodePool(jobs, DEADLINE) as pool:
            await caption_clips(map(Clip.of, clips), showing, settings, engine, MemoryStore(), pool, tally)
        await engine.close()
        return tally

    started = time.perf_counter()
    tally = asyncio.run(work())
    seconds = time.perf_counter() - started
    if tally.captioned != len(clips):
        raise SystemExit(f"{tally.failed} of {len(clips)} clips failed")
    return seconds


class Loop:
    """`modes.ask.Ask` as everybody's first script has it: one question at a time, straight to `generate`."""

    def __init__(self, folder: str) -> None:
        import torch
        from transformers import AutoModelForImageTextToText, AutoProcessor

        self.torch = torch
        self.model = AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32).eval()
        self.processor = AutoProcessor.from_pretrained(folder)

    async def __call__(self, prompt: Prompt, images: Sequence[Frame] = (), earlier: Sequence[Said] = ()) -> Reply:
        pictures = list(arrange(prompt.layout, images)) if images else []
        content = [{"type": "image"} for _ in pictures] + [{"type": "text", "text": prompt.text}]
        text = self.processor.apply_chat_template([{"role": "user", "content": content}], add_generation_prompt=True)
        inputs = self.processor(text=text, images=pictures or None, return_tensors="pt")
        with self.torch.inference_mode():
            ids = self.model.generate(**inputs, max_new_tokens=MAX_TOKENS, do_sample=False)
        answer = ids[0, inputs["input_ids"].shape[1] :]
        return Reply(self.processor.decode(answer, skip_special_tokens=True), "stop", 0, len(answer))

    def fits(self, prompt: Prompt, images: Sequence[Frame] = (), earlier: Sequence[Said] = ()) -> bool:
        return True


def loop(model: str, clips: list[Path]) -> float:
    """Seconds that the plain loop takes for all clips."""
    ask = Loop(choose(model).source)
    words = prompts.load("default")

    async def work() -> None:
        for path in clips:
            await diffsw(decode(Clip.of(path), SAMPLING, LONGEST), ask, words)

    started = time.perf_counter()
    asyncio.run(work())
    return time.perf_counter() - started


def speed(model: str, clips: Path) -> dict[str, Any]:
    seconds: dict[str, list[float]] = {"ours": [], "loop": []}
    for _ in range(REPEATS):
        for way, spent in seconds.items():
            line = [sys.executable, "-m", "scripts.bench_caption", "--run", way, "--model", model, "--work", str(clips)]
            done = subprocess.run(line, check=True, capture_output=True, text=True)
            spent.append(float(done.stdout.splitlines()[-1]))
            print(f"{way}: {spent[-1]:.1f} s", file=sys.stderr, flush=True)
    ratios = [b / a for a, b in zip(seconds["ours"], seconds["loop"], strict=True)]
    return {
        "clips": CLIPS,
        "repeats": REPEATS,
        "clips_a_second": {way: spread([CLIPS / s for s in spent]) for way, spent in seconds.items()},
        "ratio": spread(ratios),
    }


def memory(model: str, clips: Path) -> dict[str, Any]:
    sizes = {count: peak(model, clips, count) for count in (CLIPS, MANY)}
    mib = {str(count): round(size / 2**20) for count, size in sizes.items()}
    return {"pss_mib": mib, "ratio": round(sizes[MANY] / sizes[CLIPS], 3)}


def peak(model: str, clips: Path, count: int) -> int:
    """The largest PSS in bytes of the command's process tree while it captions `count` clips."""
    films = sorted(clips.glob("*.mp4"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number in range(count):
            os.symlink(films[number % len(films)], folder / "in" / f"{number:04d}.mp4")
        line = [str(Path(sys.executable).with_name("recaption")), str(folder / "in"), "--model", model]
        process = psutil.Popen([*line, "--out", str(folder / "out")], stderr=subprocess.DEVNULL)
        largest = 0
        while process.poll() is None:
            largest = max(largest, tree_pss(process))
            time.sleep(1 / SAMPLES_A_SECOND)
    if process.returncode:
        raise SystemExit(f"the command ended with {process.returncode}")
    return largest


def tree_pss(process: psutil.Process) -> int:
    total = 0
    try:
        for each in [process, *process.children(recursive=True)]:
            try:
                total += each.memory_full_info().pss
            except psutil.Error:
                continue
    except psutil.Error:
        return 0
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="tiny")
    parser.add_argument("--work", type=Path, default=Path("build/bench-caption"))
    parser.add_argument("--out", type=Path, default=Path("benchmarks/caption.json"))
    parser.add_argument("--run", choices=["ours", "loop"], help="one timed run over the clips in --work")
    arguments = parser.parse_args()
    if arguments.run:
        films = sorted(arguments.work.glob("*.mp4"))
        print((ours if arguments.run == "ours" else loop)(arguments.model, films))
        return
    clips = arguments.work.resolve() / "clips"
    files.made(clips, CLIPS, SEED, (8.0, 14.0), (854, 480))
    result = {**surroundings("torch", "transformers"), "speed": speed(arguments.model, clips)}
    result["memory"] = memory(arguments.model, clips)
    write(arguments.out, result)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
