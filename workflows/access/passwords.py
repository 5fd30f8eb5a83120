"""Which passwords are accepted: long, and none that everybody tries first. No network is asked.

Source: National Cyber Security Centre, "Password policy: updating your approach": length and a deny
list rather than kinds of characters.
"""

import re
from pathlib import Path
from typing import Final

from engine import errors

SHORTEST: Final = 12
LONGEST: Final = 200
FEWEST_DIFFERENT: Final = 5
LEFT_OVER: Final = 4  # characters beside words that everybody uses
_LEET: Final = str.maketrans("013457@$!|", "oleastasil")
RUN: Final = 4  # characters in a row that are no accident
_SEQUENCES: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "01234567890123456789",
)
_ROWS: Final = tuple(
    row
    for each in _SEQUENCES
    for plain in (each, each.translate(_LEET))
    for row in (plain, plain[::-1])
)
# Words that lists of leaked passwords begin with, and those that a British office would choose.
_COMMON: Final = Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").split()
_WORD: Final = re.compile("|".join(sorted(_COMMON, key=len, reverse=True)))


class WeakPassword(errors.Invalid):
    """Choose another password."""

    def __init__(self, words: str) -> None:
        """Say what is wrong with it."""
        super().__init__(words, errors={"password": (words,)})


def refuse_weak(password: str, *own: str) -> None:
    """Refuse a password that is easily guessed.

    Args:
        password: As it was typed.
        own: What others know of the person: name and email address.

    Raises:
        WeakPassword: it says why.
    """
    if len(password) < SHORTEST:
        raise WeakPassword(f"Enter a password of at least {SHORTEST} characters")
    if len(password) > LONGEST:
        raise WeakPassword(f"Enter a password of at most {LONGEST} characters")
    if len(set(password.lower())) < FEWEST_DIFFERENT:
        raise WeakPassword("Enter a password with more different characters")
    known = {part for text in own for part in re.findall(r"[a-z]{3,}", text.lower())}
    plain = password.lower()
    if min(_left(plain, known), _left(plain.translate(_LEET), known)) < LEFT_OVER:
        raise WeakPassword(
            "This password is easily guessed. Enter one without common words, names and rows of keys"
        )


def _left(text: str, known: set[str]) -> int:
    """Count the different letters and signs beside what everybody uses or knows.

    Digits do not count: alone they are years and counters.
    """
    rest = _WORD.sub("", text)
    for part in sorted(known, key=len, reverse=True):
        rest = rest.replace(part, "")
    return len(set(re.sub(r"[\d\s]", "", _without_sequences(rest))))


def _without_sequences(text: str) -> str:
    """Take out rows of keys or letters that stand beside each other, forwards or backwards."""
    kept, at = "", 0
    while at < len(text):
        length = max(_run(text[at:], row) for row in _ROWS)
        if length >= RUN:
            at += length
            continue
        kept, at = kept + text[at], at + 1
    return kept


def _run(text: str, row: str) -> int:
    """Return how many characters at the beginning of a text follow each other in a row."""
    start = row.find(text[:RUN])
    if start < 0 or len(text) < RUN:
        return 0
    length = RUN
    while row.startswith(text[: length + 1], start) and length < len(text):
        length += 1
    return length
