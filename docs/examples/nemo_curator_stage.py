"""Captions by recaption as a stage of NeMo Curator, for videos that its earlier stages have cut into clips.

    pipeline.add_stage(RecaptionStage(model="Qwen/Qwen3-VL-8B-Instruct", mode="diffsw"))

A clip's caption goes into its windows, where NeMo Curator's own captioning puts its captions and its writers look for
them; why a clip has none goes into its errors.
"""

from dataclasses import dataclass, field
from typing import Any

from nemo_curator.stages.base import ProcessingStage
from nemo_curator.stages.resources import Resources
from nemo_curator.tasks.video import VideoTask, _Window

from recaption import Captioner, Clip, Failure


@dataclass
class RecaptionStage(ProcessingStage[VideoTask, VideoTask]):
    """Args: those of `recaption.Captioner`; `resources` say which share of a machine each worker has."""

    model: str | None = None
    mode: str = "diffsw"
    options: dict[str, Any] = field(default_factory=dict)
    name: str = "recaption"
    resources: Resources = field(default_factory=lambda: Resources(cpus=1.0))
    batch_size: int = 16

    def inputs(self) -> tuple[list[str], list[str]]:
        return ["data"], ["clips", "input_video"]

    def outputs(self) -> tuple[list[str], list[str]]:
        return ["data"], ["clips"]

    def setup(self, worker_metadata: Any = None) -> None:
        self.captioner = Captioner(mode=self.mode, model=self.model, **self.options)

    def teardown(self) -> None:
        self.captioner.close()

    def process(self, task: VideoTask) -> VideoTask:
        return self.process_batch([task])[0]

    def process_batch(self, tasks: list[VideoTask]) -> list[VideoTask]:
        """All clips of all videos at once, so that the model stays busy."""
        clips = [clip for task in tasks for clip in task.data.clips]
        spans = (Clip(clip.source_video, *clip.span) for clip in clips)
        for clip, told in zip(clips, self.captioner.stream(spans), strict=True):
            if isinstance(told, Failure):
                clip.errors["recaption"] = f"{told.reason}: {told.detail}"
                continue
            clip.windows = clip.windows or [_Window(0, 0)]
            for window in clip.windows:
                window.caption["recaption"] = told.text
        return tasks
