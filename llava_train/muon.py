"""Muon for matrices and AdamW for everything else, as one optimizer.

`torch.optim.Muon` orthogonalises in bfloat16, which a CPU without bfloat16 instructions does far more slowly than
float32 (17 s a step against 0.6 s for the tiny model, measured on one core); this one keeps the dtype of the gradient,
and takes all matrices of one shape at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import torch

COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Of the quintic iteration that takes singular values towards 1 (Keller Jordan, "Muon", 2024); STEPS of it."""
STEPS = 5


class Muon(torch.optim.Optimizer):
    """Groups with `muon=True` take orthogonalised momentum, the others AdamW.

    Args:
        groups: parameter groups with `params`, `lr`, `muon`, `weight_decay` (decoupled; a share of the learning rate)
            and, for AdamW, `betas`. Muon's updates are all of one size, so without decay weights grow for as long as
            they are trained, and attention hardens until nothing more is learned; with it they stay below 1 / decay.
        momentum: of Muon, with Nesterov's look ahead.
    """

    def __init__(self, groups: Iterable[dict[str, Any]], momentum: float = 0.95) -> None:
        defaults = {
            "lr": 1e-3,
            "muon": False,
            "weight_decay": 0.0,
            "momentum": momentum,
            "betas": (0.9, 0.95),
            "eps": 1e-8,
        }
        super().__init__(groups, defaults)

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:  # type: ignore[override]
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            params = [p for p in group["params"] if p.grad is not None]
            if group["muon"]:
                self._muon(params, group)
            else:
                self._adamw(params, group)
        return loss

    def _muon(self, params: list[torch.nn.Parameter], group: dict[str, Any]) -> None:
        shapes: dict[torch.Size, list[torch.nn.Parameter]] = defaultdict(list)
        for p in params:
            shapes[p.shape].append(p)
        for shape, same in shapes.items():
            updates = []
            for p in same:
                assert p.grad is not None
                buffer = self.state[p].setdefault("momentum", torch.zeros_like(p))
                buffer.lerp_(p.grad, 1 - group["momentum"])
                updates.append(p.grad.lerp(buffer, group["momentum"]))
            scale = max(1.0, shape[0] / shape[1]) ** 0.5
            for p, update in zip(same, orthogonal(torch.stack(updates)), strict=True):
                p.mul_(1 - group["lr"] * group["weight_decay"]).add_(update, alpha=-group["lr"] * scale)

    def _adamw(self, params: list[torch.nn.Parameter], group: dict[str, Any]) -> None:
        first, second = group["betas"]
        for p in params:
            assert p.grad is not None
            state = self.state[p]
            if not state:
                state.update(step=0, mean=torch.zeros_like(p), square=torch.zeros_like(p))
            state["step"] += 1
            state["mean"].lerp_(p.grad, 1 - first)
            state["square"].lerp_(p.grad.square(), 1 - second)
            mean = state["mean"] / (1 - first ** state["step"])
            square = state["square"] / (1 - second ** state["step"])
            p.mul_(1 - group["lr"] * group["weight_decay"]).addcdiv_(
                mean, square.sqrt().add_(group["eps"]), value=-group["lr"]
            )


def orthogonal(matrices: torch.Tensor) -> torch.Tensor:
    """The nearest half-orthogonal matrices, roughly: (n, rows, columns) -> the same shape and dtype."""
    a, b, c = COEFFICIENTS
    tall = matrices.shape[1] > matrices.shape[2]
    x = matrices.mT if tall else matrices
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(STEPS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.mT if tall else x
