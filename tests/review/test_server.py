"""The server of the page: who gets in, and what it gives."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from recaption import cli, results
from recaption.claim import open_again
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
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None)} - {"127.0.0.1", "::1"}
    for host in ["127.0.0.2", *others]:
        with socket.socket(socket.AF_INET6 if ":" in str(host) else socket.AF_INET) as other:
            assert other.connect_ex((str(host), port)) != 0


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
    for body in (b"", b"[]", b'{"verdict": "great", "caption": "A."}', b'{"verdict": "edited", "caption": " "}'):
        assert httpx.put(put, content=body).status_code == 400
    stale = httpx.put(put, content=json.dumps({"verdict": "accepted", "caption": "Another one."}))
    assert (stale.status_code, stale.text) == (409, "the caption has changed since it was shown")
    Path(next(row["path"] for row in results.captions(out) if row["id"] == id)).unlink()
    assert httpx.get(f"{address}clips/{id}").status_code == 404


def test_at_its_end_the_exports_are_written(out: Path) -> None:
    with reviewing(out) as address:
        row = httpx.get(f"{address}captions/{first_id(address)}").json()
        body = json.dumps({"verdict": "edited", "caption": "A red wall in the sun."})
        assert httpx.put(f"{address}captions/{row['id']}/verdict", content=body).json()["said"] == "edited"
    lines = [json.loads(line) for line in (out / results.CAPTIONS).open(encoding="utf-8")]
    assert {row["id"]: row["caption"] for row in lines}[row["id"]] == "A red wall in the sun."


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
