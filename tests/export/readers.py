"""Awkward rows, and readers of every format: where no package ships the trainer's own, written from how it reads."""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from datasets import load_dataset
from webdataset import WebDataset

from tests.clips import clip

RED = (220, 20, 20)
WORDS = [
    '"quoted"',
    "it's",
    "a,b",
    "tab\there",
    "=SUM(A1)",
    "-x",
    "@home",
    "</s>",
    "\\n",
    "🎬",
    "שלום",
    "مرحبا",
    "ビデオ",
] + ["{brace}", "<b>", "&amp;", "$x$", "100%", "#tag", "\u00a0", "e\u0301", "\ufeff", "null", "'", ";", "|"]
NAMES = [
    "clip",
    "a b",
    "line\nbreak",
    "comma,name",
    'quote"name',
    "=cmd",
    "-rf",
    "ビデオ",
    "dots.in.name",
    "CLIP",
    "\udcff",
]
Read = dict[str, str]
"""Caption by a hash of the clip's bytes, which are different for each."""


def awkward(folder: Path, count: int, longest: int = 12) -> list[dict[str, Any]]:
    """Rows with awkward captions, and clips of which each has other bytes, many with the same names."""
    rng = random.Random(count)
    film = clip(folder / "film.mp4", [RED]).read_bytes()
    rows = []
    for i in range(count):
        path = folder / f"{i % 17}" / f"{i // 200}" / f"{NAMES[i % len(NAMES)]}{i // 50 or ''}.mp4"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(film + f"{i:08}".encode())
        text = " ".join(rng.choices(WORDS, k=rng.randint(1, longest))).strip("\ufeff\u00a0\t ") or "A wall."
        rows.append(
            {
                **{"id": f"{i:020x}", "path": str(path), "start": None, "end": None, "text": None, "mode": "diffsw"},
                **{"model": "colour", "prompts": "default", "caption": text, "raw": f"{text}\n\nMore.</s>"},
                **{"steps": [{"start": 0.0, "end": 2.0, "text": text}], "edits": [], "flags": ["hedge"]},
                **{"tokens": {"prompt": 1, "completion": 2}, "mean_logprob": -0.5},
                "seconds": {"decode": 0.1, "model": 0.2},
            }
        )
    return rows


def wanted(rows: list[dict[str, Any]]) -> Read:
    return {mark(Path(row["path"])): row["caption"] for row in rows}


def mark(clip: Path | bytes) -> str:
    return hashlib.sha256(clip if isinstance(clip, bytes) else clip.read_bytes()).hexdigest()


def named(folder: Path) -> list[Path]:
    """The clips, or the frames, in a folder."""
    return [path for path in folder.iterdir() if path.suffix in (".mp4", ".jpg")]


def read_sidecars(folder: Path) -> Read:
    return {mark(path): _line(path.with_suffix(".txt")) for path in named(folder)}


def _line(path: Path) -> str:
    (line,) = path.read_text("utf-8").split("\n")[:-1]
    return line


def read_cogvideo(folder: Path) -> Read:
    prompts = [
        line.strip("\n") for line in (folder / "prompts.txt").open(encoding="utf-8", newline="\n") if line.strip()
    ]
    videos = [line.strip() for line in (folder / "videos.txt").open(encoding="utf-8") if line.strip()]
    assert len(prompts) == len(videos)
    return {mark(folder / video): prompt for video, prompt in zip(videos, prompts, strict=True)}


def read_sat(folder: Path) -> Read:
    labels = {path.stem: _line(path) for path in (folder / "labels").iterdir()}
    return {mark(path): labels[path.stem] for path in named(folder / "videos")}


def read_jsonl(name: str, video: str, text: str) -> Callable[[Path], Read]:
    def read(folder: Path) -> Read:
        rows = map(json.loads, (folder / name).read_text("utf-8").split("\n")[:-1])
        return {mark(folder / (row.get(video) or row["image_path"])): row[text] for row in rows}

    return read


def read_json(name: str, video: str, text: str) -> Callable[[Path], Read]:
    def read(folder: Path) -> Read:
        told = json.loads((folder / name).read_text("utf-8"))
        return {mark(folder / row[video]): row[text] if isinstance(row[text], str) else row[text][0] for row in told}

    return read


def read_csv(name: str, video: str, text: str, place: str = "{}") -> Callable[[Path], Read]:
    def read(folder: Path) -> Read:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {mark(folder / place.format(row.get(video) or row["image"])): row[text] for row in rows}

    return read


def read_diffusion_pipe(folder: Path) -> Read:
    told = json.loads((folder / "captions.json").read_text("utf-8"))
    return {mark(folder / name): caption for name, (caption,) in told.items()}


def read_webdataset(folder: Path) -> Read:
    shards = [str(path) for path in sorted(folder.glob("*.tar"))]
    samples = list(WebDataset(shards, shardshuffle=False))
    assert all(json.loads(each["json"])["caption"] == each["txt"].decode() for each in samples)
    return {mark(each["mp4"] if "mp4" in each else each["jpg"]): each["txt"].decode() for each in samples}


def read_parquet(folder: Path) -> Read:
    rows = pq.read_table(folder / "captions.parquet").to_pylist()
    assert all(row["raw"].startswith(row["steps"][0]["text"]) and row["flags"] == ["hedge"] for row in rows)
    return {mark(folder / row["path"]): row["caption"] for row in rows}


def read_videofolder(folder: Path) -> Read:
    kind = "image" if next((folder / "videos").glob("*.jpg"), None) else "video"
    dataset = load_dataset(f"{kind}folder", data_dir=str(folder), split="train", cache_dir=str(folder.parent / "cache"))
    table = dataset.data.table.to_pydict()
    return {mark(Path(each["path"])): text for each, text in zip(table[kind], table["text"], strict=True)}


READERS: dict[str, Callable[[Path], Read]] = {
    **dict.fromkeys(("sidecar", "finetrainers", "ai-toolkit", "simpletuner", "onetrainer", "mochi"), read_sidecars),
    "cogvideo": read_cogvideo,
    "cogvideo-sat": read_sat,
    "videofolder": read_videofolder,
    "musubi": read_jsonl("dataset.jsonl", "video_path", "caption"),
    "diffusion-pipe": read_diffusion_pipe,
    "ltx": read_jsonl("dataset.jsonl", "media_path", "caption"),
    "opensora": read_csv("dataset.csv", "path", "text"),
    "webvid": read_csv("metadata.csv", "videoid", "name", "videos/{}.mp4"),
    "videox-fun": read_json("metadata.json", "file_path", "text"),
    "opensora-plan": read_json("captions.json", "path", "cap"),
    "diffsynth": read_csv("metadata.csv", "video", "prompt"),
    "webdataset": read_webdataset,
    "csv": read_csv("captions.csv", "path", "caption"),
    "parquet": read_parquet,
    "huggingface": read_videofolder,
}
