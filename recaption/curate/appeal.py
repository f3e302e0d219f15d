"""How good shots look, and how well words fit them, by a CLIP or SigLIP model that somebody named."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from recaption.clip import Picture
from recaption.curate import recipe
from recaption.curate.embedding import Embedder, Head
from recaption.curate.measuring import VIEWS, Measured
from recaption.engines.choose import choose
from recaption.errors import UsageError


class Appeal:
    """Scores the shots of films. Any thread may ask; one at a time is answered.

    Args:
        embedding: what a recipe says of the model.

    Raises:
        UsageError: the model reads no texts, or the head cannot be read.
        RunError: no such model, or it cannot be loaded.
        MissingExtra: torch or transformers is not installed.
    """

    def __init__(self, embedding: recipe.Embedding) -> None:
        self._embedder = Embedder.load(choose(embedding.model, option="embedding.model"))
        if not self._embedder.reads:
            raise UsageError(f"embedding.model {embedding.model}: it reads no texts, so name a whole CLIP or SigLIP")
        self._head = Head.load(Path(embedding.head)) if embedding.head else None
        self._turn = threading.Lock()

    def of_film(self, measured: Measured, text: str | None) -> Measured:
        """The film with `aesthetic` and `text_similarity` of each shot, and without their views."""
        shots = [self._scored(dict(shot), text) for shot in measured.shots]
        return replace(measured, shots=tuple(shots))

    def of_pictures(self, pictures: Sequence[Picture], text: str | None = None) -> dict[str, float | None]:
        """Means over pictures of one shot.

        Args:
            text: what is said of the shot.

        Returns:
            `aesthetic`, see `Embedder.aesthetic`, or on the scale of the head; `text_similarity`, a cosine from -1 to
            1, None without a text.

        Raises:
            UsageError: the head was trained on other features.
        """
        with self._turn:
            images = self._embedder.images(pictures)
            scores = self._head.scores(images) if self._head else self._embedder.aesthetic(images)
            fits = images @ self._embedder.texts([text]).T if text and text.strip() else None
        return {
            "aesthetic": float(scores.mean()),
            "text_similarity": None if fits is None else float(fits.mean()),
        }

    def _scored(self, shot: dict[str, Any], text: str | None) -> dict[str, Any]:
        views = shot.pop(VIEWS, None)
        return shot | self.of_pictures([_picture(view) for view in views], text) if views else shot


def _picture(view: bytes) -> Picture:
    bgr = cv2.imdecode(np.frombuffer(view, np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(bgr, np.uint8)[..., ::-1]
