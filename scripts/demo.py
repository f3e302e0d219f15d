"""Render a few scripted clips, caption them with DiffSW, and print each caption.

python -m scripts.demo demo
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CLIPS, SEED = "4", "7"


def main(folder: Path) -> None:
    clips, out = folder / "clips", folder / "captions"
    recaption = str(Path(sys.executable).with_name("recaption"))
    subprocess.run([recaption, "scripted-clips", str(clips), "--count", CLIPS, "--seed", SEED], check=True)
    subprocess.run([recaption, str(clips), "--mode", "diffsw", "--model", "tiny", "--out", str(out)], check=True)
    for line in (out / "captions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        print(f"\n{row['path']}\n  {row['caption']}")
    print(f"\nClips: {clips}\nCaptions: {out / 'captions.jsonl'}\nThe truth about each clip: {clips / 'scripts.jsonl'}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo"))
