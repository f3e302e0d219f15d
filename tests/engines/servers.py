"""A server of the OpenAI API on loopback that misbehaves as it is told to."""

from __future__ import annotations

import base64
import io
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image

Answer = Callable[["Handler", dict[str, Any]], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.send_json({"object": "list", "data": [{"id": "colours", "object": "model", "max_model_len": 4096}]})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        with self.server.lock:
            self.server.asked.append(asked)
            self.server.keys.add(self.headers.get("authorization", ""))
            self.server.busy += 1
            self.server.busiest = max(self.server.busiest, self.server.busy)
            trouble = self.server.troubles.pop(0) if self.server.troubles else None
        try:
            (trouble or answer)(self, asked)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with self.server.lock:
                self.server.busy -= 1

    def send_json(self, body: Any, status: int = 200, **headers: str) -> None:
        self.send_text(json.dumps(body), status, **headers)

    def send_text(self, body: str, status: int = 200, **headers: str) -> None:
        encoded = body.encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(encoded)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(encoded)

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, troubles: list[Answer | None]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.troubles = troubles
        self.asked: list[dict[str, Any]] = []
        self.keys: set[str] = set()
        self.lock = threading.Lock()
        self.busy = self.busiest = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


@contextmanager
def serving(*troubles: Answer | None) -> Iterator[Server]:
    """A server; each request meets the next trouble, and when there are no more (or it is None) it is answered."""
    server = Server(list(troubles))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(handler: Handler, asked: dict[str, Any]) -> None:
    """Tell the mean colour of each picture, which only somebody who saw it can."""
    handler.send_json(completion(told(asked)))


def told(asked: dict[str, Any]) -> str:
    *pictures, text = asked["messages"][0]["content"]
    colours = [_mean(picture["image_url"]["url"]) for picture in pictures]
    return f"{text['text'].split()[0]} {colours}."


def completion(text: str, **choice: Any) -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "colours",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": text},
                "logprobs": {"content": [{"token": "a", "logprob": -0.5, "top_logprobs": []}] * 2},
                **choice,
            }
        ],
        "usage": {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9},
    }


def refuse(status: int, message: str = "no", code: str | None = None, **headers: str) -> Answer:
    error = {"error": {"message": message, "type": "error", "param": None, "code": code}}
    return lambda handler, _: handler.send_json(error, status, **headers)


def close_at_once(handler: Handler, _: dict[str, Any]) -> None:
    handler.close_connection = True
    handler.connection.close()


def half(handler: Handler, asked: dict[str, Any]) -> None:
    body = json.dumps(completion(told(asked))).encode()
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def drip(handler: Handler, asked: dict[str, Any]) -> None:
    body = json.dumps(completion(told(asked))).encode()
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    for byte in body:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.05)


def garbage(handler: Handler, _: dict[str, Any]) -> None:
    handler.send_text('{"choices": [}')


def no_choices(handler: Handler, _: dict[str, Any]) -> None:
    handler.send_json({**completion(""), "choices": []})


def _mean(url: str) -> list[int]:
    file = io.BytesIO(base64.b64decode(url.partition(",")[2]))
    red, green, blue = Image.open(file).convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return [red, green, blue]
