"""How fast the post-filter is on one core, and how its time grows.

python -m scripts.bench_postfilter --out benchmarks/postfilter.json

Measures
  captions_a_second    the raw captions of tests/data/captions/develop.toml, in captions of 150 words
  doubling             time for a text of 1 MB over that for its first half: the captions in a row, and hostile texts

The last line of stdout is a JSON object.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from recaption.postfilter import clean
from scripts.marked_captions import load
from scripts.measure import spread, surroundings, write

CAPTIONS = Path("tests/data/captions/develop.toml")
WORDS = 150
ROUNDS = 7
MEGABYTE = 2**20

HOSTILE: dict[str, str] = {
    "one word": "a ",
    "one letter": "a",
    "open quotation": 'a "b ',
    "brackets": "([{<",
    "stars": "*a **b ",
    "lead-ins": "In the video, ",
    "mentions": "A man in the video sits. ",
    "openings": "as the video plays on, ",
    "frames": "In frame 3 of the images a man sits. ",
    "frame sentences": "The last two frames are alike. ",
    "viewers": "What we see is what we see ",
    "commas": "a man, and ",
    "stops": "e.g. ",
    "sentence": "A man walks down the street. ",
    "near sentences": "A man walks down street 1 and sees house 23, suggesting a sense of calm. ",
    "absent": "there is no ",
    "opinion": ", suggesting a sense of ",
    "open thought": "<think> ",
    "numbers": "1. 2) - ",
    "combining marks": "e\u0301\u0316",
    "Chinese": "画面中没有人，营造出氛围",
    "mojibake": "â€™ Ã© ",
    "empty lines": "\n\n \n",
}


def seconds(text: str) -> float:
    """CPU seconds of one cleaning."""
    started = time.process_time()
    clean(text)
    return time.process_time() - started


def captions_a_second(raws: Sequence[str]) -> float:
    words = sum(len(raw.split()) for raw in raws)
    return words / WORDS / sum(map(seconds, raws))


def of_size(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def doubling(unit: str) -> dict[str, float]:
    """Seconds for 1 MB, and how many times those for half of it."""
    text = of_size(unit, MEGABYTE)
    ratios, whole = [], []
    for _ in range(3):
        half = seconds(text[: MEGABYTE // 2])
        whole.append(seconds(text))
        ratios.append(whole[-1] / half)
    return {"seconds": round(median(whole), 3), "ratio": round(median(ratios), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    arguments = parser.parse_args()
    raws = [caption.raw for caption in load(CAPTIONS)]
    captions_a_second(raws)  # patterns are compiled at their first use
    result: dict[str, Any] = {
        **surroundings(),
        "captions": len(raws),
        "captions_a_second": spread([captions_a_second(raws) for _ in range(ROUNDS)]),
        "doubling": {name: doubling(unit) for name, unit in {"captions": "\n\n".join(raws), **HOSTILE}.items()},
    }
    result["worst_doubling"] = max(each["ratio"] for each in result["doubling"].values())
    if arguments.out:
        write(arguments.out, result)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
