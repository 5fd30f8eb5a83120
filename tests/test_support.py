"""The tests' own tools do what the other tests rely on."""

import socket
from urllib.request import urlopen

import pytest
import sqlalchemy as sa

from engine.store import database
from tests.support.network import OutsideConnectionError, is_local


def rows(url: str) -> list[str]:
    engine = database.create_engine(url)
    with engine.connect() as connection:
        names = sorted(sa.inspect(connection).get_table_names())
    engine.dispose()
    return names


def test_a_database_comes_with_every_table(database_url: str) -> None:
    assert "definitions" in rows(database_url)


def test_a_bare_database_has_no_table(bare_database_url: str) -> None:
    assert rows(bare_database_url) == []


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_table_made_by_one_test_is_gone_in_the_next(database_url: str, turn: str) -> None:
    engine = database.create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sa.text(f"CREATE TABLE made_by_a_test (turn_{turn} INTEGER)"))
    engine.dispose()

    assert "made_by_a_test" in rows(database_url)


def test_another_machine_cannot_be_reached() -> None:
    with pytest.raises(OutsideConnectionError):
        urlopen("https://example.org/")
    with socket.socket() as outside, pytest.raises(OutsideConnectionError):
        outside.connect(("192.0.2.1", 80))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()

    assert is_local("localhost")
    assert is_local("::1")
