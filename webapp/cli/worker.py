"""Work off timers and outgoing messages."""

import signal
import threading

import click

from webapp import settings as environment
from webapp.wiring import worker_of


@click.command()
def worker() -> None:
    """Fire timers and send messages until told to stop; run as many as wanted."""
    settings = environment.from_environment()
    running = worker_of(settings)
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    running.start()
    click.echo("Working off timers and messages (stop with Ctrl+C)")
    told.wait()
    running.stop()
