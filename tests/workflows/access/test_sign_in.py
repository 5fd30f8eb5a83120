"""Signing in: wrong passwords are counted, sessions and tokens end, secrets are not kept."""

import datetime as dt
import hashlib

import pytest
import sqlalchemy as sa

from tests.support.county import PASSWORD, County
from workflows.access import people, sign_in
from workflows.store.tables import api_tokens, people as directory, sessions

MINUTE, SECOND = dt.timedelta(minutes=1), dt.timedelta(seconds=1)
HERE = "192.0.2.1"


def enter(
    county: County, name: str = "panel", password: str = PASSWORD, address: str = HERE
) -> str:
    system = county.system
    email = f"{name}@demo.test"
    return sign_in.sign_in(system.engine, email, password, address=address, now=system.now())


def later(county: County, time: dt.timedelta) -> None:
    county.system.clock.move_to(county.system.now() + time)


def dismiss(county: County, name: str) -> None:
    with county.system.engine.begin() as connection:
        connection.execute(
            directory.update().where(directory.c.email == f"{name}@demo.test").values(active=False)
        )


def in_session(county: County, secret: str) -> str:
    found = sign_in.person_of_session(county.system.engine, secret, county.system.now())
    return found.email if found else "nobody"


def with_token(county: County, secret: str) -> str:
    found = sign_in.holder_of_token(county.system.engine, secret, county.system.now())
    return found.person.email if found else "nobody"


def test_a_session_is_its_persons_until_signed_out(county: County) -> None:
    secret = enter(county, "PANEL")

    assert in_session(county, secret) == "panel@demo.test"
    sign_in.sign_out(county.system.engine, secret)
    assert in_session(county, secret) == "nobody"
    assert in_session(county, "guessed") == "nobody"


@pytest.mark.parametrize(
    ("name", "password"),
    [("panel", "wrong"), ("panel", ""), ("nobody", PASSWORD), ("panel", PASSWORD + " ")],
)
def test_wrong_credentials_are_refused_alike(
    small_county: County, name: str, password: str
) -> None:
    with pytest.raises(sign_in.WrongCredentials, match="email address or password is wrong"):
        enter(small_county, name, password)


def test_who_has_left_cannot_come_in_nor_stay(small_county: County) -> None:
    secret = enter(small_county)
    token = sign_in.new_token(
        small_county.system.engine, "panel@demo.test", small_county.system.now()
    )
    dismiss(small_county, "panel")

    with pytest.raises(sign_in.WrongCredentials):
        enter(small_county)
    assert in_session(small_county, secret) == "nobody"
    assert with_token(small_county, token) == "nobody"


def test_guessing_at_an_account_is_stopped_for_a_quarter_of_an_hour(small_county: County) -> None:
    for number in range(sign_in.FAILURES_PER_ACCOUNT):
        with pytest.raises(sign_in.WrongCredentials):
            enter(small_county, password="wrong", address=f"192.0.2.{number}")

    with pytest.raises(sign_in.TooManyAttempts, match="15 minutes"):
        enter(small_county, address="192.0.2.200")
    assert in_session(small_county, enter(small_county, "health")) == "health@demo.test"
    later(small_county, sign_in.FAILURES_WITHIN + SECOND)
    assert in_session(small_county, enter(small_county)) == "panel@demo.test"


def test_a_session_ends_when_it_idles_and_lives_while_it_is_used(small_county: County) -> None:
    idle, used = enter(small_county), enter(small_county)

    for _ in range(3):
        later(small_county, sign_in.SESSION_IDLES / 2)
        assert in_session(small_county, used) == "panel@demo.test"

    assert in_session(small_county, idle) == "nobody"


def test_a_session_ends_however_much_it_is_used(small_county: County) -> None:
    secret = enter(small_county)
    steps = int(sign_in.SESSION_LASTS / (30 * MINUTE))

    for _ in range(steps):
        later(small_county, 30 * MINUTE)
        assert in_session(small_county, secret) == "panel@demo.test"
    later(small_county, SECOND)

    assert in_session(small_county, secret) == "nobody"


def test_a_token_is_its_persons_for_a_year_or_until_revoked(small_county: County) -> None:
    county = small_county
    email, engine = "health@demo.test", county.system.engine
    lasting = sign_in.new_token(engine, email, county.system.now())
    revoked = sign_in.new_token(engine, email, county.system.now())
    with engine.begin() as connection:
        stored = hashlib.sha256(revoked.encode()).hexdigest()
        connection.execute(
            api_tokens.update()
            .where(api_tokens.c.token_hash == stored)
            .values(revoked_at=county.system.now())
        )

    assert with_token(county, lasting) == email
    assert with_token(county, revoked) == "nobody"
    assert with_token(county, f"{lasting}x") == "nobody"
    later(county, sign_in.TOKEN_LASTS + SECOND)
    assert with_token(county, lasting) == "nobody"


def test_nobody_gets_a_token_for_nobody(small_county: County) -> None:
    with pytest.raises(people.NoSuchPerson):
        sign_in.new_token(small_county.system.engine, "nobody@demo.test", small_county.system.now())


def test_no_secret_is_kept(small_county: County) -> None:
    secret = enter(small_county)
    token = sign_in.new_token(
        small_county.system.engine, "panel@demo.test", small_county.system.now()
    )

    with small_county.system.read() as connection:
        kept = [
            *connection.execute(sa.select(*sessions.c)),
            *connection.execute(sa.select(*api_tokens.c)),
            *connection.execute(sa.select(*directory.c)),
        ]

    assert len(kept) > 2
    for hidden in (secret, token, PASSWORD):
        assert hidden not in str(kept)
