"""The lists behind numbers of the board that are no time limits: cases, exceptions, chasers."""

from typing import Any, Final

import flask

from webapp.auth import guard
from webapp.pages.board import presenters, quality
from webapp.presentation import dates, filtering
from workflows.access.people import MANAGER
from workflows.duties.tallying import Missing
from workflows.queries.board_cases import CaseWish, board_cases
from workflows.queries.board_chasers import board_chasers
from workflows.queries.board_choices import BoardChoices, board_choices
from workflows.queries.board_exceptions import ExceptionWish, board_exceptions
from workflows.rulebook import load

blueprint: Final = flask.Blueprint("board_lists", __name__, url_prefix=presenters.PATH)


@blueprint.get("/cases")
@guard.requires(MANAGER)
def cases() -> str:
    """Show the cases with a fact in some weeks, or those that lack something."""
    arguments = flask.request.args
    flaw = arguments.get("flaw", "")
    wish = CaseWish(
        fact=arguments.get("fact", ""),
        outcome=arguments.get("outcome", ""),
        since=filtering.day_of(arguments, "since"),
        until=filtering.day_of(arguments, "until"),
        flaw=flaw if flaw in set(Missing) else "",
        process=arguments.get("process", ""),
        area=arguments.get("area", ""),
    )
    with guard.system().read() as connection:
        names = board_choices(connection)
        found = board_cases(connection, guard.person(), wish, cursor=arguments.get("cursor"))
    rows = [
        {
            "case_id": each.case_id,
            "reference": each.reference,
            "initials": each.child_initials,
            "texts": (dates.long_date(each.on), each.stage, names.area.get(each.area, each.area)),
        }
        for each in found.page.items
    ]
    return _list(
        "cases",
        _heading(wish),
        columns=("Case", "On" if wish.fact else "Opened", "Stage", "Area"),
        rows=rows,
        found=found,
        names=names,
        words=("case", "cases"),
        back=presenters.path_of("flow" if wish.fact else "quality"),
    )


@blueprint.get("/exceptions")
@guard.requires(MANAGER)
def exceptions() -> str:
    """Show lawful exceptions with ground, evidence, who decided and when the family was told."""
    arguments = flask.request.args
    wish = ExceptionWish(
        by=presenters.filter_of(arguments),
        ground=arguments.get("ground", ""),
        told=arguments.get("told", ""),
        since=filtering.day_of(arguments, "since"),
    )
    grounds = load.current().grounds
    with guard.system().read() as connection:
        names = board_choices(connection)
        found = board_exceptions(connection, guard.person(), wish, cursor=arguments.get("cursor"))
    rows = [
        {
            "case_id": each.case_id,
            "reference": each.case_reference,
            "texts": (
                names.duty.get(each.duty, each.duty),
                grounds[each.ground].title if each.ground in grounds else each.ground,
                (
                    f"{dates.long_date(each.from_date)} to {dates.long_date(each.to_date)}: "
                    f"{each.reason}"
                ),
                f"{each.decided_by}, {dates.long_date(each.recorded_at)}",
                dates.long_date(each.told_family_on) or "Not yet",
            ),
        }
        for each in found.page.items
    ]
    return _list(
        "exceptions",
        "Lawful exceptions",
        columns=("Case", "Time limit", "Ground", "Evidence", "Decided by", "Family told"),
        rows=rows,
        found=found,
        names=names,
        words=("exception", "exceptions"),
        back=presenters.path_of("delays"),
    )


@blueprint.get("/chasers")
@guard.requires(MANAGER)
def chasers() -> str:
    """Show the chasers that went to a team or its members."""
    arguments = flask.request.args
    with guard.system().read() as connection:
        names = board_choices(connection)
        found = board_chasers(
            connection,
            guard.person(),
            arguments.get("team", ""),
            since=filtering.day_of(arguments, "since"),
            cursor=arguments.get("cursor"),
        )
    rows = [
        {
            "case_id": each.case_id,
            "reference": each.case_reference,
            "texts": (each.about, dates.moment(each.at)),
        }
        for each in found.page.items
    ]
    return _list(
        "chasers",
        "Chasers",
        columns=("Case", "About", "Sent"),
        rows=rows,
        found=found,
        names=names,
        words=("chaser", "chasers"),
        back=presenters.path_of("advice"),
    )


def _heading(wish: CaseWish) -> str:
    if wish.flaw:
        return quality.WORDS[Missing(wish.flaw)]
    kind = load.current().facts.get(wish.fact)
    return kind.title if kind else "Cases opened"


def _list(name: str, heading: str, *, found: Any, names: BoardChoices, **shown: Any) -> str:  # noqa: ANN401
    path, arguments = f"{presenters.PATH}/{name}", flask.request.args
    one, many = shown.pop("words")
    return flask.render_template(
        "board/list.html",
        heading=heading,
        path=path,
        total=found,
        one=one,
        many=many,
        tags=_tags(names, path),
        next_link=filtering.address(path, arguments, cursor=found.page.next_cursor or "")
        if found.page.next_cursor
        else "",
        **shown,
    )


def _tags(names: BoardChoices, path: str) -> list[filtering.Tag]:
    arguments = flask.request.args
    told = {"yes": "yes", "no": "no"}
    grounds = {code: each.title for code, each in load.current().grounds.items()}
    outcome = arguments.get("outcome", "")
    fields = [
        filtering.field(name, label, choices, arguments.get(name, ""))
        for name, label, choices in (
            ("process", "Process", names.process),
            ("duty", "Duty", names.duty),
            ("agency", "Agency", names.agency),
            ("team", "Team", names.team),
            ("area", "Area", names.area),
            ("ground", "Ground", grounds),
            ("told", "Family told", told),
            ("outcome", "Outcome", {outcome: outcome.replace("_", " ").capitalize()}),
        )
    ]
    found = filtering.tags(fields, arguments, path=path)
    found += filtering.day_tag("since", "Since", arguments, path=path)
    return found + filtering.day_tag("until", "Until", arguments, path=path)
