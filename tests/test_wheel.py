"""The wheel is whole: installed somewhere else, it captions a clip."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from recaption.scripted import files

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it, which finds the other packages in the one that runs the tests.

    Installing torch again would take minutes and prove nothing. Editable installs of that environment are not found
    from here, since they hang on .pth files that Python reads in its own site-packages only.
    """
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT], check=True, capture_output=True
    )
    wheel = next(folder.glob("*.whl"))
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", wheel], check=True)
    home = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    # torchvision beside a torch for the CPU needs what `scripts.mend_torchvision` put into that environment.
    mended = "import importlib.util as u; u.find_spec('torchvision_operators') and __import__('torchvision_operators')"
    Path(home, "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n{mended}\n")
    return folder / "venv" / "bin"


def test_the_wheel_captions_a_clip_from_another_folder(environment: Path, tmp_path: Path) -> None:
    clip, script = next(iter(files.make(tmp_path / "clips", 1, seed=3, seconds=(4.0, 5.0), size=(320, 180))))
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    where = [
        environment / "python",
        "-c",
        "import recaption, llava_train; print(recaption.__file__, llava_train.__file__)",
    ]
    found = subprocess.run(where, cwd=tmp_path, env=clean, check=True, capture_output=True, text=True).stdout
    assert str(ROOT / "recaption") not in found
    assert str(ROOT / "llava_train") not in found
    line = [environment / "recaption", str(clip), "--model", "tiny", "--out", "told"]
    done = subprocess.run(line, cwd=tmp_path, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (row,) = [json.loads(text) for text in (tmp_path / "told" / "captions.jsonl").read_text().splitlines()]
    assert row["path"] == str(clip)
    assert row["caption"]
    assert len(row["steps"]) == int(script.seconds // 2) + 2
    assert "tiny" in row["flags"]


USER_PROGRAM = """
from collections.abc import AsyncIterator, Iterable

from recaption import Caption, Captioner, Clip, ClipError, Failure, Serving, clean


def texts(paths: Iterable[str]) -> list[str]:
    with Captioner(mode="grid", model="tiny", serving=Serving(engine="transformers"), on_error="skip") as captioner:
        return [told.text for told in captioner.stream(paths, ordered=False) if isinstance(told, Caption)]


async def reasons(captioner: Captioner, clips: AsyncIterator[Clip]) -> dict[str, str]:
    return {told.reason: told.detail async for told in captioner.astream(clips) if isinstance(told, Failure)}


def first_step(captioner: Captioner, clip: Clip) -> tuple[float, str]:
    told = captioner(clip)
    if not isinstance(told, Caption):
        raise ClipError("internal", "none")
    return told.steps[0].start, clean(told.raw).text


def wrong(captioner: Captioner) -> str:
    captioner(3)  # type: ignore[arg-type]
    Captioner(on_error="rasie")  # type: ignore[arg-type]
    return captioner("a.mp4")  # type: ignore[return-value]
"""


def test_the_wheel_brings_its_types(environment: Path, tmp_path: Path) -> None:
    """The program is right and `wrong` is wrong: mypy --strict tells of ignores that ignore nothing."""
    program = tmp_path / "program.py"
    program.write_text(USER_PROGRAM)
    line = [sys.executable, "-m", "mypy", "--strict", "--python-executable", environment / "python", program]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
