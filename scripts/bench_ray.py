"""Clips a second of `recaption ray` against plain `recaption`, and how much of an engine lies idle on Ray.

python -m scripts.bench_ray --out benchmarks/ray.json

speed   Both commands caption the same table, CLIPS spans of FILMS small films, one question each, on one machine with
        as many decoding processes, in turns. The engine is a server on loopback that answers at once. The rate is
        that of the whole command, Ray's start included; `between_questions` leaves out what is before the first
        question and after the last.
idle    The share of the time that the engine's places stood empty, by `recaption ray` itself, with a server that takes
        SECONDS for an answer.
parts   Seconds and bytes that a part of the output takes, of rows with a caption of CAPTION words from STEPS steps of
        STEP words, drawn at random, which packs worse than English does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from recaption import results
from recaption.clip import Caption, Clip, Step
from recaption.parts import Parts
from recaption.ray.command import PART_ROWS
from recaption.scripted import files
from recaption.store import Fingerprint, caption_row
from scripts.measure import spread, surroundings, write

SEED = 616
FILMS, CLIPS, ROUNDS = 20, 10_000, 3
IN_FLIGHT, IDLE_CLIPS, SECONDS = 64, 2000, 2.0
CAPTION, STEPS, STEP = 250, 6, 80
MARKED = Path(results.__file__).parent / "evaluate" / "marked_words.txt"
PARTS = 5
RUN = Fingerprint("diffsw", "model", "default", "0" * 16, "every 2 s, at most 64", 512)
ANSWER = "A red ball rolls in from the left and stops beside the blue box."


def serve(port: int, seconds: float) -> None:
    """A server of the OpenAI API that says one thing after so many seconds, and when it was asked."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    asked: list[float] = []

    async def complete(request: Request) -> JSONResponse:
        await request.body()
        asked.append(time.time())
        await asyncio.sleep(seconds)
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": ANSWER}}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        head = {"id": "1", "object": "chat.completion", "created": 1, "model": "quick"}
        return JSONResponse({**head, "choices": [choice], "usage": usage})

    async def models(_: Request) -> JSONResponse:
        return JSONResponse({"object": "list", "data": [{"id": "quick", "object": "model"}]})

    async def times(_: Request) -> JSONResponse:
        told = {"questions": len(asked), "seconds": asked[-1] - asked[0]}
        asked.clear()
        return JSONResponse(told)

    routes = [
        Route("/v1/chat/completions", complete, methods=["POST"]),
        Route("/v1/models", models),
        Route("/times", times),
    ]
    uvicorn.run(Starlette(routes=routes), port=port, log_level="error")


@contextmanager
def serving(seconds: float) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = [sys.executable, "-m", "scripts.bench_ray", "--serve", str(port), "--seconds", str(seconds)]
    process = subprocess.Popen(line)
    try:
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def table(folder: Path, count: int) -> Path:
    films = files.made(folder / "films", FILMS, SEED, (3.0, 4.0), (160, 120))
    path = folder / f"clips-{count}.csv"
    rows = (
        f"{films[n % FILMS].absolute()},{n // FILMS / 1000:.3f},{n // FILMS / 1000 + 1:.3f}\n" for n in range(count)
    )
    path.write_text("path,from,to\n" + "".join(rows))
    return path


def run(way: str, url: str, clips: Path, count: int, out: Path) -> tuple[float, str]:
    """Seconds of the whole command, and what it said."""
    shutil.rmtree(out, ignore_errors=True)
    cores = str(os.cpu_count() or 1)
    words = ["ray", "--decode-cpus", cores] if way == "ray" else ["caption", "--jobs", cores]
    asked = ["--mode", "grid", "--frames", "2", "--start-column", "from", "--end-column", "to"]
    served = ["--base-url", f"{url}/v1", "--clips", str(IN_FLIGHT)]
    line = [str(Path(sys.executable).with_name("recaption")), *words, str(clips), *asked, *served, "--out", str(out)]
    started = time.perf_counter()
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    captioned = sum(1 for _ in results.captions(out)) if done.returncode == 0 else 0
    if captioned != count:
        raise SystemExit(f"{way} captioned {captioned} of {count} clips:\n{done.stderr}")
    return seconds, done.stderr


def speed(work: Path, count: int, rounds: int) -> dict[str, Any]:
    clips = table(work, count)
    whole: dict[str, list[float]] = {"plain": [], "ray": []}
    between: dict[str, list[float]] = {"plain": [], "ray": []}
    with serving(0.0) as url:
        for _ in range(rounds):
            for way in whole:
                seconds, _ = run(way, url, clips, count, work / way)
                with urllib.request.urlopen(f"{url}/times") as told:
                    times = json.load(told)
                whole[way].append(count / seconds)
                between[way].append(times["questions"] / times["seconds"])
                print(f"{way}: {seconds:.1f} s, of them {times['seconds']:.1f} between questions", file=sys.stderr)
    return {
        "clips": count,
        "rounds": rounds,
        "over_plain": _ratio(whole),
        "clips_a_second": {way: spread(rates) for way, rates in whole.items()},
        "between_questions": {"over_plain": _ratio(between), **{way: spread(r) for way, r in between.items()}},
    }


def _ratio(rates: dict[str, list[float]]) -> dict[str, float]:
    return spread([ray / plain for plain, ray in zip(rates["plain"], rates["ray"], strict=True)])


def idle(work: Path, count: int) -> dict[str, Any]:
    with serving(SECONDS) as url:
        _, said = run("ray", url, table(work, count), count, work / "idle")
    found = re.search(r"idle share of the engines: ([\d.]+)%", said)
    assert found, said
    share = round(float(found[1]) / 100, 4)
    return {"clips": count, "clips_in_flight": IN_FLIGHT, "seconds_an_answer": SECONDS, "share": share}


def parts(work: Path) -> dict[str, Any]:
    chance = random.Random(SEED)
    words = [word.partition("/")[0] for word in MARKED.read_text(encoding="utf-8").split()]

    def said(count: int) -> str:
        return " ".join(chance.choices(words, k=count)) + "."

    def row(number: int) -> dict[str, Any]:
        steps = tuple(Step(2.0 * n, 2.0 * n + 2, said(STEP)) for n in range(STEPS))
        text = said(CAPTION)
        clip = Clip(f"/films/{number // 1000:06d}/{number:012d}.mp4", size=number, mtime_ns=number)
        return caption_row(clip, Caption(text, text, steps), RUN)

    shutil.rmtree(work / "parts", ignore_errors=True)
    seconds = []
    with closing(Parts(str(work / "parts"), RUN)) as output:
        for part in range(PARTS):
            rows = [row(part * PART_ROWS + number) for number in range(PART_ROWS)]
            started = time.perf_counter()
            output.add(rows)
            seconds.append(time.perf_counter() - started)
    size = sum(file.stat().st_size for file in (work / "parts" / "captions").iterdir())
    return {"rows": PART_ROWS, "seconds": spread(seconds), "bytes_a_row": round(size / PARTS / PART_ROWS)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("build/bench-ray"))
    parser.add_argument("--clips", type=int, default=CLIPS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    parser.add_argument("--serve", type=int, metavar="PORT", help="be the server")
    parser.add_argument("--seconds", type=float, default=0.0, help="that the server takes for an answer")
    arguments = parser.parse_args()
    if arguments.serve:
        serve(arguments.serve, arguments.seconds)
        return
    arguments.work.mkdir(parents=True, exist_ok=True)
    result = {
        "speed": speed(arguments.work, arguments.clips, arguments.rounds),
        "idle": idle(arguments.work, min(arguments.clips, IDLE_CLIPS)),
        "parts": parts(arguments.work),
    }
    if arguments.out:
        write(arguments.out, {**surroundings("ray", "pyarrow"), **result})
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
