"""The server of the page: who gets in, and what it gives."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from starlette.testclient import TestClient

from recaption import cli, results
from recaption.claim import open_again
from recaption.database import NAME
from recaption.review import reviews
from recaption.review.reviews import Reviews
from recaption.review.server import app
from tests.reviewing import reviewing


def first_id(address: str) -> str:
    return str(httpx.get(address + "captions").json()["captions"][0]["id"])


def test_only_who_knows_the_address_gets_in(address: str) -> None:
    parts = urlsplit(address)
    assert parts.hostname == "127.0.0.1"
    assert re.fullmatch(r"/[\w-]{22}/", parts.path)
    root = f"http://{parts.netloc}/"
    for path in ("", "captions", "review.js", "A" * 22 + "/captions", "../captions"):
        assert httpx.get(root + path).status_code == 404
    assert httpx.get(address, headers={"Host": "evil.example"}).status_code == 400
    assert httpx.get(address + "..%2freviews.py").status_code == 404
    answer = httpx.get(address)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_nobody_else_on_the_network_can_ask(address: str) -> None:
    port = urlsplit(address).port
    assert port
    addresses = (each for name in psutil.net_if_addrs().values() for each in name if each.family == socket.AF_INET)
    for host in {"127.0.0.2", *(each.address for each in addresses)} - {"127.0.0.1"}:
        with socket.socket() as other:
            assert other.connect_ex((host, port)) != 0


def test_a_clip_comes_in_ranges(address: str, out: Path) -> None:
    id = first_id(address)
    whole = Path(next(row["path"] for row in results.captions(out) if row["id"] == id)).read_bytes()
    part = httpx.get(f"{address}clips/{id}", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole)}"
    assert part.headers["content-type"] == "video/mp4"
    assert httpx.get(f"{address}clips/{id}").content == whole


def test_what_is_wrong_is_told(address: str, out: Path) -> None:
    id = first_id(address)
    put = f"{address}captions/{id}/verdict"
    assert httpx.get(address + "captions?order=size").status_code == 400
    assert httpx.get(address + "captions?size=1").status_code == 400
    assert httpx.get(address + "captions/none").status_code == 404
    assert httpx.get(address + "clips/none").status_code == 404
    for body in (b"", b"[]", b'{"verdict": "great", "seen": "A."}', b'{"verdict": "edited", "seen": "A."}'):
        assert httpx.put(put, content=body).status_code == 400
    stale = httpx.put(put, content=json.dumps({"verdict": "accepted", "seen": "Another one."}))
    assert (stale.status_code, stale.text) == (409, "the caption has changed since it was shown")
    Path(next(row["path"] for row in results.captions(out) if row["id"] == id)).unlink()
    assert httpx.get(f"{address}clips/{id}").status_code == 404


def test_at_its_end_the_exports_are_written(out: Path) -> None:
    with reviewing(out) as address:
        row = httpx.get(f"{address}captions/{first_id(address)}").json()
        body = json.dumps({"verdict": "edited", "seen": row["caption"], "caption": "A red wall in the sun."})
        assert httpx.put(f"{address}captions/{row['id']}/verdict", content=body).json()["said"] == "edited"
    lines = [json.loads(line) for line in (out / results.CAPTIONS).open(encoding="utf-8")]
    assert {row["id"]: row["caption"] for row in lines}[row["id"]] == "A red wall in the sun."


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP])
def test_however_it_ends_the_exports_are_written(end: signal.Signals, out: Path) -> None:
    with reviewing(out, end=end):
        pass
    assert (out / results.CAPTIONS).exists()


def test_a_film_that_streams_does_not_hold_up_the_end(out: Path) -> None:
    path = Path(next(row["path"] for row in results.captions(out)))
    with path.open("ab") as film:
        film.truncate(2**28)
    with reviewing(out) as address, httpx.stream("GET", f"{address}clips/{first_id(address)}") as answer:
        next(answer.iter_raw())


def test_a_run_that_writes_for_too_long_is_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "WAIT_SECONDS", 0.1)
    page = TestClient(app(Reviews(out / NAME), "out", "token"), base_url="http://localhost")
    (first, *_) = page.get("/token/captions").json()["captions"]
    body = {"verdict": "rejected", "seen": page.get(f"/token/captions/{first['id']}").json()["caption"]}
    with closing(sqlite3.connect(out / NAME, isolation_level=None)) as running:
        running.execute("BEGIN IMMEDIATE")
        answer = page.put(f"/token/captions/{first['id']}/verdict", json=body)
        assert (answer.status_code, "locked" in answer.text) == (503, True)
    assert page.put(f"/token/captions/{first['id']}/verdict", json=body).json()["said"] == "rejected"


def test_beside_a_run_the_exports_are_left_to_the_run(out: Path) -> None:
    running = open_again(out)
    command = [Path(sys.executable).with_name("recaption"), "review", out]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.send_signal(2)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert f"in use by process {os.getpid()}" in said
    assert not (out / results.CAPTIONS).exists()
    running.close()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((), 2, "no such database"),
        (("--old", "nowhere.csv"), 2, "no csv"),
        (("--port", "{taken}"), 1, "cannot be taken"),
    ],
)
def test_what_stands_in_its_way(
    words: tuple[str, ...], status: int, said: str, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        given = [word.replace("{taken}", str(taken.getsockname()[1])) for word in words]
        with pytest.raises(SystemExit) as left:
            cli.main(["review", str(out if given else tmp_path), *given])
    assert left.value.code == status
    assert said in capsys.readouterr().err


def test_what_is_missing_is_named(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "starlette.applications", None)
    monkeypatch.delitem(sys.modules, "recaption.review.server", raising=False)
    with pytest.raises(SystemExit) as left:
        cli.main(["review", str(out)])
    assert left.value.code == 2
    assert "recaption[review]" in capsys.readouterr().err
