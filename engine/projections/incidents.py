"""The rows of steps that failed."""

from engine import changes
from engine.store.tables import incidents
from engine.unit_of_work import Work


def project(work: Work) -> None:
    """Write incidents raised and resolved; those of an instance that ends are no longer wanted."""
    rows = [
        {
            "id": each.incident_id,
            "instance_id": each.instance_id,
            "subject_id": work.subject_of(each),
            "token_id": each.token_id,
            "process_key": each.process_key,
            "element_id": each.element_id,
            "name": each.name,
            "message": each.message,
            "raised_at": work.now,
        }
        for each in work.changes
        if isinstance(each, changes.IncidentRaised)
    ]
    if rows:
        work.connection.execute(incidents.insert(), rows)
    for change in work.changes:
        if isinstance(change, changes.IncidentMoved):
            _move(change, work)
            continue
        if isinstance(change, changes.IncidentResolved):
            where = incidents.c.id == change.incident_id
            how = change.how
        elif isinstance(change, changes.InstanceEnded) and change.outcome == "cancelled":
            where = (incidents.c.instance_id == change.instance_id) & incidents.c.resolved_at.is_(
                None
            )
            how = "cancelled"
        else:
            continue
        work.connection.execute(
            incidents.update().where(where).values(resolved_at=work.now, how=how)
        )


def _move(change: changes.IncidentMoved, work: Work) -> None:
    work.connection.execute(
        incidents.update()
        .where(incidents.c.token_id == change.token_id, incidents.c.resolved_at.is_(None))
        .values(element_id=change.element_id, process_key=change.process_key, name=change.name)
    )
