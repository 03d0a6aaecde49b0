"""Serves the pages: one FastAPI app, Gradio mounted at its root, run by uvicorn."""

import asyncio
import contextlib
import errno
import logging
import os
import signal
import socket
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn
from fastapi import FastAPI

from index.errors import PinciteError, UsageError
from ui.context import Context
from ui.downloads import add_downloads
from ui.early import Early
from ui.language import Speaking
from ui.login import add_login
from ui.security import is_loopback, secure
from ui.static_files import head
from ui.type_stubs import without_type_stubs
from ui.word_files import add_words

GRACE_S = 1
NO_DOCS: dict[str, Any] = {"docs_url": None, "redoc_url": None, "openapi_url": None}


def check_address(host: str, password: str) -> None:
    """Raise ``UsageError`` for a bind other machines can reach without a password."""
    if not password and not is_loopback(host):
        raise UsageError(
            f"host {host} can be reached from other machines and there is no password; "
            "set one (PINCITE_PASSWORD, or password in pincite.toml), or use 127.0.0.1"
        )


def serve(
    context: Context,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    on_ready: Callable[[str], None],
    password: str = "",
) -> None:
    """Serve the app until interrupted; ``on_ready`` gets the address once it answers.

    Raises what ``check_address`` and ``bind`` raise, before anything heavy is imported. The engine
    is the caller's to close.
    """
    check_address(host, password)
    with bind(host, port) as listener:
        app = build_app(context, host, listener.getsockname()[1], password)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_S,
        )
        server = _Server(config, lambda: on_ready(address(host, listener.getsockname()[1])))
        try:
            # Uvicorn raises what ended it again, once it has ended.
            with contextlib.suppress(KeyboardInterrupt), _terminated_as_interrupted():
                server.run(sockets=[listener])
        finally:
            context.close()


@contextlib.contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """A polite kill ends the program as Ctrl-C does, so that all is closed in order."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address, so that nobody takes it while the page is being built."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            # Lets a restart reuse the port at once; elsewhere it would let two servers share it.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host.strip("[]"), port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PinciteError(
                f"port {port} on {host} is taken by another program; choose another with --port"
            ) from error
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    except OverflowError as error:
        listener.close()
        raise UsageError(f"port {port} is not between 0 and 65535") from error
    return listener


def address(host: str, port: int) -> str:
    """The address to open in a browser."""
    bare = host.strip("[]")
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(bare, f"[{bare}]" if ":" in bare else bare)
    return f"http://{shown}:{port}/"


def build_app(context: Context, host: str, port: int, password: str) -> FastAPI:
    """The whole web application, not yet served."""
    # Read by Gradio and the Hub client while they are imported, hence before ``_mount``.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    app = FastAPI(title="Pincite", **NO_DOCS)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    add_downloads(app, context)
    add_words(app)
    if password:
        add_login(app, password, port)
    app.add_middleware(Early)
    secure(app, host)
    app.add_middleware(Speaking)
    with warnings.catch_warnings():
        # Gradio tells each app of several pages that it renders them in the browser.
        warnings.filterwarnings("ignore", message="SSR mode")
        _mount(app, context, host, port)
    return app


def _mount(app: FastAPI, context: Context, host: str, port: int) -> None:
    with without_type_stubs():
        import gradio as gr

    from ui.app import build_app_pages, theme

    gr.mount_gradio_app(
        app,
        build_app_pages(context),
        "/",
        server_name=host,
        server_port=port,
        app_kwargs=NO_DOCS,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        theme=theme(),
        # Not the css argument: Gradio rewrites its selectors, and applies it late.
        head=head(),
        max_file_size=1,
    )


class _Server(uvicorn.Server):
    """Tells when it answers, which uvicorn only logs, and ends without noise."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            await asyncio.to_thread(self._on_started)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Open pages hold connections that are cut now; uvicorn reports each with a traceback.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)
