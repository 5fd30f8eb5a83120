"""For whoever operates ehcflow: is it alive, is it ready, what does it count."""

import hmac
from typing import Any, Final

import flask
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from engine.queries import operations
from webapp.auth import guard

blueprint: Final = flask.Blueprint("system", __name__)
HERE: Final = frozenset({"127.0.0.1", "::1"})


@blueprint.get("/health")
@guard.open_to_anyone
def health() -> dict[str, str]:
    """Say that the process is alive."""
    return {"status": "ok"}


@blueprint.get("/ready")
@guard.open_to_anyone
def ready() -> tuple[dict[str, Any], int]:
    """Say whether the database answers and has its diagrams."""
    try:
        count = operations.live_processes(guard.system().engine)
    except operations.DatabaseAway as away:
        return {"status": "unavailable", "detail": away.message}, 503
    if not count:
        return {
            "status": "unavailable",
            "detail": "No process is published. Run ehcflow init.",
        }, 503
    return {"status": "ok", "processes": count}, 200


@blueprint.get("/metrics")
@guard.open_to_anyone
def metrics() -> flask.Response:
    """Give Prometheus its figures: to this machine, or to whoever has the token."""
    token = flask.current_app.extensions["settings"].metrics_token
    given = flask.request.headers.get("Authorization", "").removeprefix("Bearer ")
    allowed = hmac.compare_digest(given, token) if token else flask.request.remote_addr in HERE
    if not allowed:
        flask.abort(404)
    registry = CollectorRegistry()
    here = guard.system()
    with here.read() as connection:
        figures = operations.figures(connection, here.now())
    for name, (text, value) in figures.items():
        Gauge(f"ehcflow_{name}", text, registry=registry).set(value)
    return flask.Response(generate_latest(registry), mimetype=CONTENT_TYPE_LATEST)
