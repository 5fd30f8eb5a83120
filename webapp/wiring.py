"""Make the system of the settings, for the command line and the web server alike."""

from engine import ports
from engine.worker.scheduler import Worker
from webapp.jobs import jobs
from webapp.settings import Settings
from workflows import bootstrap
from workflows.bootstrap import System
from workflows.commands.record_delivery import RecordDelivery
from workflows.notifier.choose import senders
from workflows.store import webhooks
from workflows.webhooks.sender import Attempt, Ways, WebhookSender


def system_of(settings: Settings) -> System:
    """Return the system on the settings' database; its folder is made where it is missing."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    return bootstrap.build(settings.database_url, settings.documents_url, demo=settings.demo)


def worker_of(settings: Settings) -> Worker:
    """Return a worker on the settings' database, with all that the domain wants done."""
    system = system_of(settings)
    return Worker(
        system.executor,
        senders(settings.mail),
        system.now,
        jobs=jobs(system, settings.site_url),
        apart={webhooks.KIND: webhook_sender(system, settings)},
    )


def webhook_sender(system: System, settings: Settings) -> WebhookSender:
    """Return what sends webhooks, and keeps their log."""
    ways = Ways(settings.site_url, settings.webhook_test_hosts)

    def attempted(attempt: Attempt) -> None:
        system.execute(RecordDelivery(attempt), ports.SYSTEM)

    return WebhookSender(system.engine, system.now, ways, attempted)
