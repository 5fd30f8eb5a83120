"""The numbers of a simulation in a spreadsheet are numbers, and its texts are texts."""

import csv
import datetime as dt
import io
from uuid import uuid4

import pytest

from webapp.pages.simulations import export
from workflows.simulation.result import DutyFound, Result
from workflows.store.simulations import Simulation, State, Summary


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1"])
def test_no_name_of_a_diagram_is_a_formula_to_a_spreadsheet(text: str) -> None:
    now = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    stopped = False
    summary = Summary(uuid4(), text, State.DONE, 1, 1, stopped, "", now, "owner", now)
    duty = DutyFound("d", text, 4, 1, 0, 2.0)
    result = Result(4, 4, 0, (), 9, 0, (duty,), (), (), ())
    simulation = Simulation(summary, [{"label": text}], [result.as_json()])

    rows = list(csv.reader(io.StringIO(export.as_csv(simulation))))

    texts = {cell for row in rows for cell in row[:-1]}
    assert f"'{text}" in texts
    assert not [each for each in texts if each.startswith(("=", "+", "-", "@", "\t"))]
    assert [row[5] for row in rows if row[4] == "Share late"] == ["0.25"]
