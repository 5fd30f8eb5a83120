"""What can be set, from the environment; each setting is described in the README."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workflows.notifier.choose import MailSettings, Notifier

NOTIFY_KEY = re.compile(r"[0-9a-f-]{36}-[0-9a-f-]{36}$")  # of the service, and its secret
TRUE = frozenset({"1", "true", "yes", "on"})


class BadSettings(Exception):
    """A setting is missing or wrong: which, and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations.

    Attributes:
        database_url: SQLite or PostgreSQL, as SQLAlchemy writes addresses.
        documents_url: Where documents are kept, as fsspec writes addresses.
        secret_key: Signs forms against forgery.
        demo: Demo people, a movable clock, no secrets needed.
        secure_cookies: Cookies travel over HTTPS only.
        metrics_token: Who presents it may read /metrics; empty: only from this machine.
        smtp_url: smtp://user:password@host:port, where emails leave by a mail server.
        notifier: Which way emails leave, see `mail`; empty: by what else is set.
        notify_key, notify_template, notify_url: For GOV.UK Notify.
        site_url: Where people reach the pages; stands in emails.
        webhook_test_hosts: Hosts ("name:port") to which webhooks may be sent although they stand
            inside, and without TLS; for tests alone.
        instance: Folder for the database, documents and emails of an embedded installation.
    """

    database_url: str
    documents_url: str
    secret_key: str
    demo: bool
    secure_cookies: bool
    metrics_token: str
    smtp_url: str
    mail_from: str
    instance: Path
    notifier: str = ""
    notify_key: str = field(default="", repr=False)
    notify_template: str = ""
    notify_url: str = ""
    site_url: str = "http://localhost:8000"
    webhook_test_hosts: frozenset[str] = frozenset()

    @property
    def mail(self) -> MailSettings:
        """How emails leave: as `notifier` says; else by Notify or a mail server, where one is set."""
        by_default = Notifier.SMTP if self.smtp_url else Notifier.FOLDER
        if self.notify_key:
            by_default = Notifier.NOTIFY
        return MailSettings(
            notifier=Notifier(self.notifier) if self.notifier else by_default,
            smtp_url=self.smtp_url,
            mail_from=self.mail_from,
            folder=self.instance / "outgoing",
            notify_key=self.notify_key,
            notify_template=self.notify_template,
            notify_url=self.notify_url,
        )


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings.

    Raises:
        BadSettings: outside a demo, the secret key is missing or too short; or how emails leave is
            not clear.
    """
    instance = Path(environment.get("EHCFLOW_INSTANCE", "instance")).absolute()
    demo = environment.get("EHCFLOW_DEMO", "").lower() in TRUE
    found = Settings(
        database_url=environment.get(
            "EHCFLOW_DATABASE_URL", f"sqlite:///{instance}/ehcflow.sqlite3"
        ),
        documents_url=environment.get("EHCFLOW_DOCUMENTS_URL", f"file://{instance}/documents"),
        secret_key=_secret(environment, instance, demo=demo),
        demo=demo,
        secure_cookies=environment.get("EHCFLOW_SECURE_COOKIES", "0" if demo else "1").lower()
        in TRUE,
        metrics_token=environment.get("EHCFLOW_METRICS_TOKEN", ""),
        smtp_url=environment.get("EHCFLOW_SMTP_URL", ""),
        mail_from=environment.get("EHCFLOW_MAIL_FROM", "ehcflow@localhost"),
        instance=instance,
        notifier=environment.get("EHCFLOW_NOTIFIER", "").lower(),
        notify_key=environment.get("EHCFLOW_NOTIFY_KEY", ""),
        notify_template=environment.get("EHCFLOW_NOTIFY_TEMPLATE", ""),
        notify_url=environment.get("EHCFLOW_NOTIFY_URL", ""),
        site_url=environment.get("EHCFLOW_SITE_URL", "http://localhost:8000").rstrip("/"),
        webhook_test_hosts=frozenset(
            environment.get("EHCFLOW_WEBHOOK_TEST_HOSTS", "").lower().replace(",", " ").split()
        ),
    )
    _refuse_unclear_mail(found)
    return found


def _refuse_unclear_mail(settings: Settings) -> None:
    if settings.notifier and settings.notifier not in set(Notifier):
        raise BadSettings(f"EHCFLOW_NOTIFIER must be one of {', '.join(Notifier)}.")
    way = settings.mail.notifier
    if way is Notifier.SMTP and not settings.smtp_url:
        raise BadSettings("Set EHCFLOW_SMTP_URL, since EHCFLOW_NOTIFIER is “smtp”.")
    if way is Notifier.NOTIFY and not (settings.notify_key and settings.notify_template):
        raise BadSettings("GOV.UK Notify needs EHCFLOW_NOTIFY_KEY and EHCFLOW_NOTIFY_TEMPLATE.")
    if way is Notifier.NOTIFY and not NOTIFY_KEY.search(settings.notify_key):
        raise BadSettings("EHCFLOW_NOTIFY_KEY is no API key of GOV.UK Notify.")


def _secret(environment: Mapping[str, str], instance: Path, *, demo: bool) -> str:
    """Return the secret key; a demo makes its own once, so that all its processes share it."""
    given = environment.get("EHCFLOW_SECRET_KEY", "")
    if given and len(given) < 32:  # noqa: PLR2004 (256 bits as hexadecimal are 64)
        raise BadSettings("EHCFLOW_SECRET_KEY must have at least 32 characters.")
    if given:
        return given
    if not demo:
        raise BadSettings(
            "Set EHCFLOW_SECRET_KEY to a long random text, for example the output of "
            "“openssl rand -hex 32”. (EHCFLOW_DEMO=1 starts a demo without one.)"
        )
    instance.mkdir(parents=True, exist_ok=True)
    path = instance / "demo-secret"
    if not path.exists():
        path.write_text(secrets.token_hex(32), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8")
