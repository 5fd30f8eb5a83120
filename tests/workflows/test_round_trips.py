"""How often a step of the assessment waits for the database."""

from collections import defaultdict
from pathlib import Path

from engine.store.database import count_statements
from tests.support import county as counties
from tests.support.county import County

MOST = 10
# Issuing the plan freezes it, sends three notices, and begins two further processes on the case.
MOST_OF = {"finalise_plan": 20}


def test_no_step_waits_more_than_ten_times_for_postgresql(
    postgresql_url: str, tmp_path: Path
) -> None:
    county = County(counties.settle(postgresql_url, tmp_path))
    case_id = county.open_case()
    waited: dict[str, int] = defaultdict(int)

    while rows := county.open_tasks(case_id):
        command, person = county.command_for(rows[0])
        with count_statements(county.system.engine) as statements:
            county.system.execute(command, person)
        step = rows[0].element_id
        waited[step] = max(waited[step], statements.round_trips)
    county.system.engine.dispose()

    assert len(waited) > 10
    assert {step: most for step, most in waited.items() if most > MOST_OF.get(step, MOST)} == {}
