"""`--keyframes similar`: the model that says which frames are alike, chosen before a run and loaded in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recaption.command import chosen
from recaption.engines.choose import Choice, choose
from recaption.errors import UsageError
from recaption.modes import MODES
from recaption.video.keyframes import Keyframes

if TYPE_CHECKING:
    from recaption.caption import Options

_NAME_ONE = "name one with --keyframe-model"


def check(options: Options) -> None:
    """Raises: UsageError: the options about keyframes do not go together."""
    if options.keyframes not in ("uniform", "similar"):
        raise UsageError(f"--keyframes {options.keyframes}: say uniform or similar")
    if options.keyframe_model and not options.leaves_out:
        raise UsageError(f"--keyframe-model {options.keyframe_model} goes with --keyframes similar")
    serving = options.common.serving
    if options.leaves_out and not options.keyframe_model and (serving.base_url or serving.engine == "openai"):
        raise UsageError(f"--keyframes similar: what the server's model sees with cannot be had; {_NAME_ONE}")


def model_for(options: Options, captioner: Choice | None = None) -> Choice | None:
    """The model that says which frames are alike; None where all are shown.

    Args:
        captioner: the model that captions, where it is chosen already.

    Raises:
        UsageError: it has no vision tower by which frames can be compared.
        RunError: no such model.
    """
    if not options.leaves_out:
        return None
    from recaption.curate.embedding import has_tower

    common = options.common
    if options.keyframe_model:
        choice = choose(options.keyframe_model, option="--keyframe-model")
    else:
        choice = captioner or chosen(common.model, common.revision, common.serving)
    if not has_tower(choice):
        raise UsageError(f"--keyframes similar: {choice.source} has no tower of CLIP or SigLIP; {_NAME_ONE}")
    return choice


def keyframes(options: Options, model: Choice | None) -> Keyframes | None:
    """What leaves out frames of clips, with its model loaded; None without one.

    Raises:
        RunError: the model cannot be loaded.
    """
    if model is None:
        return None
    from recaption.curate.embedding import Embedder

    embedder = Embedder.load(model)
    return Keyframes(
        embedder.looks,
        embedder.at_once,
        most=options.frames if options.is_spread else None,
        middle="middle" in MODES[options.way].roles,
    )
