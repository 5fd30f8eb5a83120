"""Serve the pages and the API."""

from typing import Any

import click
from gunicorn.app.base import BaseApplication

from engine.worker.scheduler import Worker
from webapp import settings as environment
from webapp.app import create_app
from webapp.wiring import system_of
from workflows.bootstrap import jobs
from workflows.senders import senders


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, told from here instead of from a file."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401
        """Make the application, in each process its own."""
        settings = environment.from_environment()
        return create_app(settings, system_of(settings))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Web processes.")
@click.option("--no-worker", is_flag=True, help="Timers and emails are left to “ehcflow worker”.")
def serve(host: str, port: int, workers: int, no_worker: bool) -> None:  # noqa: FBT001
    """Serve the pages and the API; timers and emails as well, unless told otherwise."""
    environment.from_environment()
    click.echo(f"Serving on http://{host}:{port} (stop with Ctrl+C)")
    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "threads": 8,
        "worker_class": "gthread",
        "graceful_timeout": 30,
        "timeout": 120,
        "accesslog": None,
        "loglevel": "warning",
        "control_socket_disable": True,
    }
    if not no_worker:
        options["post_worker_init"] = _start_worker
        options["worker_exit"] = _stop_worker
    _Server({name: value for name, value in options.items() if name in _known()}).run()


def _known() -> frozenset[str]:
    from gunicorn.config import KNOWN_SETTINGS  # noqa: PLC0415 (gunicorn fills it when asked)

    return frozenset(each.name for each in KNOWN_SETTINGS)


def _start_worker(process: Any) -> None:  # noqa: ANN401
    """Start a worker inside a web process; rows are claimed, so that any number may run."""
    settings = environment.from_environment()
    sending = senders(settings.smtp_url, settings.mail_from, settings.instance / "outgoing")
    system = system_of(settings)
    process.ehcflow_worker = Worker(system.executor, sending, system.now, jobs(system))
    process.ehcflow_worker.start()


def _stop_worker(server: object, process: Any) -> None:  # noqa: ANN401
    """Finish the unit of work at hand, then stop."""
    del server
    worker = getattr(process, "ehcflow_worker", None)
    if worker is not None:
        worker.stop()
