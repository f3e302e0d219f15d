"""The command line. No logic of its own: options in, calls out.

Whatever is heavy is imported inside the command that needs it, so that `recaption --help` stays quick.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recaption.errors import RecaptionError, UsageError
from recaption.options import (
    BUDGET,
    DECODING_OPTIONS,
    FILE,
    FILM_OPTIONS,
    FOLDER,
    JOBS,
    JOURNAL,
    MODEL_OPTIONS,
    OUT,
    SHOT_DEADLINE,
    TABLE_OPTIONS,
    TRUTH_OPTIONS,
    WITHOUT,
    asks_a_model,
    taken,
    together,
)

if TYPE_CHECKING:
    from recaption.command import Common

COULD_NOT_RUN = 1
WRONG_USAGE = 2
SOME_FAILED = 3
INTERRUPTED = 130


class _Group(click.Group):
    """A group whose first command is meant whenever the first word is no command's name."""

    default = "caption"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {name for option in self.get_params(ctx) for name in option.opts}
        if args and args[0] not in self.commands and args[0] not in own:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="recaption")
def cli() -> None:
    """Caption video clips with a multimodal LLM.

    `recaption INPUTS...` means `recaption caption INPUTS...`. A file or folder that is named like a command is written
    with its folder: ./export.

    Exit status: 0 all captioned, 3 finished but some clips failed, 2 wrong usage, 1 could not run, 130 interrupted.
    """


@cli.command()
@click.argument("inputs", nargs=-1, required=True)
@together(FILM_OPTIONS)
@asks_a_model(out="captions")
@JOBS
@together(DECODING_OPTIONS)
@click.option(
    "--shard",
    metavar="I/N|slurm",
    help="Take a share of the clips, I from 0 to N - 1, always the same one, into OUT/shard-I (and a --journal PATH "
    "into PATH-shard-I); slurm takes I and N from the array job. `recaption merge OUT` joins them.",
)
@together(TABLE_OPTIONS)
@click.option(
    "--dry-run", is_flag=True, help="Say what would be done, frame times included; load no model, write nothing."
)
def caption(dry_run: bool, **options: Any) -> int:
    """Caption files, the videos in folders, and the clips in tables, tars and data sets, on a disk or behind URLs."""
    from recaption.caption import Options, plan, run

    if dry_run:
        plan(Options(**options), click.echo)
        return 0
    return run(Options(**options))


@cli.command()
@click.argument("inputs", nargs=-1, required=True)
@together(FILM_OPTIONS)
@together(MODEL_OPTIONS)
@click.option("--out", metavar="DIR|URL", default="captions", show_default=True, help="Where the parts go.")
@together(DECODING_OPTIONS)
@together(TABLE_OPTIONS)
@click.option(
    "--replicas", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Engines side by side."
)
@click.option(
    "--gpus",
    type=click.FloatRange(0),
    metavar="G",
    help="Of each replica.  [as many as its engine spreads over, where the cluster has GPUs]",
)
@click.option(
    "--decode-cpus", type=click.IntRange(1), metavar="N", help="Decoding processes.  [the CPUs that are left]"
)
@click.option("--address", help="Of a Ray cluster.  [RAY_ADDRESS, else Ray is started on this machine for the run]")
def ray(
    out: str, address: str | None, replicas: int, gpus: float | None, decode_cpus: int | None, **options: Any
) -> int:
    """Caption the same inputs on a Ray cluster, into parquet parts in a folder or behind a URL."""
    # Once Ray is shut down, threads of Ray Data that still ask it something would join the cluster again, and hang.
    os.environ["RAY_ENABLE_AUTO_CONNECT"] = "0"
    from recaption.caption import Options
    from recaption.command import Common
    from recaption.engines.serving import Serving
    from recaption.ray.command import Cluster, run

    options["serving"] = Serving(**taken(options, Serving))
    common = Common(**taken(options, Common))
    return run(Options(common, **options), out, Cluster(address, replicas, gpus, decode_cpus))


@cli.command()
@click.argument("inputs", nargs=-1)
@click.option("--out", type=FOLDER, default="curated", show_default=True, help="Folder of clips.jsonl and kept.jsonl.")
@click.option(
    "--recipe",
    metavar="NAME|FILE",
    help="What is measured, and what drops a clip: svd, or a YAML file.  [svd; without inputs, the one in OUT]",
)
@click.option("--write-clips", is_flag=True, help="Make a file of its own, in OUT/clips, of each part that is kept.")
@click.option(
    "--camera-hint",
    is_flag=True,
    help="Put what the camera does, as it was measured, into the text of each clip that is kept: a hint.",
)
@JOBS
@SHOT_DEADLINE
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Take the first N films only.")
@click.option("--retry-failed", is_flag=True, help="Take those that failed before, and no others.")
@click.option("--new-run", is_flag=True, help="Start over; what another run left in OUT moves to OUT/before-K.")
@together(TABLE_OPTIONS)
@click.option(
    "--explain",
    type=FOLDER,
    metavar="OUT",
    help="Say how many clips in OUT each threshold drops, and draw each measure, with its threshold, into "
    "OUT/measures.png.",
)
def curate(explain: Path | None, **options: Any) -> int:
    """Cut films into shots, measure each, and keep those that a recipe keeps; `recaption OUT` captions them.

    Without inputs, a recipe with other thresholds is applied to what was measured before.
    """
    from recaption.curate import curate
    from recaption.curate.explain import explain as explain_

    if explain:
        for line in explain_(explain):
            click.echo(line)
        return 0
    return curate.run(curate.Options(**options))


@cli.command()
@click.argument("prompts_file", metavar="PROMPTS.TXT", type=FILE)
@asks_a_model(out="rewritten")
def rewrite(prompts_file: Path, common: Common) -> int:
    """Turn short prompts, one on each line, into detailed captions, as a text-to-video model wants its prompts."""
    from recaption import texts

    return texts.rewrite(prompts_file, common)


@cli.command()
@click.argument("folder", metavar="OUT", type=FOLDER)
@asks_a_model(out="summaries")
def summarize(folder: Path, common: Common) -> int:
    """Sum up the stored steps of the captions in OUT again, with another model or prompt set."""
    from recaption import texts

    return texts.summarize(folder, common)


@cli.command()
@OUT
@JOURNAL
def status(out: Path, journal: Path | None) -> None:
    """Count what is captioned in OUT and what failed, by reason."""
    from recaption import results

    for line in results.describe(results.status(out, journal)):
        click.echo(line)


@cli.command()
def rules() -> None:
    """List the rules of the post-filter, each with its code and an example."""
    from recaption.postfilter import RULES, SIGNS

    for rule in RULES:
        click.echo(f"{rule.code}: {rule.about}\n  - {rule.example[0]!r}\n  + {rule.example[1]!r}")
    for sign in SIGNS:
        click.echo(f"{sign.code} (a flag): {sign.about}\n  = {sign.example!r}")


@cli.command()
@OUT
@WITHOUT
@BUDGET
@JOURNAL
def refilter(out: Path, without: tuple[str, ...], budget: str | None, journal: Path | None) -> int:
    """Filter what the model said of the clips in OUT again, by today's rules; no model is asked."""
    from recaption.postfilter import PostFilter
    from recaption.refilter import refilter

    changes = refilter(out, PostFilter.of(without, budget), journal)
    for line in changes.lines():
        click.echo(line)
    return SOME_FAILED if changes.failed else 0


@cli.command()
@OUT
@JOURNAL
def check(out: Path, journal: Path | None) -> None:
    """Look across all captions in OUT for the same ones, outliers and contradictions, and flag their rows."""
    from recaption.check import check

    for line in check(out, journal).lines():
        click.echo(line)


@cli.command()
@OUT
@click.option("--fix", is_flag=True, help="Take out what is contradicted, where a caption is left.")
@click.option("--camera-phrase", is_flag=True, help="Say at the end what the camera does, as it was measured.")
@JOBS
@SHOT_DEADLINE
@JOURNAL
def verify(out: Path, fix: bool, camera_phrase: bool, jobs: int, deadline: float, journal: Path | None) -> None:
    """Hold the captions in OUT against what is measured of their clips: camera, cuts, motion and picture."""
    from recaption.verify.measured import measuring
    from recaption.verify.verify import verify

    for line in verify(out, fix, camera_phrase, measuring(jobs, deadline), journal).lines():
        click.echo(line)


@cli.command()
@OUT
@click.option(
    "--old",
    type=click.Path(path_type=Path),
    metavar="OUT_A|CSV",
    help="Show these captions of the same clips beside: a folder of captions, or a csv with path and caption.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Of the page.  [a free one]")
@JOURNAL
def review(out: Path, old: Path | None, port: int, journal: Path | None) -> None:
    """Look at the captions in OUT beside their clips, on a page of this machine, and accept, edit or reject them."""
    from recaption.review.review import review

    review(out, old, port, journal, click.echo)


@cli.command()
@OUT
@click.option("--to", "format_", required=True, metavar="FORMAT", help="See `recaption formats`.")
@click.option(
    "--dest",
    type=FOLDER,
    metavar="DIR",
    help="Make a set of clips and captions here.  [sidecar without it: clip.txt beside each clip where it lies]",
)
@click.option(
    "--link", "placing", flag_value="link", default="link", help="Put links to the clips into DIR, the default."
)
@click.option("--copy", "placing", flag_value="copy", help="Put copies of the clips there.")
@click.option("--refer", "placing", flag_value="refer", help="Leave the clips where they are.")
@click.option("--cut", is_flag=True, help="Make a file of its own of each clip that is a span of a longer film.")
@click.option("--segments", is_flag=True, help="Add what is said of each stretch of a clip, with its times.")
@click.option("--parts", is_flag=True, help="Add the first frame's description and what changes, apart.")
@click.option(
    "--frames",
    is_flag=True,
    help="Make a set of single frames, with what was said of each alone: of every frame with --mode frames, of the "
    "first one with --mode diffsw, of the middle one with --mode svd.",
)
@click.option("--fit", is_flag=True, help="Shorten captions over the trainer's budget, else they are refused.")
@click.option("--allow-tiny", is_flag=True, help="Take captions of the tiny model, which knows scripted cartoons only.")
@click.option("--overwrite", is_flag=True, help="Replace files that hold something else.")
@JOURNAL
def export(out: Path, format_: str, dest: Path | None, journal: Path | None, **options: Any) -> int:
    """Write the captions of OUT as trainers read them, and name the files."""
    from recaption.export.export import export
    from recaption.export.items import Options
    from recaption.sources import shown

    refused = 0
    for written in export(out, format_, dest, Options(**options), journal):
        if written.refused:
            refused += 1
            click.echo(f"refused {shown(written.path)}: {written.refused}", err=True)
        else:
            click.echo(shown(written.path))
    return SOME_FAILED if refused else 0


@cli.command()
def formats() -> None:
    """List the formats of `recaption export`, and what each has a place for beside clips and captions."""
    from recaption.export import FORMATS
    from recaption.export.export import places

    for name, format in FORMATS.items():
        click.echo("; ".join((f"{name}: {format.about}", *places(format))))


@cli.command()
@OUT
def merge(out: Path) -> None:
    """Join the shards in OUT into OUT/captions.jsonl and OUT/failures.jsonl."""
    from recaption import results

    merged, warnings = results.merge(out)
    for line in [*results.describe([merged]), *(f"warning: {warning}" for warning in warnings)]:
        click.echo(line, err=line.startswith("warning"))


@cli.command()
@click.option("--model", help="As for captioning; without it, the one that captioning would take.")
def doctor(model: str | None) -> None:
    """Tell what this machine can run: GPU, memory, packages, engine, whether the model fits, and what to install."""
    from recaption import doctor

    for line in doctor.lines(model):
        click.echo(line)


@cli.command("scripted-clips")
@OUT
@click.option("--count", type=click.IntRange(1), default=8, show_default=True, metavar="N", help="How many clips.")
@click.option("--seed", type=int, default=0, show_default=True, metavar="S", help="The same seed gives the same bytes.")
@click.option("--seconds", default="8-14", show_default=True, metavar="A-B", help="Shortest and longest clip.")
@click.option("--size", default="854x480", show_default=True, metavar="WxH", help="Pixels, both even.")
def scripted_clips(out: Path, count: int, seed: int, seconds: str, size: str) -> None:
    """Render small cartoons into OUT, and the whole truth about each into OUT/scripts.jsonl."""
    from recaption.scripted import files

    for path, script in files.make(out, count, seed, files.seconds_of(seconds), files.size_of(size)):
        click.echo(f"{path} {script.seconds:.1f} s, {len(script.events)} events")


@cli.command()
@OUT
@together(TRUTH_OPTIONS)
def evaluate(out: Path, truth: Path | None, references: Path | None, judge: str | None, **options: Any) -> None:
    """Hold the captions in OUT against the scripts of their clips, or against references by a judge; print JSON."""
    import json

    from recaption.engines.serving import Serving
    from recaption.evaluate.report import evaluation

    click.echo(json.dumps(evaluation(out, truth, references, judge, Serving(**options)), indent=2))


@cli.command()
@click.argument("old", metavar="OUT_A", type=FOLDER)
@click.argument("new", metavar="OUT_B", type=FOLDER)
@click.option("--human", type=FILE, help="A csv with path and caption: a third column.")
@click.option("--json", "json_file", type=FILE, help="Write all figures, clip by clip, to this file.")
@click.option("--plot", "plot_file", type=FILE, help="Draw them into this PNG.")
@together(TRUTH_OPTIONS)
def compare(
    old: Path, new: Path, human: Path | None, json_file: Path | None, plot_file: Path | None, **options: Any
) -> None:
    """Tell what the captions in OUT_B add to those in OUT_A, and what they cost: longer, or saying more?"""
    from recaption.engines.serving import Serving
    from recaption.evaluate import compare as comparing
    from recaption.evaluate.report import judging

    truth, references, judge = (options.pop(name) for name in ("truth", "references", "judge"))
    result = comparing.compare(old, new, human, judging(truth, references, judge, Serving(**options)))
    for line in comparing.table(result):
        click.echo(line)
    comparing.write(result, json_file, plot_file)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit status."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    logging.getLogger("recaption").setLevel(logging.INFO)
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = cli.main(words, prog_name="recaption", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        _say_other_meaning(words)
        status = error.exit_code
    except RecaptionError as error:
        click.echo(f"recaption: {error}", err=True)
        status = WRONG_USAGE if isinstance(error, UsageError) else COULD_NOT_RUN
        if status == WRONG_USAGE:
            _say_other_meaning(words)
    except (KeyboardInterrupt, click.Abort):
        click.echo("recaption: interrupted; the same command again goes on from here", err=True)
        status = INTERRUPTED
    sys.exit(status or 0)


def _say_other_meaning(words: Sequence[str]) -> None:
    """A word that names both a command and a file here was taken for the command: say how to write the other."""
    if words and words[0] in cli.commands and os.path.exists(words[0]):
        click.echo(f"`{words[0]}` is a command; the file or folder of that name here is written ./{words[0]}", err=True)
