"""Items that are empty though they are needed, or not written as they must be: one rule each."""

from collections.abc import Iterator

from workflows.returns import fields, formats
from workflows.returns.fields import Field
from workflows.returns.model import Module
from workflows.returns.rules.rule import Rule, Seen, Severity, Test


def _rules() -> Iterator[Rule]:
    for kind in fields.kinds().values():
        for each in kind.fields.values():
            if each.needed:
                yield Rule(
                    f"{each.number}-missing",
                    Severity(each.needed),
                    each.module,
                    each.element,
                    f"{each.title} is missing.",
                    "Enter it.",
                    _is_missing(each),
                )
            yield Rule(
                f"{each.number}-format",
                Severity.ERROR,
                each.module,
                each.element,
                f"{each.title} {formats.WORDS[each.format]}.",
                "Correct it.",
                _is_misspelt(each),
            )


def _is_missing(field: Field) -> Test:
    def broken(path: tuple[Module, ...], seen: Seen) -> bool:
        del seen
        return not path[-1].text(field.element)

    return broken


def _is_misspelt(field: Field) -> Test:
    def broken(path: tuple[Module, ...], seen: Seen) -> bool:
        del seen
        text = path[-1].text(field.element)
        return bool(text) and not formats.fits(field, text)

    return broken


RULES = tuple(_rules())
