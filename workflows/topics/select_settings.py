"""Tell which settings are consulted about a place."""

import sqlalchemy as sa

from engine import errors, ports
from engine.changes import JsonValue
from workflows.context import CaseContext
from workflows.store.tables import agencies


def select_settings(call: ports.ServiceCall, case: CaseContext) -> ports.ServiceResult:
    """Return `settings`: code, name and email of each setting chosen in `settings_to_consult`.

    Raises:
        errors.Invalid: a setting is not known.
    """
    chosen = call.variables.get("settings_to_consult")
    codes = [str(code) for code in chosen] if isinstance(chosen, list) else []
    rows = case.work.connection.execute(
        sa.select(agencies.c.id, agencies.c.name, agencies.c.email)
        .where(agencies.c.id.in_(codes), agencies.c.kind == "setting")
        .order_by(agencies.c.name, agencies.c.id)
    ).all()
    if len(rows) != len(set(codes)):
        raise errors.Invalid("A setting that was chosen is not known any more.")
    found: list[JsonValue] = [
        {"code": row.id, "name": row.name, "email": row.email} for row in rows
    ]
    return ports.ServiceResult({"settings": found})
