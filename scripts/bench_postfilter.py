"""How fast the post-filter is on one core, and how its time grows.

python -m scripts.bench_postfilter --out benchmarks/postfilter.json

Measures
  captions_a_second    the raw captions of tests/data/captions/develop.toml, in captions of 150 words
  recall               of the defects that were marked by hand, by code, with Wilson intervals at 95%
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
from scripts.marked_captions import MarkedCaption, kept, load, pooled, recall
from scripts.measure import spread, surroundings, write

DATA = Path("tests/data/captions")
MARKED = ("develop", "set_aside", "chinese", "chinese_set_aside")
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
    "absent clauses": "no one is in view, ",
    "absent sentences": "A man walks, with no other people in sight, past the wall. ",
    "unchanged": "Nothing about the wall is as it was. ",
    "refusals": "I do not know your video, ",
    "opinion": ", suggesting a sense of ",
    "opinions": "The joy of hope, a love that speaks of peace with the grace of time. ",
    "hedge": "as far as one can tell it may be ",
    "open thought": "<think> ",
    "numbers": "1. 2) - ",
    "combining marks": "e\u0301\u0316",
    "Chinese": "画面中没有人，营造出氛围",
    "Chinese sentence": "一名男子走过街道。",
    "Chinese frames": "在第一帧和第二帧中，",
    "Chinese loop": "海鸥盘旋，海鸥",
    "Chinese refusal": "我您无法，",
    "Chinese absent": "没有任何",
    "Chinese quotation": "他说「",
    "mojibake": "â€™ Ã© ",
    "empty lines": "\n\n \n",
    "loop": "left, right, ",
    "loops": "a a a b b b ",
    "passages": "The dog chases the cat past the red house. The cat chases the dog past it. ",
    "subordinate clauses": "and as the man who ",
    "closed thoughts": "a</think> ",
    "plans": "I should mention. ",
    "talk": "Sure! ",
    "labels": "Scene 1: ",
    "clock labels": "[0:01] ",
    "rows": "| a |\n",
    "escapes": "\\u2019",
    "entities": "&amp;",
    "another script": "慢慢 the ",
    "another language": "la une der ",
    "bullets": "a • B",
}


def seconds(text: str) -> float:
    """CPU seconds of one cleaning."""
    started = time.process_time()
    clean(text)
    return time.process_time() - started


def told(captions: Sequence[MarkedCaption]) -> dict[str, dict[str, Any]]:
    """Recall by code, of all codes together, and of the good words."""
    by_code = recall(captions)
    every = {**by_code, "all": pooled(by_code.values()), "good words kept": kept(captions)}
    return {
        code: {
            "found": each.found,
            "all": each.all,
            "share": round(each.share, 4),
            "interval": [round(bound, 4) for bound in each.interval],
        }
        for code, each in every.items()
    }


def captions_a_second(raws: Sequence[str]) -> float:
    words = sum(len(raw.split()) for raw in raws)
    return words / WORDS / sum(map(seconds, raws))


def doubling(unit: str) -> dict[str, float]:
    """Seconds for 1 MB of whole units, and how many times those for half of them."""
    count = MEGABYTE // len(unit) // 2
    ratios, whole = [], []
    for _ in range(3):
        half = seconds(unit * count)
        whole.append(seconds(unit * 2 * count))
        ratios.append(whole[-1] / half)
    return {"seconds": round(median(whole), 3), "ratio": round(median(ratios), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="a JSON file for the result and its surroundings")
    arguments = parser.parse_args()
    raws = [caption.raw for caption in load(DATA / "develop.toml")]
    captions_a_second(raws)  # patterns are compiled at their first use
    result: dict[str, Any] = {
        **surroundings(),
        "captions": len(raws),
        "captions_a_second": spread([captions_a_second(raws) for _ in range(ROUNDS)]),
        "recall": {name: told(load(DATA / f"{name}.toml")) for name in MARKED},
        "doubling": {name: doubling(unit) for name, unit in {"captions": "\n\n".join(raws), **HOSTILE}.items()},
    }
    result["worst_doubling"] = max(each["ratio"] for each in result["doubling"].values())
    if arguments.out:
        write(arguments.out, result)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
