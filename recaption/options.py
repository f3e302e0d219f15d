"""Options that several commands share, as groups; each command lists those that it takes."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
OUT = click.argument("out", type=FOLDER)
WITHOUT = click.option(
    "--without", multiple=True, metavar="CODE", help="Leave a rule of the post-filter out; see `recaption rules`."
)
BUDGET = click.option(
    "--budget",
    metavar="TRAINER|N",
    help="Drop whole sentences until a caption fits the text encoder of cogvideox, ltx, wan, hunyuan or clip, or N "
    "tokens of T5.",
)
JOURNAL = click.option(
    "--journal",
    type=FILE,
    help="Keep the database in this file, such as on a local disk when OUT is on a network disk.  [OUT/recaption.db]",
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=min(16, os.cpu_count() or 1),
    show_default="one a CPU core, at most 16",
    help="Decoding processes.",
)
SHOT_DEADLINE = click.option(
    "--deadline",
    type=click.FloatRange(0, min_open=True),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="A film of which no other shot is measured for so long fails.",
)

SERVING_OPTIONS = (
    click.option(
        "--engine",
        type=click.Choice(["auto", "transformers", "vllm", "openai"]),
        default="auto",
        show_default=True,
        help="auto: openai with --base-url, vllm where it is installed and there is a GPU, else transformers.",
    ),
    click.option(
        "--base-url", metavar="URL", help="A server that speaks the OpenAI API, such as http://localhost:8000/v1."
    ),
    click.option(
        "--key-file",
        type=FILE,
        help="Holds the server's key; without it OPENAI_API_KEY is taken.",
    ),
    click.option(
        "--tensor-parallel", type=click.IntRange(1), default=1, metavar="N", help="vllm: GPUs that share a model."
    ),
    click.option("--data-parallel", type=click.IntRange(1), default=1, metavar="N", help="vllm: models side by side."),
    click.option("--lora", type=FOLDER, help="vllm: an adapter for the model."),
    click.option(
        "--engine-arg", "engine_args", multiple=True, metavar="KEY=VALUE", help="vllm: anything else that it takes."
    ),
    click.option(
        "--clips", type=click.IntRange(1), metavar="N", help="Clips in flight.  [what mode, model and memory bear]"
    ),
)
MODEL_OPTIONS = (
    click.option(
        "--model",
        help="tiny, a folder, or a Hub id.  [an open video-language model when there is a GPU, else tiny, which knows "
        "scripted cartoons only]",
    ),
    click.option("--revision", help="Branch, tag or commit of a Hub id."),
    *SERVING_OPTIONS,
    click.option(
        "--prompts",
        default="default",
        show_default=True,
        metavar="SET|DIR",
        help="default, sharecaptioner, or a folder.",
    ),
    click.option("--max-tokens", type=click.IntRange(1), default=512, show_default=True, help="Limit of one answer."),
    click.option(
        "--retries",
        type=click.IntRange(0),
        default=1,
        show_default=True,
        metavar="N",
        help="Ask again, so often, where an answer was cut (with twice the tokens), loops or refuses (at random).",
    ),
    click.option(
        "--merge",
        type=click.Choice(["rules", "llm"]),
        default="rules",
        show_default=True,
        help="Who makes one paragraph of several: rules, or the engine, whose words are held against the source's.",
    ),
    WITHOUT,
    BUDGET,
    click.option("--limit", type=click.IntRange(1), metavar="N", help="Take the first N only."),
    click.option("--retry-failed", is_flag=True, help="Take those that failed before, and no others."),
)
OWN_FOLDER_OPTIONS = (
    click.option("--new-run", is_flag=True, help="Start over; what another run left in OUT moves to OUT/before-K."),
    JOURNAL,
)
FILM_OPTIONS = (
    click.option(
        "--mode",
        type=click.Choice(["diffsw", "grid", "fast", "frames", "video", "svd"]),
        default="diffsw",
        show_default=True,
        help="diffsw: the first frame, then what changes from frame to frame, then a summary. grid: --frames frames in "
        "one picture. fast: a frame every --every seconds, in one picture. frames: each of those frames alone, then a "
        "summary. video: those frames as a video, for models that take one. svd: the same, and "
        "the middle frame as a picture, then one caption of both.",
    ),
    click.option(
        "--context",
        type=click.Choice(["window", "history"]),
        default="window",
        show_default=True,
        help="diffsw: two frames and the last answer, or the whole conversation and one new frame.",
    ),
    click.option(
        "--every", type=float, default=2.0, show_default=True, metavar="SECONDS", help="Interval between frames."
    ),
    click.option(
        "--max-frames",
        type=int,
        default=64,
        show_default=True,
        help="At most so many frames of a clip: a longer one gets a wider interval, and the flag interval_widened.",
    ),
    click.option("--frames", type=int, default=16, show_default=True, help="Frames of a grid."),
    click.option(
        "--keyframes",
        type=click.Choice(["uniform", "similar"]),
        default="uniform",
        show_default=True,
        help="uniform: all of those frames. similar: of frames every --every seconds those that differ from the last "
        "one kept, and the last one; a grid has at most --frames of them.",
    ),
    click.option(
        "--keyframe-model",
        metavar="DIR|ID",
        help="similar: the CLIP or SigLIP that says what differs, a folder or a Hub id.  [the captioner's own tower]",
    ),
)
DECODING_OPTIONS = (
    click.option(
        "--deadline",
        type=click.FloatRange(0, min_open=True),
        default=120.0,
        show_default=True,
        metavar="SECONDS",
        help="A clip that takes longer to decode fails.",
    ),
    click.option(
        "--decoder",
        type=click.Choice(["pyav", "decord"]),
        default="pyav",
        show_default=True,
        help="decord (pip install 'recaption[decord]') gives wrong frames of AVI, MPEG-TS and open-GOP files without a "
        "word, cannot read some AV1, and has hung in native code, which --deadline ends.",
    ),
)
TABLE_OPTIONS = (
    click.option(
        "--path-column", default="path", show_default=True, metavar="NAME", help="Tables: the clip's file, or a URL."
    ),
    click.option(
        "--text-column", metavar="NAME", help="Tables: a few words on the clip, a hint that pictures overrule."
    ),
    click.option(
        "--start-column", metavar="NAME", help="Tables: where the clip starts in its file, in seconds or H:MM:SS."
    ),
    click.option("--end-column", metavar="NAME", help="Tables: where it ends."),
)
TRUTH_OPTIONS = (
    click.option("--truth", type=FILE, help="scripts.jsonl of scripted clips."),
    click.option("--references", type=FILE, help="JSON lines with path and caption, or path and events."),
    click.option(
        "--judge", metavar="MODEL", help="Who judges captions against --references, as --model of captioning."
    ),
    *SERVING_OPTIONS,
)


def asks_a_model(out: str) -> Callable[[Command], Command]:
    """The options of every command that asks a model, together as `common`; `out` is where its rows go by default."""
    to = click.option("--out", type=FOLDER, default=out, show_default=True, help="Folder of captions.jsonl.")

    def with_options(command: Command) -> Command:
        @functools.wraps(command)
        def called(**options: Any) -> object:
            from recaption.command import Common
            from recaption.engines.serving import Serving

            options["serving"] = Serving(**taken(options, Serving))
            return command(common=Common(**taken(options, Common)), **options)

        return together((*MODEL_OPTIONS, *OWN_FOLDER_OPTIONS, to))(called)

    return with_options


def together(options: Sequence[Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, listed in their order."""
    return lambda command: functools.reduce(lambda made, option: option(made), reversed(options), command)


def taken(options: dict[str, Any], kind: type) -> dict[str, Any]:
    """Take from options those that are fields of a dataclass."""
    return {field.name: options.pop(field.name) for field in fields(kind) if field.name in options}
