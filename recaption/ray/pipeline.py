"""From clips to captions on Ray Data: a stage that decodes and a stage that captions, each scaled by itself."""

from __future__ import annotations

import importlib.util
import math
from dataclasses import replace

import ray
from ray.data import ActorPoolStrategy, Dataset

from recaption import similarity
from recaption.caption import Options, check_mode, frames_in_words, longest_side
from recaption.command import chosen, warn_of_tiny
from recaption.engines.choose import DEFAULT_MODEL, TINY, Choice
from recaption.engines.serving import Serving, engine_of
from recaption.engines.vllm_setup import MOST_CLIPS
from recaption.errors import UsageError
from recaption.prompts import load as load_prompts
from recaption.ray.decode import Decode
from recaption.ray.replica import Replica, Work
from recaption.store import Fingerprint

BLOCK = 16
"""Clips that travel together. Ray takes some milliseconds for each block, and a block of clips of ten seconds with the
frames that an 8B model sees takes about 250 MB."""

AHEAD = 2
"""How many clips a replica has with it for each one in flight, so that none waits for the last ones of a block."""


def caption(
    dataset: Dataset,
    mode: str = "diffsw",
    model: str | None = None,
    *,
    replicas: int = 1,
    gpus_per_replica: float | None = None,
    decode_cpus: int | None = None,
    block: int = BLOCK,
    serving: Serving | None = None,
    path_column: str = "path",
    text_column: str | None = None,
    start_column: str | None = None,
    end_column: str | None = None,
    context: str = "window",
    every: float = 2.0,
    max_frames: int = 64,
    frames: int = 16,
    keyframes: str = "uniform",
    keyframe_model: str | None = None,
    revision: str | None = None,
    prompts: str = "default",
    max_tokens: int = 512,
    retries: int = 1,
    merge: str = "rules",
    without: tuple[str, ...] = (),
    budget: str | None = None,
    deadline: float = 120.0,
    decoder: str = "pyav",
) -> Dataset:
    """The captions of the clips that the rows of a dataset name; nothing is done before somebody reads them.

    The other names and defaults are those of `recaption ray`; see its help.

    Args:
        replicas: engines side by side, each in an actor of its own.
        gpus_per_replica: None for 1 where the cluster has GPUs and the engine is no server, else 0.
        decode_cpus: actors that decode; None for all CPUs that are left.
        block: clips that travel together.
        serving: the options about engines.

    Returns:
        One row for each clip with the columns of captions.jsonl; where there is no caption, `reason` and `detail` tell
        why and `caption` is null. A clip that two rows name may come twice.

    Raises:
        UsageError: options that do not go together.
        RunError: no such model, or the server cannot be reached; while it is read, also that an engine died.
    """
    given = dict(locals())
    own = ("dataset", "replicas", "gpus_per_replica", "decode_cpus", "block")
    options = Options.of(**{name: value for name, value in given.items() if name not in own})
    if not ray.is_initialized():
        ray.init(include_dashboard=False)
    pipeline = Pipeline(options, replicas, gpus_per_replica, decode_cpus, block)
    return pipeline.captions(dataset.repartition(target_num_rows_per_block=block))


class Pipeline:
    """What is made of clips, and on how much of the cluster; Ray must be running.

    Attributes:
        work: what every replica is told.
    """

    def __init__(
        self, options: Options, replicas: int, gpus: float | None, decode_cpus: int | None, block: int = BLOCK
    ) -> None:
        check_mode(options)
        self.options = options
        self.replicas = replicas
        self.block = block
        cluster = ray.cluster_resources()
        self.gpus = _gpus(options.common.serving, cluster) if gpus is None else gpus
        # One CPU is left for what Ray does between the stages.
        self.decode_cpus = decode_cpus or max(1, int(cluster.get("CPU", 0)) - replicas - 1)
        _check(options.common.serving, replicas, self.gpus, self.decode_cpus, cluster)
        self.work = _work(options, self.gpus)
        self.longest = _longest(self.work)

    def captions(self, dataset: Dataset, packed: bool = False) -> Dataset:
        """The stages over a dataset of rows, or of `blocks.of_clips`, each block of which is decoded in one piece."""
        options = self.options
        decoded = dataset.map_batches(
            Decode,
            fn_constructor_args=(
                options.columns,
                options.sampling,
                self.longest,
                options.deadline,
                options.decoder,
            ),
            batch_size=None,
            batch_format="pyarrow",
            num_cpus=1,
            # The second block is there when the first is done.
            compute=ActorPoolStrategy(size=self.decode_cpus, max_concurrent_calls_per_actor=2),
        )
        blocks = math.ceil(AHEAD * (options.common.serving.clips or MOST_CLIPS) / self.block)
        return decoded.map_batches(
            Replica,
            fn_constructor_args=(replace(self.work, packed=packed),),
            batch_size=None,
            batch_format="pyarrow",
            num_cpus=1,
            num_gpus=self.gpus,
            compute=ActorPoolStrategy(
                size=self.replicas, max_concurrent_calls_per_actor=blocks, max_tasks_in_flight_per_actor=blocks
            ),
        )


def _gpus(serving: Serving, cluster: dict[str, float]) -> float:
    if engine_of(serving) == "openai" or not cluster.get("GPU"):
        return 0
    return serving.tensor_parallel * serving.data_parallel


def _check(serving: Serving, replicas: int, gpus: float, decode_cpus: int, cluster: dict[str, float]) -> None:
    """Raises: UsageError: what is asked for is no number of actors, or more than the cluster has."""
    if replicas < 1 or gpus < 0 or decode_cpus < 1:
        raise UsageError(f"{replicas} replicas with {gpus} GPUs each, and {decode_cpus} decode CPUs: too few")
    if gpus and gpus < serving.tensor_parallel * serving.data_parallel:
        raise UsageError(f"a replica takes {serving.tensor_parallel} x {serving.data_parallel} GPUs, and has {gpus:g}")
    needed = {"CPU": replicas + decode_cpus + 1, "GPU": replicas * gpus}
    for kind, count in needed.items():
        if count > cluster.get(kind, 0):
            raise UsageError(
                f"{replicas} replicas and {decode_cpus} decode CPUs take {count:g} {kind}s, one of them for Ray itself "
                f"where they are CPUs, and the cluster has {cluster.get(kind, 0):g}"
            )


def _work(options: Options, gpus: float) -> Work:
    common = options.common
    serving = _absolute(common.serving)
    model = common.model
    if not serving.base_url:
        model = model or (DEFAULT_MODEL if gpus else TINY)
        if gpus and serving.engine == "auto" and importlib.util.find_spec("vllm"):
            # There may be no GPU here, where the run is only watched.
            serving = replace(serving, engine="vllm")
    choice = chosen(model, common.revision, serving)
    warn_of_tiny(choice)
    prompts = load_prompts(common.prompts)
    alike_by = similarity.model_for(options, choice)
    frames = frames_in_words(options, alike_by.name if alike_by else "")
    run = Fingerprint(options.way, choice.name, prompts.name, prompts.hash, frames, common.max_tokens)
    # What failed before is the reader's business; to a replica every clip is new.
    told = replace(options, common=replace(common, serving=serving, retry_failed=False))
    return Work(told, choice, prompts, run, alike_by)


def _absolute(serving: Serving) -> Serving:
    """Other processes work in other folders."""
    key_file, lora = (path and path.absolute() for path in (serving.key_file, serving.lora))
    return replace(serving, key_file=key_file, lora=lora)


def _longest(work: Work) -> int | None:
    """Pixels of a frame's longest side that the replicas' engines will see; asked of the model's configuration."""
    choice, seen = work.choice, None
    if not work.options.common.serving.base_url:
        seen = _seen(choice)
    return longest_side(work.prompts, work.options.way, seen)


def _seen(choice: Choice) -> int | None:
    from transformers import AutoConfig

    from recaption.engines.rendering import loading, longest

    with loading(choice.source):
        return longest(AutoConfig.from_pretrained(choice.source, revision=choice.revision))
