"""What comparing two pictures shows, told patch by patch: how the language model learns to look from one to the other.

A pair's answer is a dozen tokens, too few to find out by that the second picture must be read against the first. So
every patch of the second picture is asked, at layers in the middle, what was there before, where its thing came from,
and what happened; and the last token of a question which actions there were, and of which things. The heads that ask
are only for the training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional
from transformers import LlamaModel
from transformers.models.llama.modeling_llama import apply_rotary_pos_emb

from recaption.scripted.shapes import KINDS
from recaption.scripted.sight import Sight, differences
from recaption.scripted.world import ACTIONS, COLOURS, THING_ACTIONS
from scripts.tiny import oracle

EARLY, LATE, LAST = 2, 4, 5
"""After how many layers a patch has to know what was there before, after how many what happened, and after how many the
question has to know what the answer is about."""
SELDOM = -4.0
"""Bias that events start from."""
BEFORE_WEIGHTS = torch.full((oracle.SIZE,), 0.2)
BEFORE_WEIGHTS[: oracle.COLOUR.stop] = 40.0
BEFORE_WEIGHTS[oracle.MARKS] = 60.0
BEFORE_WEIGHTS[oracle.WHERE] = 0.0
"""Of the squared error of what was there before: things, how they stand and their marks are rare, the rest is not."""
MOTION_WEIGHT, FLOW_WEIGHT, GIST_WEIGHT = 0.5, 0.5, 0.15
THINGS_WEIGHT, CAMERA_WEIGHT = 2.0, 0.8
"""Of what things did, told at their patches, and of what the camera did, told once for the whole picture."""
LOOKING, TELLING, LOOK_WEIGHT = 1, 4, 0.3
"""The layer whose last two heads are told where to look when two pictures are compared, the layer whose last head is
told where to look for what an answer is about, and the weight of telling them."""
SEEN = 0.05
"""Share of a patch from which on a thing is looked for there."""
CAMERA_FIRST = len(THING_ACTIONS)
"""Where the actions of the camera begin."""
GIST = (*ACTIONS, *KINDS, *COLOURS)


@dataclass
class Truths:
    """What comparing two pictures shows at each patch of the second; all float32 (pairs, patches, ...).

    Attributes:
        before, after: what the patch of the first picture and of the second shows, see `oracle.patches`.
        motion: see `oracle.motion`.
        flow: see `oracle.flow`.
        changes: see `oracle.changes`.
        gist: 1 for each action that happened, then for each kind and colour of the things that it happened to; without
            the patches.
    """

    before: torch.Tensor
    after: torch.Tensor
    motion: torch.Tensor
    flow: torch.Tensor
    changes: torch.Tensor
    gist: torch.Tensor


def truths(first: Sight, second: Sight, before: npt.NDArray[np.float32], after: npt.NDArray[np.float32]) -> Truths:
    """Of two pictures.

    Args:
        first, second: what the two frames show.
        before, after: their patches, see `oracle.patches`.
    """
    flow = oracle.flow(first, second, after) if first.shot == second.shot else np.zeros((len(after), 4), np.float32)
    numbers = (before, after, oracle.motion(before, after), flow, oracle.changes(first, second, before, after))
    return Truths(*(torch.from_numpy(x) for x in (*numbers, _gist(first, second))))


def _gist(first: Sight, second: Sight) -> npt.NDArray[np.float32]:
    result = np.zeros(len(GIST), np.float32)
    for difference in differences(first, second):
        for word in (difference.action, *difference.name.split()):
            if word in GIST:
                result[GIST.index(word)] = 1
    return result


def stack(items: Sequence[Truths]) -> Truths:
    return Truths(*(torch.stack([getattr(item, field.name) for item in items]) for field in fields(Truths)))


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
        self.flow = nn.Linear(width, 3)
        self.gist = nn.Linear(width, len(GIST))
        for head in (self.before, self.motion, self.changes, self.flow, self.gist):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)
        for head in (self.changes, self.gist):
            nn.init.constant_(head.bias, SELDOM)

    def losses(
        self, states: Sequence[torch.Tensor], truths: Truths, asked: torch.Tensor | None = None
    ) -> dict[str, torch.Tensor]:
        """Of each head.

        Args:
            states: of the tokens, before the first layer and after each: a token, a picture, a token, a picture.
            asked: where each question ends; int64 (pairs,). Without it, the gist is left out.
        """
        count = truths.before.shape[1]

        def after(layer: int) -> torch.Tensor:
            patches = states[layer][:, 2 + count : 2 + 2 * count]
            return functional.rms_norm(patches, patches.shape[-1:])

        early, late = after(EARLY), after(LATE)
        before = ((self.before(early) - truths.before).square() @ BEFORE_WEIGHTS).mean()
        at_patches, at_all = self.changes(late)[..., :CAMERA_FIRST], self.changes(late.mean(1))[..., CAMERA_FIRST:]
        things = _wrong(at_patches, truths.changes[..., :CAMERA_FIRST])
        camera = _wrong(at_all, truths.changes[:, 0, CAMERA_FIRST:])
        parts = {
            "before": before,
            "motion": MOTION_WEIGHT * _off(self.motion(late), truths.motion),
            "flow": FLOW_WEIGHT * _off(self.flow(late), truths.flow),
            "things": THINGS_WEIGHT * things,
            "camera": CAMERA_WEIGHT * camera,
        }
        if asked is not None:
            last = states[LAST][torch.arange(len(asked)), asked]
            gist = self.gist(functional.rms_norm(last, last.shape[-1:]))
            parts["gist"] = GIST_WEIGHT * _wrong(gist, truths.gist)
        return parts


def _wrong(told: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Binary cross entropy, summed over what is asked and averaged over where."""
    return functional.binary_cross_entropy_with_logits(told, truth, reduction="none").sum(-1).mean()


def _off(told: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Mean squared error of moves, by the shares of the patches to which they happened."""
    share, went = truth[..., 0], truth[..., 1:]
    return ((told - went).square().sum(-1) * share).sum() / (share.sum() + 1)


def looks(
    model: LlamaModel, states: Sequence[torch.Tensor], positions: torch.Tensor, truths: Truths
) -> dict[str, torch.Tensor]:
    """How far two heads are from looking where they should, as mean -log of the attention that goes there.

    At patches of the second picture, one looks at the same place in the first, the other at the same thing in the
    first, or at the very first token when it was not there.

    Args:
        states: as for `Compares.losses`.
        positions: of the tokens.
    """
    count = truths.before.shape[1]
    attention = _attention(model, LOOKING, 2, states, positions)[:, :, 2 + count : 2 + 2 * count]
    here = torch.arange(count)
    place = attention[:, 0, here, 1 + here]
    things = truths.after[..., oracle.KIND]
    same = things @ truths.before[..., oracle.KIND].mT > SEEN
    new = ~same.any(-1, keepdim=True)
    thing = _found(attention[:, 1, :, : 1 + count], torch.cat([new, same], -1))
    share = things.sum(-1)
    return {
        "place": LOOK_WEIGHT * -place.mean(),
        "thing": LOOK_WEIGHT * -(thing * share).sum() / (share.sum() + 1),
    }


def names(
    model: LlamaModel, states: Sequence[torch.Tensor], positions: torch.Tensor, subjects: torch.Tensor
) -> torch.Tensor:
    """How far a head is from looking, before each word of an answer, at the thing that the word is about.

    Args:
        states, positions: as for `looks`.
        subjects: where to look; bool (rows, tokens, tokens), False throughout for tokens that may look anywhere.
    """
    asked = subjects.any(-1)
    attention = _attention(model, TELLING, 1, states, positions)[:, 0]
    return LOOK_WEIGHT * -_found(attention[asked], subjects[asked]).sum() / (asked.sum() + 1)


def _found(attention: torch.Tensor, where: torch.Tensor) -> torch.Tensor:
    """The logarithm of the attention that goes where it should."""
    return attention.masked_fill(~where, -torch.inf).logsumexp(-1)


def _attention(
    model: LlamaModel, number: int, heads: int, states: Sequence[torch.Tensor], positions: torch.Tensor
) -> torch.Tensor:
    """The logarithm of the attention of a layer's last heads: (rows, heads, tokens, tokens)."""
    layer = model.layers[number]
    attention = layer.self_attn
    size = attention.head_dim
    normed = layer.input_layernorm(states[number])

    def of_heads(weight: torch.Tensor) -> torch.Tensor:
        return functional.linear(normed, weight[-heads * size :]).unflatten(-1, (heads, size)).transpose(1, 2)

    turns = model.rotary_emb(normed, position_ids=positions)
    queries, keys = apply_rotary_pos_emb(of_heads(attention.q_proj.weight), of_heads(attention.k_proj.weight), *turns)
    scores = queries @ keys.mT * attention.scaling
    future = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
    return scores.masked_fill(future, -torch.inf).log_softmax(-1)
