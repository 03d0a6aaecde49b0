"""``chat``: serve the page."""

import typer

from ui.cli.output import note, settings


def register(app: typer.Typer) -> None:
    app.command()(chat)


def chat(
    host: str | None = typer.Option(None, "--host", help="Address to bind (default 127.0.0.1)."),
    port: int | None = typer.Option(None, "--port", help="Port (default 7860)."),
) -> None:
    """Open the chat over the indexed folder."""
    from rag.build import build_engine
    from ui.server import bind, serve

    chosen = settings(host=host, port=port)
    # A taken port is found out before seconds go into loading models.
    bind(chosen.host, chosen.port).close()
    engine = build_engine(chosen)
    try:
        if engine.notice:
            note(engine.notice)
        serve(
            engine,
            host=chosen.host,
            port=chosen.port,
            examples=chosen.examples,
            corpus_label=engine.corpus_label,
            password=chosen.password.get_secret_value(),
            on_ready=lambda address: typer.echo(
                f"Pincite answers at {address} from {engine.corpus_label} (Ctrl-C ends it)"
            ),
        )
    finally:
        engine.close()
