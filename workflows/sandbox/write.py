"""Write what was tried as a scenario, with how the case then stands."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import tomli_w

from workflows.queries.case_state import CaseState


def as_toml(document: Mapping[str, Any], state: CaseState, *, title: str, law: str) -> str:
    """Return a scenario in TOML.

    Args:
        document: What was done, as `trial.story_of` keeps it.
        state: How the case stands after it: what the last step then expects.
        title: What the story tells, in a sentence.
        law: The source of what it shows, "" where it shows no law.
    """
    steps = [_step(each) for each in document["steps"]] or [{}]
    steps[-1] = {**steps[-1], "then": _then(state)}
    written = {
        "title": title,
        **({"law": law} if law else {}),
        "process": document["process"],
        "begins": dt.date.fromisoformat(document["begins"]),
        "start": _given(document["start"]),
        "steps": steps,
    }
    return tomli_w.dumps(written)


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: value for key, value in step.items() if value not in ("", None)}
    if "on" in found:
        found["on"] = dt.date.fromisoformat(found["on"])
    if "with" in found:
        found["with"] = _given(found["with"])
    return found


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _then(state: CaseState) -> dict[str, Any]:
    found: dict[str, Any] = {
        "case": state.status,
        "waiting": sorted({each.name for each in state.waiting}),
        "facts": dict(state.facts),
        "duties": {code: f"{status}, due {due}" for code, (status, due) in state.duties.items()},
        "notices": list(dict.fromkeys(state.notices)),
    }
    return {key: value for key, value in found.items() if value or key == "waiting"}
