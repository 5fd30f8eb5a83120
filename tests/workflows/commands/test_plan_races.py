"""Of two who write the same section at once one wins, and the other is told who it was."""

import threading

from tests.support.county import County
from tests.support.plans import WHOLE
from workflows.commands.save_plan import SavePlan
from workflows.commands.save_plan_section import SavePlanSection, SectionChanged
from workflows.plan import document
from workflows.store import plans

WRITERS = ("casework", "casework2", "casework3")


def test_a_section_is_written_once_from_one_revision(county: County) -> None:
    case_id = county.open_case()
    county.system.execute(SavePlan(case_id, WHOLE, 0), county.person("casework"))
    writers = [county.person(name) for name in WRITERS]
    barrier = threading.Barrier(len(writers))
    refused: list[SectionChanged] = []

    def write(place: int) -> None:
        barrier.wait()
        try:
            content = {"text": f"By {writers[place].id}"}
            county.system.execute(SavePlanSection(case_id, "c", content, 1), writers[place])
        except SectionChanged as refusal:
            refused.append(refusal)

    threads = [threading.Thread(target=write, args=(place,)) for place in range(len(writers))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    with county.system.read() as connection:
        kept = plans.working(connection, case_id)
    winner = kept.changed["c"]["by"]
    assert kept.revision == 2
    assert document.load(kept.document).of("c").text == f"By {winner}"
    assert [each.details["by"] for each in refused] == [winner] * 2
    assert county.problems() == []
