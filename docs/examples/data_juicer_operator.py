"""Captions by recaption as an operator of Data-Juicer.

    process:
      - recaption_mapper:
          model: Qwen/Qwen3-VL-8B-Instruct

Import this file where the process is started (`custom_operator_paths` of its config). Each video of a sample gets its
caption in the list under `captions`, and why it has none under `reasons`.
"""

from typing import Any

from data_juicer.ops.base_op import OPERATORS, Mapper

from recaption import Caption, Captioner


@OPERATORS.register_module("recaption_mapper")
class RecaptionMapper(Mapper):
    """Args: `options` are the others of `recaption.Captioner`, those that follow are Data-Juicer's own."""

    _batched_op = True

    def __init__(self, model: str | None = None, mode: str = "diffsw", options: dict | None = None, **own: Any) -> None:
        # One process has the model; it asks about many clips at a time.
        super().__init__(**{"num_proc": 1, "batch_size": 64, **own})
        self.asked = {"model": model, "mode": mode, **(options or {})}
        self.captioner: Captioner | None = None

    def process_batched(self, samples: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """All videos of a batch at once, so that the model stays busy."""
        if self.captioner is None:
            # It is made where it works.
            self.captioner = Captioner(**self.asked)
        videos = samples[self.video_key]
        told = self.captioner.stream(path for paths in videos for path in paths)
        kept = [[next(told) for _ in paths] for paths in videos]
        samples["captions"] = [[one.text if isinstance(one, Caption) else "" for one in row] for row in kept]
        samples["reasons"] = [["" if isinstance(one, Caption) else one.reason for one in row] for row in kept]
        return samples
