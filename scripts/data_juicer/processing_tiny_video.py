"""The processor of a plain LLaVA, for Data-Juicer's operator: a video is so many frames, each one picture.

The operator hands a video's path to the processor and leaves the choice of frames to it; LLaVA's own ignores videos.
FRAMES in the environment says how many are taken, spread evenly.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from transformers import LlavaProcessor
from transformers.video_utils import load_video


def indices(metadata: Any, **_: Any) -> np.ndarray:
    total = metadata.total_num_frames
    return np.linspace(0, total - 1, min(int(os.environ["FRAMES"]), total)).round().astype(int)


class TinyVideoProcessor(LlavaProcessor):
    def apply_chat_template(self, conversation: Any, **options: Any) -> Any:
        return super().apply_chat_template([_with_frames(message) for message in conversation], **options)


def _with_frames(message: dict[str, Any]) -> dict[str, Any]:
    if isinstance(message["content"], str):
        return message
    return {**message, "content": [shown for part in message["content"] for shown in _shown(part)]}


def _shown(part: dict[str, Any]) -> list[dict[str, Any]]:
    if part["type"] != "video":
        return [part]
    frames, _ = load_video(part["video"], backend="pyav", sample_indices_fn=indices)
    return [{"type": "image", "image": frame} for frame in frames]
