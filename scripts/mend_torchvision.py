"""Let torchvision be imported beside a torch that it was not built for, in every process of this environment.

    python -m scripts.mend_torchvision

PyPI has no torchvision for CPU builds of torch: its operators do not load, and it does not even import without them.
Its transforms need no operators, and picture and video processors need no more than the transforms. Where torchvision
imports as it is, or is not installed, nothing is done.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import sysconfig
from pathlib import Path

NAME = "torchvision_operators"

MODULE = '''\
"""Declares the operators that torchvision looks for when it is imported; they still fail when they are called."""

import sys


class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "torchvision":
            sys.meta_path.remove(self)
            import torch

            for operator in ("nms", "qnms"):
                torch.library.define(
                    f"torchvision::{operator}", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
                )


sys.meta_path.insert(0, Finder())
'''
"""Operators of torchvision 0.28."""


def main() -> None:
    if importlib.util.find_spec("torchvision") is None or imports():
        return
    folder = Path(sysconfig.get_path("purelib"))
    (folder / f"{NAME}.py").write_text(MODULE)
    (folder / f"{NAME}.pth").write_text(f"import {NAME}\n")
    if not imports():
        sys.exit("torchvision cannot be imported, and not for want of its operators")


def imports() -> bool:
    return subprocess.run([sys.executable, "-c", "import torchvision"], capture_output=True).returncode == 0


if __name__ == "__main__":
    main()
