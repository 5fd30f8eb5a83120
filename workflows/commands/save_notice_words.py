"""Change what a kind of notice says."""

from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.notices import words as wording
from workflows.notices.words import Words
from workflows.store import templates


@dataclass(frozen=True, slots=True)
class SaveNoticeWords:
    """Let notices of `kind` say `words` from now on. `base`: the version that was looked at."""

    kind: str
    words: Words
    reason: str
    base: int


class NoSuchNotice(errors.NotFound):
    """There is no such notice."""


def save_notice_words(command: SaveNoticeWords, work: Work) -> None:
    """Keep the words as a new version, live at once; what was issued stays as it is.

    Raises:
        NoSuchNotice: there is no such kind.
        words.BadWords: they lack what the law demands, or cannot be filled in.
        errors.Invalid: no reason is given.
        templates.ChangedMeanwhile: a colleague was quicker.
    """
    kind = wording.kinds().get(command.kind)
    if kind is None:
        raise NoSuchNotice
    wording.check(kind, command.words)
    if not command.reason.strip():
        raise errors.Invalid("Say why.", errors={"reason": ("Enter why you change this",)})
    made = templates.Made(work.now, work.actor.id, command.reason.strip()[:500], command.base)
    templates.add_words(work.connection, kind.code, command.words.as_json(), made)
