"""What comparing two pictures shows, told patch by patch: how the language model learns to look from one to the other.

A pair's answer is a dozen tokens, too few to find out by that the second picture must be read against the first. So
every patch of the second picture is asked, at layers in the middle, what was there before, where its thing came from,
and what happened. The heads that ask are only for the training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from recaption.scripted.sight import Sight
from recaption.scripted.world import ACTIONS, CAMERA_ACTIONS, THING_ACTIONS
from scripts.tiny import oracle

EARLY, LATE = 2, 4
"""After how many layers a patch has to know what was there before, and after how many what happened."""
SELDOM = -4.0
"""Bias that events start from."""
BEFORE_WEIGHTS = torch.full((oracle.SIZE,), 0.2)
BEFORE_WEIGHTS[: oracle.COLOUR.stop] = 40.0
BEFORE_WEIGHTS[oracle.MARKS] = 60.0
BEFORE_WEIGHTS[oracle.WHERE] = 0.0
"""Of the squared error of what was there before: things, how they stand and their marks are rare, the rest is not."""
MOTION_WEIGHT = 0.5
EVENT_WEIGHTS = torch.tensor([2.0] * len(THING_ACTIONS) + [0.6] * len(CAMERA_ACTIONS))
"""What the camera does is told at every patch, what a thing does only at its own."""


@dataclass
class Truths:
    """What comparing two pictures shows at each patch of the second; all float32 (pairs, patches, ...).

    Attributes:
        before: what the same patch of the first picture shows, see `oracle.patches`.
        motion: see `oracle.motion`.
        changes: see `oracle.changes`.
    """

    before: torch.Tensor
    motion: torch.Tensor
    changes: torch.Tensor


def truths(
    sights: tuple[Sight, Sight] | None, before: npt.NDArray[np.float32], after: npt.NDArray[np.float32]
) -> Truths:
    """Of two pictures of one clip, or, without sights, of two clips, which is like a cut.

    Args:
        sights: what the two frames show.
        before, after: their patches, see `oracle.patches`.
    """
    if sights:
        changes = oracle.changes(*sights, before, after)
    else:
        changes = np.zeros((len(after), len(ACTIONS)), np.float32)
        changes[:, ACTIONS.index("cuts")] = 1
    return Truths(torch.from_numpy(before), torch.from_numpy(oracle.motion(before, after)), torch.from_numpy(changes))


def stack(items: Sequence[Truths]) -> Truths:
    return Truths(*(torch.stack([getattr(x, name) for x in items]) for name in ("before", "motion", "changes")))


class Compares(nn.Module):
    """The heads, which read normalised states of the language model.

    Args:
        width: of the language model.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.before = nn.Linear(width, oracle.SIZE)
        self.motion = nn.Linear(width, 3)
        self.changes = nn.Linear(width, len(ACTIONS))
        for head in (self.before, self.motion, self.changes):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)
        nn.init.constant_(self.changes.bias, SELDOM)

    def losses(self, states: Sequence[torch.Tensor], truths: Truths) -> dict[str, torch.Tensor]:
        """Of each head.

        Args:
            states: of the tokens, before the first layer and after each: a token, a picture, a token, a picture.
        """
        count = truths.before.shape[1]

        def after(layer: int) -> torch.Tensor:
            patches = states[layer][:, 2 + count : 2 + 2 * count]
            return functional.rms_norm(patches, patches.shape[-1:])

        before = ((self.before(after(EARLY)) - truths.before).square() @ BEFORE_WEIGHTS).mean()
        share, went = truths.motion[..., 0], truths.motion[..., 1:]
        motion = ((self.motion(after(LATE)) - went).square().sum(-1) * share).sum() / (share.sum() + 1)
        changes = functional.binary_cross_entropy_with_logits(
            self.changes(after(LATE)), truths.changes, reduction="none"
        )
        return {
            "before": before,
            "motion": MOTION_WEIGHT * motion,
            "changes": (changes @ EVENT_WEIGHTS).mean(),
        }
