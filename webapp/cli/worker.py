"""Work off timers and outgoing messages."""

import signal
import threading

import click

from engine.worker.scheduler import Worker
from webapp import settings as environment
from webapp.wiring import system_of
from workflows.bootstrap import jobs
from workflows.senders import senders


@click.command()
def worker() -> None:
    """Fire timers and send messages until told to stop; run as many as wanted."""
    settings = environment.from_environment()
    sending = senders(settings.smtp_url, settings.mail_from, settings.instance / "outgoing")
    system = system_of(settings)
    running = Worker(system.executor, sending, system.now, jobs(system))
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    running.start()
    click.echo("Working off timers and messages (stop with Ctrl+C)")
    told.wait()
    running.stop()
