"""The rows of messages that tokens wait for."""

from engine import changes
from engine.store.tables import message_waits
from engine.unit_of_work import Work


def project(work: Work) -> None:
    """Write waits that began or moved, and remove those that ended."""
    rows = [
        {
            "id": each.wait_id,
            "instance_id": each.instance_id,
            "subject_id": work.subject_of(each),
            "process_key": each.process_key,
            "element_id": each.element_id,
            "message": each.message,
            "correlation": dict(each.correlation),
            "since": work.now,
        }
        for each in work.changes
        if isinstance(each, changes.MessageAwaited)
    ]
    if rows:
        work.connection.execute(message_waits.insert(), rows)
    ended = [
        each.wait_id
        for each in work.changes
        if isinstance(each, changes.MessageDelivered | changes.MessageWaitCancelled)
    ]
    if ended:
        work.connection.execute(message_waits.delete().where(message_waits.c.id.in_(ended)))
    for each in work.changes:
        if isinstance(each, changes.MessageWaitMoved):
            work.connection.execute(
                message_waits.update()
                .where(message_waits.c.id == each.wait_id)
                .values(
                    element_id=each.element_id,
                    process_key=each.process_key,
                    message=each.message,
                    correlation=dict(each.correlation),
                )
            )
