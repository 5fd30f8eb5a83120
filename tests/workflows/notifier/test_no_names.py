"""No email names a child, and none says more of a case than its reference."""

from typing import Any

import sqlalchemy as sa

from engine.store.tables import outbox
from tests.support.county import County
from workflows import bootstrap
from workflows.commands.make_link import MakeLink

CHILD = {"child_first_name": "Quixotina", "child_last_name": "Zephyrwind"}


def letters(county: County) -> list[Any]:
    with county.system.read() as connection:
        return list(connection.execute(sa.select(outbox.c.key, outbox.c.payload)))


def test_nothing_that_leaves_names_the_child(small_county: County) -> None:
    case_id = small_county.open_case(**CHILD)
    small_county.walk(case_id, until="give_views")
    task = next(each for each in small_county.open_tasks(case_id) if each.role != "sen_casework")
    link = MakeLink(task.id, "Joan", "joan@families.test", "https://x.test/l/")
    small_county.system.execute(link, small_county.person("casework"))
    for _ in range(60):
        small_county.pass_days(5)
        bootstrap.send_digests(small_county.system, "https://x.test")
        for row in small_county.open_tasks(case_id)[:1]:
            small_county.complete_row(row)

    found = letters(small_county)

    kinds = {key.partition(":")[0] for key, _ in found}
    assert kinds == {"notice", "personal-link", "digest"}
    for key, payload in found:
        said = str(payload).lower()
        assert "quixotina" not in said, key
        assert "zephyrwind" not in said, key
