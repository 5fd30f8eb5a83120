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
_SEQUENCES: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "01234567890123456789",
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
    plain = password.lower().translate(_LEET)
    known = {part for text in own for part in re.findall(r"[a-z]{3,}", text.lower())}
    rest = _WORD.sub("", plain)
    for part in sorted(known, key=len, reverse=True):
        rest = rest.replace(part, "")
    if _left(_without_sequences(rest)) < LEFT_OVER:
        raise WeakPassword(
            "This password is easily guessed. Enter one without common words, names and rows of keys"
        )


def _without_sequences(text: str) -> str:
    """Take out rows of four keys or letters that stand beside each other, forwards or backwards."""
    runs = {row[at : at + 4] for row in _SEQUENCES for at in range(len(row) - 3)}
    leet = {run.translate(_LEET) for run in runs}
    found = runs | leet | {run[::-1] for run in runs | leet}
    kept, at = "", 0
    while at < len(text):
        if text[at : at + 4] in found:
            at += 4
            continue
        kept, at = kept + text[at], at + 1
    return kept


def _left(text: str) -> int:
    """Count the different letters and signs that are left; digits alone are years and counters."""
    return len(set(re.sub(r"[\d\s]", "", text)))
