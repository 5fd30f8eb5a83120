"""The plan: its overview, its sections, its versions, and what differs between them."""

from typing import Final
from uuid import UUID

import flask

from webapp.auth import guard
from webapp.pages.plan import look, presenters
from workflows.plan import compare as comparison, sections

blueprint: Final = flask.Blueprint("plan", __name__, url_prefix="/cases/<uuid:case_id>/plan")


@blueprint.get("")
@guard.requires()
def overview(case_id: UUID) -> str:
    """Show how the sections stand, what is to mend, and the golden thread."""
    page = look.at_plan(case_id, "overview")
    to_mend, to_check = presenters.split(page.problems)
    reads_all = page.readable == frozenset(sections.KINDS)
    newest = look.at_version(page, page.newest.number) if page.newest and reads_all else None
    return flask.render_template(
        "plan/overview.html",
        page=page,
        views=[
            presenters.section_view(page, kind)
            for kind in sections.ALL
            if kind.code in page.readable
        ],
        to_mend=to_mend,
        to_check=to_check,
        reads_all=reads_all,
        thread=presenters.thread(page.whole) if reads_all else [],
        changed=presenters.changed_since(page.whole, newest) if newest else [],
    )


@blueprint.get("/<section>")
@guard.requires()
def section(case_id: UUID, section: str) -> str:
    """Show a section of the working plan with its rows and comments."""
    page = look.at_plan(case_id, f"section {section[:2].upper()}")
    kind = look.at_section(page, section)
    return flask.render_template(
        "plan/section.html",
        page=page,
        view=presenters.section_view(page, kind),
        may_edit=kind.code in page.editable,
        proposed=page.proposed.get(kind.code, ()),
        comments=presenters.comments_on(page, kind.code, 0),
        neighbours=_neighbours(kind.code, page.readable),
    )


@blueprint.get("/versions")
@guard.requires()
def versions(case_id: UUID) -> str:
    """List what was issued."""
    page = look.at_plan(case_id, "versions")
    return flask.render_template(
        "plan/versions.html", page=page, choices=presenters.version_choices(page)
    )


@blueprint.get("/versions/<int:number>")
@guard.requires()
def version(case_id: UUID, number: int) -> str:
    """Show a version that was issued."""
    page = look.at_plan(case_id, f"version {number}")
    found = look.at_version(page, number)
    return flask.render_template(
        "plan/version.html",
        page=page,
        found=found,
        version=next((each for each in page.versions if each.number == number), None),
        views=[
            (
                presenters.bare_section(found.plan, kind),
                presenters.comment_count(page, kind.code, number),
            )
            for kind in sections.ALL
            if kind.code in found.shown
        ],
    )


@blueprint.get("/compare")
@guard.requires()
def compare(case_id: UUID) -> str:
    """Show what differs between two versions: by default the newest two."""
    page = look.at_plan(case_id, "comparison")
    choices = presenters.version_choices(page)
    known = [each["value"] for each in choices]
    chosen = [
        flask.request.args.get(name, known[place] if len(known) > 1 else "")
        for name, place in (("from", -2), ("to", -1))
    ]
    grouped, labels = [], []
    if set(chosen) <= set(known) and known:
        before, after = (look.at_version(page, int(each)) for each in chosen)
        shown = before.shown & after.shown
        found = comparison.compare(before.plan, after.plan, shown)
        grouped, labels = presenters.by_section(found, shown), [before.label, after.label]
    return flask.render_template(
        "plan/compare.html",
        page=page,
        choices=choices,
        chosen=chosen,
        grouped=grouped,
        labels=labels,
        tags=presenters.DIFFERENCES,
    )


def _neighbours(code: str, readable: frozenset[str]) -> tuple[str, str]:
    """Return the sections before and after, "" where there is none."""
    order = ["", *(each for each in sections.KINDS if each in readable), ""]
    place = order.index(code)
    return order[place - 1], order[place + 1]
