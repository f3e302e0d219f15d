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
from recaption.export.items import Format

MP4 = (".mp4",)

FORMATS: dict[str, Format] = {
    "sidecar": Format("clip.txt beside each clip", sidecar.write, can_refer=False, has_pictures=True),
    "finetrainers": Format(
        "clip.txt beside each clip", sidecar.write, can_refer=False, suffixes=(*MP4, ".mov"), has_pictures=True
    ),
    "ai-toolkit": Format("clip.txt beside each clip", sidecar.write, can_refer=False, has_pictures=True),
    "simpletuner": Format("clip.txt beside each clip", sidecar.write, can_refer=False, has_pictures=True),
    "onetrainer": Format("clip.txt beside each clip", sidecar.write, can_refer=False, has_pictures=True),
    "mochi": Format("clip.txt beside each clip", sidecar.write, budget="256", can_refer=False, suffixes=MP4),
    "cogvideo": Format("prompts.txt and videos.txt", cogvideo.write, clips="videos", budget="cogvideox"),
    "cogvideo-sat": Format(
        "videos/ and labels/", cogvideo_sat.write, clips="videos", budget="cogvideox", can_refer=False, suffixes=MP4
    ),
    "videofolder": Format(
        "metadata.jsonl for `datasets`",
        videofolder.write,
        clips="videos",
        can_refer=False,
        has_columns=True,
        has_pictures=True,
    ),
    "musubi": Format("dataset.jsonl", musubi.write, clips="videos", absolute=True, has_pictures=True),
    "diffusion-pipe": Format("captions.json", diffusion_pipe.write, can_refer=False, has_pictures=True),
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
    "videox-fun": Format("metadata.json", videox_fun.write, clips="videos", has_pictures=True),
    "opensora-plan": Format("captions.json", opensora_plan.write, clips="videos", has_pictures=True),
    "diffsynth": Format("metadata.csv", diffsynth.write, clips="videos", has_pictures=True),
    "webdataset": Format("tar files", webdataset.write, clips=None, has_columns=True, has_pictures=True),
    "csv": Format("captions.csv", csv_table.write, clips="videos", has_times=True, has_columns=True, has_pictures=True),
    "parquet": Format(
        "captions.parquet, all columns",
        parquet.write,
        clips="videos",
        has_times=True,
        has_columns=True,
        has_pictures=True,
    ),
    "huggingface": Format(
        "metadata.jsonl and a card", huggingface.write, clips="videos", can_refer=False, has_columns=True
    ),
}
"""Budgets are those of `postfilter.budget.ENCODERS`, or tokens of T5 as the trainers' own loaders keep them."""
