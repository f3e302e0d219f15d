"""A web server over a folder, on loopback: with ranges or without, and with the faults of real ones."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit


class FilesServer:
    """What a server does, and what it was asked.

    Attributes:
        url: of the folder, with a slash at its end.
        gives_parts: whether it knows ranges.
        statuses: by name of a file, what it answers to the next requests for it, instead of the file.
        breaks: by name, how many of the next answers break off in the middle.
        silent: names of files of which it never sends the second half.
        asked: requests by method and name; `sent` counts bytes of files.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}/"
        self.gives_parts = True
        self.statuses: dict[str, list[int]] = {}
        self.breaks: Counter[str] = Counter()
        self.silent: set[str] = set()
        self.asked: Counter[tuple[str, str]] = Counter()
        self.sent = 0
        self.over = threading.Event()


@contextmanager
def serving(folder: Path) -> Iterator[FilesServer]:
    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *given: object) -> None:
            super().__init__(*given, directory=str(folder))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            pass

        def do_HEAD(self) -> None:
            self.answer(with_body=False)

        def do_GET(self) -> None:
            self.answer(with_body=True)

        def answer(self, with_body: bool) -> None:
            name = unquote(urlsplit(self.path).path).lstrip("/")
            told.asked[self.command, name] += 1
            if told.statuses.get(name):
                status = told.statuses[name].pop(0)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            path = folder / name
            if not path.is_file():
                (super().do_GET if with_body else super().do_HEAD)()
                return
            self.send_file(name, path.read_bytes(), with_body)

        def send_file(self, name: str, content: bytes, with_body: bool) -> None:
            wanted = re.fullmatch(r"bytes=(\d+)-(\d+)?", self.headers.get("Range", ""))
            start, end, whole = 0, len(content), len(content)
            if wanted and told.gives_parts:
                start, end = int(wanted[1]), min(int(wanted[2] or whole) + 1, whole)
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {start}-{end - 1}/{whole}")
            else:
                self.send_response(200)
            self.send_header("Content-Length", str(end - start))
            self.end_headers()
            if not with_body:
                return
            piece = content[start:end]
            if told.breaks[name] > 0:
                told.breaks[name] -= 1
                piece, self.close_connection = piece[: len(piece) // 2], True
            if name in told.silent:
                piece = piece[: len(piece) // 2]
            with suppress(ConnectionError):
                self.wfile.write(piece)
                self.wfile.flush()
            told.sent += len(piece)
            if name in told.silent:
                told.over.wait()

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Who asks may go away at any time."""

    with Server(("127.0.0.1", 0), Handler) as server:
        told = FilesServer(folder, server.server_address[1])
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield told
        finally:
            told.over.set()
            server.shutdown()
