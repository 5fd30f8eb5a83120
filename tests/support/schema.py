"""Bring a test's database to the newest schema, as the program itself does."""

import importlib
import importlib.util

from engine.store import database
from workflows.store import tables


def migrate(url: str) -> None:
    """Create every table in the database at `url`: by the migrations once they are there."""
    if importlib.util.find_spec("workflows.bootstrap") is not None:
        bootstrap = importlib.import_module("workflows.bootstrap")
        if hasattr(bootstrap, "migrate"):
            bootstrap.migrate(url)
            return
    engine = database.create_engine(url)
    with engine.begin() as connection:
        tables.metadata.create_all(connection)
    engine.dispose()
