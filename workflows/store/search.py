"""Find a case by name or reference, typing errors forgiven: by trigrams in an index."""

import datetime as dt
import unicodedata
from uuid import UUID

import sqlalchemy as sa

from workflows.store.tables import case_trigrams


def fold(text: str) -> str:
    """Return a text in small letters without accents or punctuation."""
    plain = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(
        letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter)
    )
    return " ".join(kept.split())


def trigrams(text: str) -> set[str]:
    """Return the three-letter pieces of each word of a text, its ends marked by spaces."""
    pieces: set[str] = set()
    for word in fold(text).split():
        padded = f" {word} "
        pieces.update(padded[at : at + 3] for at in range(len(padded) - 2))
    return pieces


def index_case(connection: sa.Connection, case_id: UUID, name: str, reference: str) -> None:
    """Let a case be found by a name and a reference."""
    connection.execute(
        case_trigrams.insert(),
        [
            {"trigram": piece, "case_id": case_id}
            for piece in sorted(trigrams(f"{name} {reference}"))
        ],
    )


def cases_like(text: str) -> sa.Select[tuple[UUID]]:
    """Return the cases that share at least half of the pieces of a text."""
    pieces = trigrams(text)
    enough = max(1, int(len(pieces) * 0.5))
    return (
        sa.select(case_trigrams.c.case_id)
        .where(case_trigrams.c.trigram.in_(pieces))
        .group_by(case_trigrams.c.case_id)
        .having(sa.func.count() >= enough)
    )


def date_or_none(value: object) -> dt.date | None:
    """Return a date written as `YYYY-MM-DD`, None where it is not one."""
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
