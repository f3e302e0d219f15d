"""Data-Juicer's `video_captioning_from_vlm_mapper` over a folder of clips; runs in Data-Juicer's own environment.

python arm.py CLIPS --model FOLDER --prompt WORDS --procs 2

The last line of stdout is a JSON object: seconds from the first clip's start to the last caption, loading of the model
apart, and how many captions there are.

Two faults of 1.4.5 to 1.6.1, with which it gives no captions at all, are mended from outside: `max_new_tokens` goes to
`generate` twice, and the captions are thrown away where there are any.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import datasets
from data_juicer.core.data import NestedDataset
from data_juicer.ops.mapper.video_captioning_from_vlm_mapper import VideoCaptioningFromVLMMapper
from data_juicer.utils.mm_utils import SpecialTokens
from data_juicer.utils.model_utils import get_model


class Timed(VideoCaptioningFromVLMMapper):
    """The operator, with the time of each clip appended to `log`."""

    log = ""

    def _process_single_sample(self, sample: Any, rank: Any = None, context: bool = False) -> Any:
        get_model(self.model_key, rank, self.use_cuda())  # loaded once in a process
        started = time.time()
        told = super()._process_single_sample(sample, rank=rank, context=context)
        with open(self.log, "a") as file:
            file.write(json.dumps([started, time.time()]) + "\n")
        return told

    def process_batched(self, samples: Any, rank: Any = None, context: bool = False) -> Any:
        told: list[dict[str, Any]] = []
        for i in range(len(samples[self.text_key])):
            told += self._process_single_sample({key: samples[key][i] for key in samples}, rank=rank, context=context)
        return {key: [one[key] for one in told] for key in samples}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path)
    parser.add_argument("--model", required=True)
    parser.add_argument("--prompt", required=True)
    parser.add_argument("--procs", type=int, default=2)
    arguments = parser.parse_args()
    datasets.disable_caching()
    operator = Timed(
        hf_model=arguments.model,
        keep_original_sample=False,
        prompt=arguments.prompt,
        model_params={"dtype": "float32"},
        sampling_params={"do_sample": False},
        memory="4GB",  # by default it takes 70 GB for each process, and so starts one
        num_proc=arguments.procs,
    )
    operator.sampling_params.pop("max_new_tokens")
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as log:
        operator.log = log.name
        clips = sorted(map(str, arguments.clips.glob("*.mp4")))
        rows = NestedDataset(NestedDataset.from_list([{"videos": [c], "text": SpecialTokens.video} for c in clips]))
        told = [row["text"] for row in operator.run(rows).to_list()]
        times = [json.loads(line) for line in log.read().splitlines()]
    captions = [text.replace(SpecialTokens.video, "").replace(SpecialTokens.eoc, "").strip() for text in told]
    seconds = max(end for _, end in times) - min(start for start, _ in times)
    print(json.dumps({"seconds": seconds, "captions": sum(map(bool, captions))}))


if __name__ == "__main__":
    import arm  # the workers find the operator by the name of its module

    arm.main()
