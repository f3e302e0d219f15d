"""The server of the page: on the loopback address only, and below a path that nobody can guess."""

from __future__ import annotations

import json
import mimetypes
import secrets
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recaption import urls
from recaption.clip import Clip
from recaption.errors import ClipError, RunError, UsageError
from recaption.review import preview
from recaption.review.reviews import Reviews, StaleError
from recaption.video.workers import DecodePool

HOST = "127.0.0.1"
PAGE = Path(__file__).parent / "page"
TOKEN_BYTES = 16

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""The page runs its own script and nothing else, and tells its address to nobody."""

DECODING_SECONDS = 30.0

_GRACE_SECONDS = 1


def serve(reviews: Reviews, title: str, port: int, say: Callable[[str], object]) -> None:
    """Serve the page until somebody presses Ctrl-C.

    Args:
        title: what the page says that it shows.
        port: 0 for a free one.
        say: is told the page's address.

    Raises:
        RunError: the port is taken.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    config = uvicorn.Config(
        app(reviews, title, token), HOST, port, log_level="critical", timeout_graceful_shutdown=_GRACE_SECONDS
    )
    server = uvicorn.Server(config)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # uvicorn sees to Ctrl-C and SIGTERM itself; an exception in the middle of an answer would be lost in it.
    signal.signal(signal.SIGHUP, server.handle_exit)
    try:
        socket = config.bind_socket()
    except SystemExit:
        raise RunError(f"port {port} cannot be taken; --port 0 takes a free one") from None
    socket.listen()  # so that the address can be opened the moment it is told
    with suppress(KeyboardInterrupt):
        say(f"http://{HOST}:{socket.getsockname()[1]}/{token}/")
        server.run(sockets=[socket])


def app(reviews: Reviews, title: str, token: str) -> Starlette:
    """The page and what it asks for, below `/token/`."""
    pages = _Pages(reviews, title)
    routes = [
        Route("/overview", pages.overview),
        Route("/captions", pages.listed),
        Route("/captions/{id}", pages.one),
        Route("/captions/{id}/verdict", pages.judge, methods=["PUT"]),
        Route("/clips/{id}", pages.clip),
        Route("/clips/{id}/preview", pages.preview),
        Mount("/", StaticFiles(directory=PAGE, html=True)),
    ]
    guards = [Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"]), Middleware(_Headers)]
    below = [Mount(f"/{token}", routes=routes)]
    return Starlette(routes=below, middleware=guards, exception_handlers={RunError: _busy}, lifespan=_decoding)


@asynccontextmanager
async def _decoding(app: Starlette) -> AsyncIterator[None]:
    async with DecodePool(1, DECODING_SECONDS) as pool:
        app.state.pool = pool
        yield


class _Pages:
    def __init__(self, reviews: Reviews, title: str) -> None:
        self.reviews = reviews
        self.title = title

    def overview(self, request: Request) -> Response:
        return _json({"title": self.title, **self.reviews.overview()})

    def listed(self, request: Request) -> Response:
        try:
            return _json(self.reviews.listed(**request.query_params))
        except (UsageError, TypeError) as error:
            raise HTTPException(400, str(error)) from None

    def one(self, request: Request) -> Response:
        row = self.reviews.one(request.path_params["id"])
        if row is None:
            raise HTTPException(404, "no such caption")
        return _json(row)

    async def judge(self, request: Request) -> Response:
        id = request.path_params["id"]
        try:
            said = await request.json()
            words = {name: str(said[name]) for name in ("seen", "caption") if name in said}
            await run_in_threadpool(self.reviews.judge, id, said["verdict"], **words)
        except StaleError as error:
            raise HTTPException(409, str(error)) from None
        except (UsageError, ValueError, TypeError, KeyError) as error:
            raise HTTPException(400, str(error)) from None
        return await run_in_threadpool(self.one, request)

    def clip(self, request: Request) -> Response:
        path = self._clip(request).path
        if urls.is_url(path):
            raise HTTPException(404, "the clip is no file of this machine; there is a preview of it")
        kind = mimetypes.guess_type(path)[0] or ""
        return FileResponse(path, media_type=kind if kind.startswith("video/") else "application/octet-stream")

    async def preview(self, request: Request) -> Response:
        clip = await run_in_threadpool(self._clip, request)
        try:
            frames = await preview.decoded(request.app.state.pool, clip)
            film = await run_in_threadpool(preview.encoded, frames)
        except ClipError as error:
            raise HTTPException(404, str(error)) from None
        return Response(film, media_type="video/mp4")

    def _clip(self, request: Request) -> Clip:
        clip = self.reviews.clip(request.path_params["id"])
        if clip is None or clip.size < 0:
            raise HTTPException(404, "the clip is not there any more")
        return clip


def _busy(request: Request, error: Exception) -> Response:
    return PlainTextResponse(str(error), 503)


class _Headers:
    """Puts HEADERS on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] += [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _json(value: Any) -> Response:
    return Response(json.dumps(value), media_type="application/json")
