"""The diagrams that are delivered: a case can move from wherever it stands."""

from uuid import UUID

import sqlalchemy as sa

from engine import rehearsal
from engine.commands.plan_migration import PlanMigration
from engine.commands.publish_definitions import PublishDefinitions
from engine.rehearsal import Fate
from engine.store.tables import instances
from tests.support.county import County
from workflows import bootstrap


def test_a_case_could_move_at_each_step_of_its_way(small_county: County) -> None:
    """With advice gathered by several at once, settings consulted, and a plan issued."""
    case_id = small_county.open_case()
    instance_id = running(small_county, case_id)
    data = (bootstrap.DIAGRAMS / "ehc_assessment.bpmn").read_bytes()
    files = {"ehc_assessment.bpmn": data.replace(b"Collate the evidence", b"Collate all of it")}
    small_county.system.execute(PublishDefinitions(files, "A name"), small_county.person("owner"))
    command = PlanMigration("ehc_assessment", 1)
    small_county.system.execute(command, small_county.person("owner"))
    met = []

    for _ in range(60):
        rows = [row for row in small_county.open_tasks(case_id) if row.instance_id == instance_id]
        if not rows:
            break
        (case,) = rehearsal.rehearse(
            small_county.system.executor, command.migration_id, [instance_id]
        )
        assert case.fate in {Fate.UNCHANGED, Fate.MOVES}, case.reason
        assert len(case.tasks) == len(rows)
        assert {each.became for each in case.clocks} <= {"kept"}
        met.append(rows[0].element_id)
        small_county.complete_row(rows[0])

    assert {"collate_evidence", "give_advice", "finalise_plan"} & set(met)
    assert len(met) > 10


def running(county: County, case_id: UUID) -> UUID:
    with county.system.read() as connection:
        statement = sa.select(instances.c.id).where(instances.c.subject_id == case_id)
        found: UUID = connection.execute(statement).scalar_one()
        return found
