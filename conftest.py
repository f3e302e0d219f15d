"""Every example of README and docs is run.

Python blocks run from the top of a page to its end in a folder where `videos` holds three short scripted clips and
`captions` their finished run by the tiny model. Of console blocks see `tests.docs.console`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from doctest import ELLIPSIS
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

from tests.docs import console

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), CodeBlockParser("console", console.evaluate)],
    patterns=["README.md", "docs/*.md"],
    excludes=["*/README.md"],
    fixtures=["page"],
).pytest()


@pytest.fixture(scope="session")
def finished_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder with videos and captions, and where it has to be copied to: rows name their clips by absolute path."""
    folder, kept = (tmp_path_factory.mktemp("examples") / name for name in ("here", "kept"))
    folder.mkdir()
    console.run("recaption scripted-clips videos --count 3 --seconds 4-6 --size 320x240", folder)
    console.run("recaption videos --model tiny", folder)
    folder.rename(kept)
    return kept, folder


@pytest.fixture(scope="module")
def page(finished_run: tuple[Path, Path], request: pytest.FixtureRequest) -> Iterator[Path]:
    """The folder where the examples of one page run: as the run left it, empty for the page that makes the run."""
    kept, folder = finished_run
    if request.path.stem == "quickstart":
        folder.mkdir()
    else:
        shutil.copytree(kept, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield folder
    shutil.rmtree(folder)
