"""Captions as trainers read them: FORMATS has one row for each format, and each has a small file."""

from __future__ import annotations

from recaption.export import (
    cogvideo,
    cogvideo_sat,
    csv_table,
    diffsynth,
    diffusion_pipe,
    huggingface,
    ltx,
    musubi,
    opensora,
    opensora_plan,
    parquet,
    sidecar,
    videofolder,
    videox_fun,
    webdataset,
    webvid,
)
from recaption.export.sets import Format

MP4 = (".mp4",)

FORMATS: dict[str, Format] = {
    "sidecar": Format("clip.txt beside each clip", sidecar.write, can_refer=False),
    "finetrainers": Format("clip.txt beside each clip", sidecar.write, can_refer=False),
    "ai-toolkit": Format("clip.txt beside each clip", sidecar.write, can_refer=False),
    "simpletuner": Format("clip.txt beside each clip", sidecar.write, can_refer=False),
    "onetrainer": Format("clip.txt beside each clip", sidecar.write, can_refer=False),
    "mochi": Format("clip.txt beside each clip", sidecar.write, budget="256", can_refer=False, suffixes=MP4),
    "cogvideo": Format("prompts.txt and videos.txt", cogvideo.write, clips="videos", budget="cogvideox"),
    "cogvideo-sat": Format(
        "videos/ and labels/", cogvideo_sat.write, clips="videos", budget="cogvideox", can_refer=False, suffixes=MP4
    ),
    "videofolder": Format("metadata.jsonl for `datasets`", videofolder.write, clips="videos", can_refer=False),
    "musubi": Format("dataset.jsonl", musubi.write, clips="videos", absolute=True),
    "diffusion-pipe": Format("captions.json", diffusion_pipe.write, can_refer=False),
    "ltx": Format("dataset.jsonl", ltx.write, clips="videos", budget="ltx"),
    "opensora": Format(
        "dataset.csv", opensora.write, clips="videos", budget="512", absolute=True, refuses=opensora.refuses
    ),
    "webvid": Format(
        "metadata.csv, as AnimateDiff, VideoCrafter and Latte have it",
        webvid.write,
        clips="videos",
        budget="clip",
        can_refer=False,
        suffixes=MP4,
    ),
    "videox-fun": Format("metadata.json", videox_fun.write, clips="videos"),
    "opensora-plan": Format("captions.json", opensora_plan.write, clips="videos"),
    "diffsynth": Format("metadata.csv", diffsynth.write, clips="videos"),
    "webdataset": Format("tar files", webdataset.write, clips=None),
    "csv": Format("captions.csv", csv_table.write, clips="videos", has_times=True),
    "parquet": Format("captions.parquet, all columns", parquet.write, clips="videos", has_times=True),
    "huggingface": Format("metadata.jsonl and a card", huggingface.write, clips="videos", can_refer=False),
}
"""Budgets are those of `postfilter.budget.ENCODERS`, or tokens of T5 as the trainers' own loaders keep them."""
