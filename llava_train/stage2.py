"""Stage 2: projector and language model learn; the vision tower is frozen.

    torchrun llava_train/stage2.py --config tiny-stage2 [key=value ...]
    torchrun -m llava_train.stage2 --config path/to/recipe.yaml [key=value ...]

From any directory, with one process for each GPU (`--nproc-per-node 8`), or one on the CPU. The same command again goes
on from the last checkpoint.
"""

import sys
from pathlib import Path

if not __package__:
    # Run by path: Python put this folder on the module path, where the repository belongs.
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from llava_train.command import main

if __name__ == "__main__":
    main(stage=2)
