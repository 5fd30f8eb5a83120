"""Comparators: published statistics are loaded, neighbours chosen, and lines drawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from webapp.pages.comparators import presenters
from webapp.presentation import problem
from workflows.access.people import MANAGER
from workflows.commands.choose_comparators import MOST, ChooseComparators
from workflows.commands.load_statistics import LoadStatistics, StatisticsFile
from workflows.queries import comparator_lines as lines
from workflows.queries.statistics_areas import statistics_areas
from workflows.queries.statistics_loaded import statistics_loaded
from workflows.statistics import published_file
from workflows.statistics.measures import KINDS

blueprint: Final = flask.Blueprint("comparators", __name__, url_prefix="/comparators")
FILES: Final = 20  # in one upload


@blueprint.get("")
@guard.requires(MANAGER)
def show() -> str:
    """Draw a measure of England, the region, the neighbours and one's own area."""
    measure = presenters.measure_of(flask.request.args)
    with guard.system().read() as connection:
        loaded = statistics_loaded(connection)
        choice = lines.choice(connection)
        found = lines.comparator_lines(connection, measure.code)
    return flask.render_template(
        "comparators/show.html",
        loaded=loaded,
        choice=choice,
        measure=measure,
        chart=presenters.chart(found, measure),
        measures=presenters.measures(measure),
        guesses=presenters.guesses(guard.system()),
    )


@blueprint.get("/load")
@guard.requires(MANAGER)
def ask_load() -> str:
    """Ask for files, and say which are taken."""
    return _load_page()


@blueprint.post("/load")
@guard.requires(MANAGER)
def load() -> Response | tuple[str, int]:
    """Load all files that are sent, or none."""
    here = guard.system()
    try:
        with _sent() as files:
            here.execute(LoadStatistics(files), guard.person())
    except (errors.Invalid, errors.Conflict) as refusal:
        return _load_page(refusal), problem.status_of(refusal)
    count = f"{len(files)} {'file is' if len(files) == 1 else 'files are'}"
    flask.flash(f"{count} loaded. What is there now stands below.", "success")
    return flask.redirect(flask.url_for("comparators.show", _anchor="loaded"), 303)


@blueprint.get("/choose")
@guard.requires(MANAGER)
def ask_choose() -> str:
    """Ask which authority this is, and with whom it compares itself."""
    return _choose_page()


@blueprint.post("/choose")
@guard.requires(MANAGER)
def choose() -> Response | tuple[str, int]:
    """Keep the choice."""
    form = flask.request.form
    command = ChooseComparators(form.get("own", ""), tuple(form.getlist("neighbours")))
    try:
        guard.system().execute(command, guard.person())
    except errors.Invalid as refusal:
        return _choose_page(refusal), problem.status_of(refusal)
    flask.flash("Your comparators are kept.", "success")
    return flask.redirect(flask.url_for("comparators.show"), 303)


@contextmanager
def _sent() -> Iterator[tuple[StatisticsFile, ...]]:
    """Give the files that were sent, written out so that they are read line by line."""
    uploads = [each for each in flask.request.files.getlist("files") if each.filename]
    if len(uploads) > FILES:
        raise published_file.refuse([f"Choose at most {FILES} files at once"])
    with TemporaryDirectory(prefix="ehcflow-statistics-") as folder:
        files = []
        for number, upload in enumerate(uploads):
            path = Path(folder) / f"{number}.csv"
            upload.save(path)
            name = Path(str(upload.filename).replace("\\", "/")).name
            files.append(StatisticsFile(name[:200], path))
        yield tuple(files)


def _load_page(refusal: errors.Refused | None = None) -> str:
    messages: tuple[str, ...] = ()
    if refusal is not None:
        messages = refusal.errors.get("files", (refusal.message,))
    return flask.render_template("comparators/load.html", messages=messages, kinds=KINDS)


def _choose_page(refusal: errors.Refused | None = None) -> str:
    with guard.system().read() as connection:
        areas = statistics_areas(connection)
        choice = lines.choice(connection)
    form = flask.request.form if refusal else None
    return flask.render_template(
        "comparators/choose.html",
        areas=areas,
        own=presenters.own_items(areas, form.get("own", "") if form else choice.own),
        neighbours=presenters.neighbour_items(
            areas, form.getlist("neighbours") if form else choice.neighbours
        ),
        errors=refusal.errors if refusal else {},
        error_list=presenters.error_list(refusal),
        most=MOST,
    )
