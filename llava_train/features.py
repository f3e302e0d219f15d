"""The frozen tower's features on disk: a picture that was seen once is not encoded again, in any run or stage."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers.modeling_outputs import BaseModelOutputWithPooling

from llava_train.mixture import Draw, Mixture
from llava_train.samples import SampleError
from recaption.errors import RecipeError

LOOKED_AT = 256
"""Samples from which the number of pictures of a run is told beforehand."""


def check_size(model: Any, mixture: Mixture, samples: int, most_gb: float, say: Callable[[str], object]) -> None:
    """Say how large the files of a run will be at most, with each picture another one, and refuse what is too large.

    Raises:
        RecipeError: more than `most_gb` gigabytes.
    """
    config = model.config.vision_config
    patches = (config.image_size // config.patch_size) ** 2 + (config.model_type == "clip_vision_model")
    a_picture = patches * config.hidden_size * 2
    looked = [_places(mixture, draw) for draw in islice(mixture.draws(), min(samples, LOOKED_AT))]
    pictures = math.ceil(sum(looked) / len(looked) * samples)
    size = pictures * a_picture / 1e9
    say(f"tower cache: at most {pictures:,} pictures of {a_picture / 1e6:.2f} MB, {size:,.1f} GB")
    if size > most_gb:
        raise RecipeError(
            f"the features of {pictures:,} pictures may take {size:,.1f} GB, and cache_gb is {most_gb:g}: raise it, or "
            "set tower_cache to nothing"
        )


def _places(mixture: Mixture, draw: Draw) -> int:
    try:
        return mixture.sample(draw).places
    except SampleError:
        return 0


def cache_tower(model: Any, folder: Path) -> None:
    """Let a LLaVA's tower look its features up in a folder, and write there what it has to compute.

    One float16 file for each picture and feature layer, named by hashes of the pixels that the tower sees, which follow
    from picture and processor, and of its weights. Only for a tower that does not train.

    Raises:
        ValueError: the projector reads several layers.
    """
    layer = model.config.vision_feature_layer
    if not isinstance(layer, int):
        raise ValueError(f"features of one layer can be cached, not of {layer}")
    tower = model.model.vision_tower
    compute = tower.forward
    name = f"{_digest(tower)}{layer:+d}"

    def forward(pixel_values: torch.Tensor, **kwargs: Any) -> BaseModelOutputWithPooling:
        files = [_file(folder, name, pixels) for pixels in pixel_values.float().cpu().numpy()]
        new = [i for i, file in enumerate(files) if not file.exists()]
        if new:
            with torch.no_grad():
                computed = compute(pixel_values[new], **kwargs).hidden_states[layer]
            for i, features in zip(new, computed, strict=True):
                _write(files[i], features.float().cpu().numpy().astype(np.float16))
        # Computed features go through the file too: a picture gives the same features whenever it is seen.
        stacked = torch.from_numpy(np.stack([np.load(file) for file in files]))
        features = stacked.to(pixel_values.device, tower.dtype)
        return BaseModelOutputWithPooling(hidden_states={layer: features})

    tower.forward = forward


def _digest(tower: torch.nn.Module) -> str:
    """Of the weights in bfloat16, as a stage saves them and the next one loads them."""
    digest = hashlib.blake2b(digest_size=8)
    for name, tensor in tower.state_dict().items():
        digest.update(name.encode())
        digest.update(tensor.cpu().bfloat16().view(torch.int16).numpy().tobytes())
    return digest.hexdigest()


def _file(folder: Path, name: str, pixels: np.ndarray) -> Path:
    key = hashlib.blake2b(pixels.tobytes(), digest_size=16).hexdigest()
    return folder / name / key[:2] / f"{key}.npy"


def _write(file: Path, features: np.ndarray) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f"{file.stem}.{os.getpid()}.part")
    with aside.open("wb") as out:
        np.save(out, features)
    os.replace(aside, file)
