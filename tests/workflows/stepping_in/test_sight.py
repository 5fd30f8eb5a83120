"""What somebody may not see is refused to them, item by item, and named nowhere."""

from dataclasses import dataclass

from tests.support import many
from tests.support.county import County
from tests.support.many import TOM
from workflows.queries import batch_items, batch_list
from workflows.queries.batch_items import UNSEEN
from workflows.stepping_in.effects import effects
from workflows.store.batches import NewItem


def test_the_items_of_a_batch_do_not_reveal_cases(small_county: County) -> None:
    (found,) = many.ashas_tasks(small_county, 1)
    row = many.task(small_county, found)
    reference = small_county.case(row.subject_id).reference
    outsider, manager = small_county.person("outsider"), small_county.person("manager")

    for operation, target in (
        ("reassign", found),
        ("suspend", row.instance_id),
        ("escalate", row.subject_id),
    ):
        batch_id = many.started(small_county, [NewItem(target, TOM)], operation)
        with small_county.system.read() as connection:
            batch = batch_list.batch(connection, batch_id)
            (unseen,) = batch_items.batch_items(connection, outsider, batch).items
            (seen,) = batch_items.batch_items(connection, manager, batch).items
        assert (unseen.what, unseen.reference, unseen.case_id) == (UNSEEN, "", None)
        assert (unseen.before, unseen.after) == ("", "")
        assert (seen.reference, seen.case_id) == (reference, row.subject_id)


def test_whoever_does_not_see_a_case_is_refused_each_of_its_items(small_county: County) -> None:
    (found,) = many.ashas_tasks(small_county, 1)
    row = many.task(small_county, found)
    reference = small_county.case(row.subject_id).reference

    @dataclass
    class Planned:
        operation: str
        reason: str = ""

    for operation, target in (
        ("reassign", found),
        ("release", found),
        ("suspend", row.instance_id),
        ("escalate", row.subject_id),
    ):
        (effect,) = effects(
            small_county.system.executor,
            small_county.person("outsider"),
            Planned(operation),
            [NewItem(target, TOM)],
        )
        assert effect.fate == "refused"
        assert effect.reason == "There is no such case, or it is not one of yours."
        assert reference not in effect.reason
