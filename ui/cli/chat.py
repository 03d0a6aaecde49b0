"""``chat``: serve the page."""

from pathlib import Path
from threading import Thread

import typer

from rag.settings import Settings
from ui.cli.library import CATALOG_FILE
from ui.cli.output import note, say, settings


def register(app: typer.Typer) -> None:
    app.command()(chat)


def chat(
    host: str | None = typer.Option(
        None,
        "--host",
        help="Address to bind (default 127.0.0.1); any but loopback needs PINCITE_PASSWORD.",
    ),
    port: int | None = typer.Option(None, "--port", help="Port (default 7860)."),
) -> None:
    """Open the chat over the indexed folder."""
    from index.begin import begin_index
    from index.page_images import render_page
    from rag.build import build_embedder, build_engine, change_model
    from rag.warming import warm
    from ui import preferences
    from ui.context import Context
    from ui.page_view import PageImages
    from ui.server import bind, check_address, serve

    chosen = settings(host=host, port=port)
    password = chosen.password.get_secret_value()
    check_address(chosen.host, password)
    # A taken port is found out before seconds go into loading models.
    bind(chosen.host, chosen.port).close()
    if not (chosen.state / CATALOG_FILE).exists():
        # Whoever starts with the page adds and reads documents there.
        begin_index(chosen.state, chosen.corpus, build_embedder(chosen))
    engine = build_engine(preferences.in_force(chosen))

    def ready(address: str) -> None:
        say(f"Pincite answers at {address} from {engine.corpus_label} (Ctrl-C ends it)")
        # The first search loads the embedder: nobody should wait for that.
        Thread(target=warm, args=[engine], daemon=True).start()

    pages = PageImages(engine.corpus, engine, render_page) if engine.corpus else None
    try:
        if engine.notice:
            note(engine.notice)
        serve(
            Context(
                engine,
                for_folder(chosen, engine.corpus),
                engine.corpus_label,
                filters=True,
                page_images=pages,
                change_model=lambda settings: change_model(engine, settings),
            ),
            host=chosen.host,
            port=chosen.port,
            password=password,
            on_ready=ready,
        )
    finally:
        engine.close()


def for_folder(settings: Settings, served: Path | None) -> Settings:
    """The settings, without examples where they ask about another folder than the one served."""
    if served is None or served.resolve() == settings.corpus.resolve():
        return settings
    return settings.model_copy(update={"examples": ()})
