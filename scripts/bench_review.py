"""How long a person waits for the page of `recaption review`, with ten thousand captions and with a hundred.

python -m scripts.bench_review --rounds 9 --out benchmarks/review.json

Seconds from asking the server to its whole answer, over loopback. Rows are as long as those of a DiffSW run of forty
seconds: a caption of 150 words, 21 steps, eight edits.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from recaption.claim import open_run
from recaption.clip import Caption, Clip, Edit, Step
from recaption.store import Fingerprint
from scripts.measure import spread, surroundings, write

FEW, MANY = 100, 10_000
SENTENCE = "A tall man in a red hat walks along the wet pier while two boats pass by."
RUN = Fingerprint("diffsw", "none", "default", "hash", "every 2 s, at most 64", 512)


def caption(number: int) -> Caption:
    words = " ".join([SENTENCE] * 10)
    return Caption(
        words,
        f"The video shows what follows.\n\n{words}",
        steps=tuple(Step(2.0 * i, 2.0 * i + 2, SENTENCE) for i in range(21)),
        edits=(Edit("lead_in", "The video shows what follows.", ""),) * 8,
        flags=("hedge",) if number % 3 else (),
        mean_logprob=-(number % 997) / 1000,
    )


async def _store(out: Path, count: int) -> None:
    database = open_run(out, RUN)
    clips = (Clip(f"/films/{number:06}.mp4", size=1, mtime_ns=2) for number in range(count))
    await asyncio.gather(*(database.finish(clip, caption(number)) for number, clip in enumerate(clips)))
    database.close()


@contextmanager
def page(out: Path) -> Iterator[str]:
    command = [str(Path(sys.executable).with_name("recaption")), "review", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.terminate()


def waits(address: str) -> dict[str, Callable[[], Any]]:
    """What a person waits for, each as a call."""
    client = httpx.Client(base_url=address, timeout=60)
    captions = client.get("captions").json()["captions"]
    some = captions[len(captions) // 2]["id"]
    asked = {
        "overview": "overview",
        "list by path": "captions?order=path",
        "list by confidence": "captions?order=confidence",
        "list by flag": "captions?order=flags&flag=hedge",
        "one caption": f"captions/{some}",
    }
    seen = client.get(f"captions/{some}").json()["caption"]
    said = {"verdict": "accepted", "seen": seen}
    return {
        **{name: partial(client.get, path) for name, path in asked.items()},
        "a verdict": partial(client.put, f"captions/{some}/verdict", json=said),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/review.json"))
    arguments = parser.parse_args()
    taken: dict[int, dict[str, list[float]]] = {FEW: {}, MANY: {}}
    with tempfile.TemporaryDirectory() as folder:
        outs = {count: Path(folder) / str(count) for count in taken}
        for count, out in outs.items():
            asyncio.run(_store(out, count))
        with page(outs[FEW]) as few, page(outs[MANY]) as many:
            calls = {FEW: waits(few), MANY: waits(many)}
            for _ in range(arguments.rounds):
                for count, each in calls.items():
                    for name, call in each.items():
                        started = time.perf_counter()
                        call().raise_for_status()
                        taken[count].setdefault(name, []).append(time.perf_counter() - started)
    result = {
        **surroundings("starlette", "uvicorn"),
        "rounds": arguments.rounds,
        **{f"seconds of {count}": {name: spread(values) for name, values in taken[count].items()} for count in taken},
    }
    write(arguments.out, result)
    for name in taken[MANY]:
        print(f"{name:20}" + "".join(f"{spread(taken[count][name])['median']:10.4f}" for count in taken))


if __name__ == "__main__":
    main()
