"""Make the application: extensions, pages, API, error pages and headers; nothing else."""

import datetime as dt
import secrets
import uuid
from typing import Any, Final

import flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import error_pages
from webapp.api.v1 import blueprint as api
from webapp.auth import guard
from webapp.forms import read
from webapp.pages import ALL
from webapp.presentation import (
    absences,
    conditions,
    dates,
    delivery,
    problem,
    sections,
    tags,
)
from webapp.settings import Settings
from workflows import bootstrap
from workflows.access import glass
from workflows.access.people import (
    ADMIN,
    CASEWORK,
    COMMISSIONING,
    FAMILY,
    MANAGER,
    OWNER,
    PANEL,
)
from workflows.agencies import choices
from workflows.bootstrap import System
from workflows.calendar import london

UPLOAD_LIMIT: Final = 26_000_000  # bytes: a document and the form around it


def create_app(settings: Settings, system: System | None = None) -> flask.Flask:
    """Return the application.

    Args:
        settings: Where things are, and which secrets.
        system: What it serves; made from the settings where none is given.
    """
    app = flask.Flask("webapp", static_folder="static/dist", static_url_path="/static")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=UPLOAD_LIMIT,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="ehcflow_form",
        WTF_CSRF_TIME_LIMIT=8 * 3600,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.extensions["ehcflow"] = system or bootstrap.build(
        settings.database_url, settings.documents_url, demo=settings.demo
    )
    app.extensions["settings"] = settings
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    _prepare_templates(app)
    app.before_request(_begin)
    app.before_request(guard.load_person)
    csrf = CSRFProtect(app)  # after the above: its refusal is a page as well
    app.after_request(_finish)
    for blueprint in ALL:
        app.register_blueprint(blueprint)
    api.register(app, csrf)
    error_pages.register(app)  # last: flask-smorest would answer errors in a shape of its own
    return app


def _prepare_templates(app: flask.Flask) -> None:
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("webapp"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.filters.update(
        long_date=dates.long_date,
        moment=dates.moment,
        date_parts=read.date_parts,
        to_go=lambda value: dates.days_to_go(value, _today()),
        ago=lambda value: dates.ago(value, _today()),
        deadline_tag=tags.deadline_tag,
        standing_tag=tags.standing_tag,
        shown_by=conditions.shown_by,
        case_tag=tags.case_tag,
        delivery=delivery.of_notice,
        has_failed=delivery.has_failed,
        people_items=absences.options,
        option_items=lambda options: [{"value": value, "text": text} for value, text in options],
    )
    app.jinja_env.globals.update(
        csp_nonce=lambda: flask.g.nonce,
        navigation=_navigation,
        section_pages=_section_pages,
        asset=lambda name: flask.url_for("static", filename=name),
        group_classes=tags.GROUP_CLASSES,
        away=absences.away,
        error_items=problem.error_items,
    )
    app.context_processor(_common)


def _today() -> dt.date:
    return london.local_date(guard.system().now())


def _common() -> dict[str, Any]:
    here, person = guard.system(), flask.g.get("person")
    with here.read() as connection:
        name = choices.authority_name(connection)
        alerts = glass.unacknowledged(connection, person.id) if person else 0
    return {
        "glass_alerts": alerts,
        "authority_name": name or "ehcflow",
        "demo_now": here.now() if here.demo else None,
        "person": person,
    }


def _navigation() -> list[dict[str, Any]]:
    """Return the main navigation for whoever is signed in."""
    person = flask.g.get("person")
    if person is None:
        return []
    links = [("My tasks", "/tasks"), ("Cases", "/cases"), ("Timers", "/timers")]
    if person.roles & {CASEWORK, MANAGER, "education_setting"}:
        links.append(("Start a request", "/start"))
    if person.roles & {CASEWORK, PANEL, MANAGER}:
        links.append(("Registers", "/registers"))
    elif COMMISSIONING in person.roles:
        links.append(("Phased duties", "/phased-duties"))
    if person.roles - {FAMILY}:
        links.append(("Duties", "/duties"))
    if person.roles & {OWNER, MANAGER}:
        links.append(("Diagrams", "/diagrams"))
    if person.roles & {ADMIN, OWNER}:
        links.append(("Templates", "/templates"))
    path = flask.request.path
    links += sections.entrances(person, path)
    links.append((person.name, "/account"))
    return [
        {"href": href, "text": text, "active": path == href or path.startswith(f"{href}/")}
        for text, href in links
    ]


def _section_pages(name: str) -> list[dict[str, object]]:
    """Return the pages of the section that is called `name`, for whoever is signed in."""
    section = {"managing": sections.MANAGING, "administering": sections.ADMINISTERING}[name]
    return sections.pages(section, flask.g.get("person"), flask.request.path)


def _begin() -> None:
    flask.g.nonce = secrets.token_urlsafe(16)
    flask.g.request_id = uuid.uuid4().hex[:12]


def _finish(response: flask.Response) -> flask.Response:
    nonce = flask.g.get("nonce", "")
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        f"script-src 'self' 'nonce-{nonce}'; style-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    by_link = flask.request.path.startswith(
        ("/l/", "/invitation/")
    )  # the address is a secret: it goes nowhere
    response.headers["Referrer-Policy"] = "no-referrer" if by_link else "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    response.headers["X-Request-ID"] = flask.g.get("request_id", "")
    if flask.request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if not flask.request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-store"
    return response
