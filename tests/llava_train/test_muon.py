from __future__ import annotations

import pytest
import torch
from torch import nn

from llava_train.muon import Muon, orthogonal


@pytest.mark.parametrize("shape", [(3, 8, 8), (2, 16, 6), (2, 6, 16)])
def test_orthogonal_matrices_keep_directions_and_lose_sizes(shape: tuple[int, int, int]) -> None:
    torch.manual_seed(0)
    given = torch.randn(shape) * torch.tensor([1e-3, 1.0, 1e3][: shape[0]])[:, None, None]
    made = orthogonal(given)
    assert made.shape == shape
    for before, after in zip(given, made, strict=True):
        sizes = torch.linalg.svdvals(after)
        assert sizes.min() > 0.5
        assert sizes.max() < 1.3
        u, _, v = torch.linalg.svd(before, full_matrices=False)
        assert (torch.diag(u.T @ after @ v.T) > 0.5).all()


def train(decay: float, steps: int) -> float:
    """The spectral norm of a matrix that is pushed the same way again and again."""
    torch.manual_seed(0)
    matrix, push = nn.Parameter(torch.zeros(8, 8)), torch.randn(8, 8)
    optimizer = Muon([{"params": [matrix], "lr": 0.1, "muon": True, "weight_decay": decay}])
    for _ in range(steps):
        matrix.grad = push.clone()
        optimizer.step()
    return torch.linalg.matrix_norm(matrix, 2).item()


def test_without_decay_weights_grow_for_ever_and_with_it_they_stay() -> None:
    assert train(0.0, 400) > 1.8 * train(0.0, 200) > 20
    assert train(0.5, 400) == pytest.approx(train(0.5, 200), rel=0.01)
    assert train(0.5, 400) < 2.6


def test_it_fits_a_line_with_matrix_and_bias() -> None:
    torch.manual_seed(0)
    layer, truth = nn.Linear(4, 3), nn.Linear(4, 3)
    optimizer = Muon([{"params": [layer.weight], "lr": 0.05, "muon": True}, {"params": [layer.bias], "lr": 0.05}])
    inputs = torch.randn(256, 4)
    for step in range(300):
        for group in optimizer.param_groups:
            group["lr"] = 0.05 * (1 - step / 300)
        loss = (layer(inputs) - truth(inputs)).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss.item() < 1e-3
