"""Looks and words by any CLIP or SigLIP: features of pictures and texts, and what follows from them.

All models are loaded in one way: a whole CLIP or SigLIP, its vision tower alone, or the tower inside of a LLaVA.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from recaption.clip import Picture
from recaption.engines.choose import Choice, need_transformers
from recaption.errors import RunError, UsageError

Features = npt.NDArray[np.float32]

READERS = ("clip", "siglip")
"""Models that see pictures and read words, by the types of their configurations."""

TOWERS = ("clip_vision_model", "siglip_vision_model")
"""Vision towers, by the types of theirs."""

INSIDE = {r"^(model\.)?vision_tower\.(vision_model\.)?": ""}
"""What stands before the names of a tower's weights in a LLaVA's files, old ones and new ones."""

CPU_PICTURES, GPU_PICTURES = 8, 64
"""Pictures that go through a model together. On the CPU as many as `engines.encoding` found to be quickest."""

GOOD, BAD = "Good photo.", "Bad photo."
"""What CLIP-IQA holds a picture against (arXiv 2207.12396, section 3)."""


class Embedder:
    """Features of pictures, and of texts where the model reads them.

    Any thread may ask, and several at a time.

    Attributes:
        name: what rows and fingerprints call the model, its revision included.
        at_once: pictures that go through the model together.
        reads: whether it has features of texts, too.
    """

    def __init__(self, name: str, network: Any, image_processor: Any, tokenizer: Any = None) -> None:
        self.name = name
        self.at_once = CPU_PICTURES if network.device.type == "cpu" else GPU_PICTURES
        self.reads = tokenizer is not None
        self._network = network
        self._image_processor = image_processor
        self._tokenizer = tokenizer
        self._reading = threading.Lock()  # a fast tokenizer must not be used while another thread sets padding

    @classmethod
    def load(cls, choice: Choice, device: str = "auto") -> Embedder:
        """Load a model that was chosen by `engines.choose`: float32 on the CPU, bfloat16 on a GPU.

        Args:
            device: "cpu", "cuda", "cuda:1" ...; "auto" takes a GPU where there is one.

        Raises:
            UsageError: it is no CLIP, no SigLIP, and no model with the tower of one.
            MissingExtra: torch or transformers is not installed.
            RunError: it cannot be loaded.
        """
        config = _config(choice)
        if not _has_tower(config):
            raise UsageError(f"{choice.source}: no CLIP, no SigLIP, and no model with the tower of one")
        import torch
        import transformers

        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        reads = config.model_type in READERS
        part = {} if reads else {"config": _tower(config), "key_mapping": INSIDE}
        pinned = {"revision": choice.revision} if choice.revision else {}
        with _loading(choice):
            network, report = transformers.AutoModel.from_pretrained(
                choice.source,
                dtype=torch.float32 if device.startswith("cpu") else torch.bfloat16,
                output_loading_info=True,
                **part,
                **pinned,
            )
            image_processor = transformers.AutoImageProcessor.from_pretrained(choice.source, **pinned)
            tokenizer = transformers.AutoTokenizer.from_pretrained(choice.source, **pinned) if reads else None
        if missing := report["missing_keys"]:
            raise RunError(f"{choice.source}: weights of its tower are not there, {min(missing)} among them")
        return cls(choice.name, network.to(device).eval(), image_processor, tokenizer)

    def looks(self, pictures: Sequence[Picture]) -> Features:
        """What the vision tower makes of pictures, of unit length, shape (pictures, width of the tower).

        CLIP's class token behind the last block, as ShareGPT4Video tells keyframes apart by it
        (`keyframe_extraction_example.py`, github.com/ShareGPT4Omni/ShareGPT4Video, commit 7e02ee6), and what SigLIP's
        head makes of all patches; of a tower that has lost its head, as in many a LLaVA, the mean of the patches.
        """
        tower = getattr(self._network, "vision_model", self._network)
        is_clip = tower.config.model_type == "clip_vision_model"

        def look(pixels: Any) -> Any:
            seen = tower(pixel_values=pixels)
            if is_clip:
                return seen.last_hidden_state[:, 0]
            return seen.last_hidden_state.mean(1) if seen.pooler_output is None else seen.pooler_output

        return self._of_pictures(pictures, look)

    def images(self, pictures: Sequence[Picture]) -> Features:
        """Features of pictures beside those of texts, of unit length, shape (pictures, width of both).

        Raises:
            UsageError: the model reads no texts.
        """
        self._must_read()
        return self._of_pictures(pictures, lambda pixels: self._network.get_image_features(pixel_values=pixels))

    def texts(self, texts: Sequence[str]) -> Features:
        """Features of texts, of unit length, shape (texts, width of both).

        Of a long text the model reads the beginning: 77 tokens with CLIP, 64 with SigLIP.

        Raises:
            UsageError: the model reads no texts.
        """
        self._must_read()
        import torch

        # SigLIP was trained on words in small letters, padded to its full length and without a mask; CLIP makes the
        # letters small itself, and never looks at what comes after the end of a text.
        with self._reading:
            ids = self._tokenizer(
                [text.lower() for text in texts],
                padding="max_length",
                truncation=True,
                max_length=self._network.config.text_config.max_position_embeddings,
                return_tensors="pt",
            ).input_ids
        with torch.inference_mode():
            return _unit(self._network.get_text_features(input_ids=ids.to(self._network.device)))

    def aesthetic(self, images: Features) -> Features:
        """How good pictures look, from 0 to 1, by their `images`: the share of GOOD beside BAD, as CLIP-IQA has it."""
        scale = float(self._network.logit_scale.detach().exp())
        good, bad = (images @ self._antonyms.T * scale).T
        return np.asarray(1 / (1 + np.exp(np.clip(bad - good, -80, 80))), np.float32)

    @cached_property
    def _antonyms(self) -> Features:
        return self.texts([GOOD, BAD])

    def _must_read(self) -> None:
        if not self.reads:
            raise UsageError(f"{self.name} is a vision tower and reads no texts: name a whole CLIP or SigLIP")

    def _of_pictures(self, pictures: Sequence[Picture], look: Callable[[Any], Any]) -> Features:
        import torch
        from PIL import Image

        found = []
        with torch.inference_mode():
            for start in range(0, len(pictures), self.at_once):
                images = [Image.fromarray(picture) for picture in pictures[start : start + self.at_once]]
                pixels = self._image_processor(images, return_tensors="pt")["pixel_values"]
                # Of a picture that a processor cuts into tiles the first one is the whole picture, made small.
                pixels = pixels[:, 0] if pixels.ndim == 5 else pixels
                found.append(_unit(look(pixels.to(self._network.device, self._network.dtype))))
        return np.concatenate(found)


@dataclass(frozen=True)
class Head:
    """A linear layer that was trained on how good pictures look to people, over `Embedder.images`.

    LAION's `sa_0_4_vit_l_14_linear.pth` (github.com/LAION-AI/aesthetic-predictor) is one, for CLIP ViT-L/14.

    Attributes:
        weight: shape (width,).
        bias: one number.
    """

    weight: Features
    bias: float

    @classmethod
    def load(cls, path: Path) -> Head:
        """The layer in a file of safetensors, or of torch.

        Raises:
            UsageError: no such file, or it holds anything but the weight and the bias of one output.
        """
        need_transformers()
        import torch
        from safetensors.torch import load_file

        try:
            is_safe = path.suffix == ".safetensors"
            layer = load_file(path) if is_safe else torch.load(path, map_location="cpu", weights_only=True)
            weight, bias = layer["weight"].float().numpy(), layer["bias"].float().numpy()
        except Exception as error:
            raise UsageError(f"{path}: no weight and bias of a linear layer can be read there ({error})") from None
        if len(layer) != 2 or weight.ndim != 2 or len(weight) != 1 or bias.shape != (1,):
            raise UsageError(f"{path}: {sorted(layer)} is more than one linear layer, or it has more than one output")
        return cls(weight[0], float(bias[0]))

    def scores(self, images: Features) -> Features:
        """A score for each picture, on the scale that the head was trained on.

        Raises:
            UsageError: the head was trained on features of another width.
        """
        if images.shape[1] != len(self.weight):
            raise UsageError(f"the head reads {len(self.weight)} features, and the model gives {images.shape[1]}")
        return np.asarray(images @ self.weight + self.bias, np.float32)


def has_tower(choice: Choice) -> bool:
    """Whether `Embedder` takes a model, by its configuration: one of READERS or TOWERS, or a model with one of TOWERS.

    Raises:
        MissingExtra: torch or transformers is not installed.
        RunError: the configuration cannot be read.
    """
    return _has_tower(_config(choice))


def _config(choice: Choice) -> Any:
    need_transformers()
    from transformers import AutoConfig

    with _loading(choice):
        return AutoConfig.from_pretrained(choice.source, revision=choice.revision)


def _has_tower(config: Any) -> bool:
    return getattr(_tower(config), "model_type", None) in TOWERS


def _tower(config: Any) -> Any:
    return getattr(config, "vision_config", config)


def _unit(features: Any) -> Features:
    """Features in rows of unit length; transformers gives them bare, or as the pooled output of something larger."""
    rows = getattr(features, "pooler_output", features).float()
    return np.asarray((rows / rows.norm(dim=-1, keepdim=True).clamp_min(1e-12)).cpu().numpy(), np.float32)


@contextmanager
def _loading(choice: Choice) -> Iterator[None]:
    """Load parts of a model: no bars, no report of the weights that are left out, and errors that name the model."""
    from transformers.utils import logging

    shown, level = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        yield
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise RunError(f"{choice.source}: not a CLIP, a SigLIP or a LLaVA that can be loaded: {error}") from error
    finally:
        logging.set_verbosity(level)
        if shown:
            logging.enable_progress_bar()
