"""Put the resources under /api/v1, with bearer tokens and an OpenAPI document."""

import flask
from flask_smorest import Api
from flask_wtf.csrf import CSRFProtect

from webapp.api.v1 import (
    absences,
    access_record,
    administration,
    batches,
    board,
    cases,
    comparators,
    deadlines,
    demo,
    diagrams,
    exceptions,
    forecasts,
    incidents,
    instances,
    messages,
    migrations,
    plans,
    processes,
    reports,
    restrictions,
    returns,
    tasks,
    timers,
    waits,
    webhooks,
)
from webapp.auth import guard
from workflows.access import sign_in

READING = frozenset({"GET", "HEAD", "OPTIONS"})
RESOURCES = (
    processes.blueprint,
    instances.blueprint,
    tasks.blueprint,
    cases.blueprint,
    restrictions.blueprint,
    access_record.blueprint,
    plans.blueprint,
    comparators.blueprint,
    waits.blueprint,
    messages.blueprint,
    deadlines.blueprint,
    board.blueprint,
    timers.blueprint,
    incidents.blueprint,
    exceptions.blueprint,
    forecasts.blueprint,
    diagrams.blueprint,
    migrations.blueprint,
    reports.blueprint,
    administration.blueprint,
    webhooks.blueprint,
    batches.blueprint,
    absences.blueprint,
    returns.blueprint,
    demo.blueprint,
)


def register(app: flask.Flask, csrf: CSRFProtect) -> None:
    """Register every resource and the document that describes them."""
    app.config.update(
        API_TITLE="ehcflow",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {"description": "Run EHC assessments: tasks, cases, deadlines and timers."},
            "components": {
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            },
            "security": [{"token": []}],
        },
    )
    api = Api(app)
    app.before_request(_load_token)
    for each in RESOURCES:
        csrf.exempt(each)
        api.register_blueprint(each, url_prefix="/api/v1")
    for endpoint in app.view_functions:
        if endpoint.startswith("api-docs."):
            guard.ACCESS[endpoint] = guard.ANYONE


def _load_token() -> None:
    """Know who presents a token; the API knows no cookies."""
    if not flask.request.path.startswith("/api/v1/"):
        return
    flask.g.person = None
    given = flask.request.headers.get("Authorization", "")
    if given.startswith("Bearer "):
        here = guard.system()
        secret = given.removeprefix("Bearer ").strip()
        holder = sign_in.holder_of_token(here.engine, secret, here.now())
        if holder is None:
            return
        flask.g.person = holder.person
        if not holder.may_write and flask.request.method not in READING:
            flask.abort(403, "This token can only read. Make one that can change things.")
