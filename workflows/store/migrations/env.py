"""Run Alembic on the database that `bootstrap.migrate` names."""

from alembic import context

from engine.store import migration_tables  # noqa: F401 (its tables join the metadata when imported)
from engine.store.database import create_engine
from engine.store.tables import metadata
from workflows.store import (  # noqa: F401 (their tables join the metadata when imported)
    administration_tables,
    batch_tables,
    board_tables,
    comparator_tables,
    decision_tables,
    digest_tables,
    draft_tables,
    forecast_tables,
    intervention_tables,
    notice_tables,
    plan_tables,
    privacy_tables,
    register_tables,
    report_tables,
    return_tables,
    scenario_tables,
    simulation_tables,
    tables,
    transition_tables,
    webhook_tables,
)

config = context.config
engine = create_engine(config.attributes["url"])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
