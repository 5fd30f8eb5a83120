"""Away for some days: deputies who can, no circles, and tasks that go and come back once."""

import datetime as dt
from uuid import UUID

import pytest

from engine import errors, ports
from engine.commands.assign_task import AssignTask
from engine.commands.save_draft import SaveDraft
from tests.support import many
from tests.support.county import BEGIN, County
from tests.support.many import ASHA, BRONWEN, TOM
from workflows.access.people import CASEWORK
from workflows.commands.begin_absence import BeginAbsence
from workflows.commands.end_absence import AbsenceOver, EndAbsence
from workflows.commands.finish_absence import FinishAbsence
from workflows.commands.set_absence import AwayAlready, SetAbsence
from workflows.stepping_in import absences
from workflows.store.absences import Deputy, NoSuchAbsence

TODAY = BEGIN.date()
FRIDAY = TODAY + dt.timedelta(days=4)
FOR_ASHA = (
    Deputy("sen_north", CASEWORK, TOM),
    Deputy("sen_south", CASEWORK, BRONWEN),
    Deputy("sen_coast", CASEWORK, BRONWEN),
)
FOR_TOM = (Deputy("sen_north", CASEWORK, ASHA),)


def away(
    county: County, person: str, deputies: tuple[Deputy, ...], by: str, **more: object
) -> UUID:
    given = {"from_date": TODAY, "to_date": FRIDAY, "reason": "Ill", **more}
    command = SetAbsence(person, deputies=deputies, **given)  # type: ignore[arg-type]
    county.system.execute(command, county.person(by))
    return command.absence_id


def look(county: County) -> int:
    return absences.look(county.system.executor)


def wrong(county: County, person: str, deputies: tuple[Deputy, ...], **more: object) -> set[str]:
    with pytest.raises(errors.Invalid) as refusal:
        away(county, person, deputies, "manager", **more)
    return set(refusal.value.errors)


def test_open_tasks_go_to_who_stands_in_and_come_back_unless_begun(county: County) -> None:
    back, begun, _ = many.ashas_tasks(county, 3)
    south = many.ashas_tasks(county, 1, area="south")[0]
    away(county, ASHA, FOR_ASHA, "casework")

    assert look(county) == 1
    assert look(county) == 0
    many.work_off(county)
    assert [many.task(county, each).assignee for each in (back, begun, south)] == [
        TOM,
        TOM,
        BRONWEN,
    ]
    county.system.execute(SaveDraft(begun, {}), county.person("casework2"))
    county.system.clock.move_to(BEGIN + dt.timedelta(days=4))
    assert look(county) == 0
    county.system.clock.move_to(BEGIN + dt.timedelta(days=5))
    assert look(county) == 1
    assert look(county) == 0
    many.work_off(county)

    assert [many.task(county, each).assignee for each in (back, begun, south)] == [ASHA, TOM, ASHA]
    assert county.problems() == []


def test_what_is_given_to_the_absent_goes_on_with_a_note_why(small_county: County) -> None:
    (found,) = many.ashas_tasks(small_county, 1)
    away(small_county, ASHA, FOR_ASHA, "manager", move_open=False)
    manager = small_county.person("manager")

    small_county.system.execute(AssignTask(found, TOM), manager)
    small_county.system.execute(AssignTask(found, ASHA), manager)

    row = many.task(small_county, found)
    assert row.assignee == TOM
    said = small_county.happened(row.subject_id, "TaskAssigned")[-1]["reason"]
    assert said == "Asha Patel is away until 9 January 2026; Tom Hargreaves stands in"


def test_the_deputys_deputy_stands_in_where_both_are_away(small_county: County) -> None:
    (found,) = many.ashas_tasks(small_county, 1, area="south")
    away(small_county, ASHA, FOR_ASHA, "manager", move_open=False)

    of_bronwen = (Deputy("sen_south", CASEWORK, ASHA), Deputy("sen_coast", CASEWORK, ASHA))
    circle = wrong(small_county, BRONWEN, of_bronwen)

    assert circle == {f"deputy.sen_south.{CASEWORK}", f"deputy.sen_coast.{CASEWORK}"}
    assert many.task(small_county, found).assignee == ASHA


def test_a_circle_is_refused_while_the_days_touch_and_only_then(small_county: County) -> None:
    away(small_county, ASHA, FOR_ASHA, "manager")

    assert wrong(small_county, TOM, FOR_TOM) == {f"deputy.sen_north.{CASEWORK}"}

    later = FRIDAY + dt.timedelta(days=1)
    away(small_county, TOM, FOR_TOM, "casework2", from_date=later, to_date=later)


@pytest.mark.parametrize(
    ("deputies", "more", "fields"),
    [
        (FOR_TOM, {"from_date": TODAY - dt.timedelta(days=1)}, {"from_date"}),
        (FOR_TOM, {"to_date": TODAY - dt.timedelta(days=1)}, {"to_date"}),
        (FOR_TOM, {"reason": " "}, {"reason"}),
        ((), {}, {f"deputy.sen_north.{CASEWORK}"}),
        ((Deputy("sen_north", CASEWORK, TOM),), {}, {f"deputy.sen_north.{CASEWORK}"}),
        ((Deputy("sen_north", CASEWORK, BRONWEN),), {}, {f"deputy.sen_north.{CASEWORK}"}),
        ((*FOR_TOM, Deputy("panel", "x", ASHA)), {}, {"deputy.panel.x"}),
    ],
    ids=["past", "backwards", "no reason", "nobody", "oneself", "no such role", "other team"],
)
def test_what_does_not_fit_is_refused_at_its_field(
    small_county: County, deputies: tuple[Deputy, ...], more: dict[str, object], fields: set[str]
) -> None:
    before = small_county.everything()

    assert wrong(small_county, TOM, deputies, **more) == fields
    assert small_county.everything() == before


def test_a_deputy_without_the_role_is_named_in_words(small_county: County) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        away(small_county, TOM, (Deputy("sen_north", CASEWORK, BRONWEN),), "casework2")

    (words,) = refusal.value.errors.values()
    assert words == (
        (
            "Bronwen Lewis does not do the work of SEN casework in SEN casework, North. "
            "Select a colleague who does"
        ),
    )


def test_who_is_in_no_team_cannot_be_stood_in_for(small_county: County) -> None:
    assert wrong(small_county, small_county.person("owner").id, ()) == {"person"}


def test_nobody_is_away_twice_at_once(small_county: County) -> None:
    away(small_county, TOM, FOR_TOM, "manager")

    with pytest.raises(AwayAlready):
        away(small_county, TOM, FOR_TOM, "manager")


def test_whoever_is_back_earlier_gets_their_tasks_back(small_county: County) -> None:
    (found,) = many.ashas_tasks(small_county, 1)
    absence = away(small_county, ASHA, FOR_ASHA, "casework")
    look(small_county)
    many.work_off(small_county)
    asha = small_county.person("casework")

    with pytest.raises(NoSuchAbsence):
        small_county.system.execute(EndAbsence(absence, TOM), small_county.person("manager"))
    small_county.system.execute(EndAbsence(absence, ASHA), asha)
    many.work_off(small_county)

    assert many.task(small_county, found).assignee == ASHA
    with pytest.raises(AbsenceOver):
        small_county.system.execute(EndAbsence(absence, ASHA), asha)


def test_what_has_not_begun_is_cancelled(small_county: County) -> None:
    later = FRIDAY + dt.timedelta(days=7)
    absence = away(small_county, TOM, FOR_TOM, "casework2", from_date=FRIDAY, to_date=later)
    assert look(small_county) == 0
    small_county.system.execute(BeginAbsence(absence), ports.SYSTEM)  # too early: does nothing
    small_county.system.execute(FinishAbsence(absence), ports.SYSTEM)

    small_county.system.execute(EndAbsence(absence, TOM), small_county.person("casework2"))

    small_county.system.clock.move_to(BEGIN + dt.timedelta(days=5))
    assert look(small_county) == 0


def test_an_absence_that_no_worker_saw_is_over(small_county: County) -> None:
    (found,) = many.ashas_tasks(small_county, 1)
    away(small_county, ASHA, FOR_ASHA, "casework")
    small_county.system.clock.move_to(BEGIN + dt.timedelta(days=30))

    assert (look(small_county), look(small_county)) == (1, 0)
    assert many.task(small_county, found).assignee == ASHA
