from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recaption.storage import remote
from tests.files_server import FilesServer, serving


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "WAIT", 0.01)


@pytest.fixture
def web(tmp_path: Path) -> Iterator[FilesServer]:
    (tmp_path / "web").mkdir()
    with serving(tmp_path / "web") as server:
        yield server
