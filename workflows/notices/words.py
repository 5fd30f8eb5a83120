"""The words of each kind of notice: as delivered, or as the authority has changed them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from engine import errors
from workflows.notices.labels import ASIDES, LABELS

TEXTS: Final = Path(__file__).parent / "notices.toml"
TITLE_LIMIT: Final = 150  # characters
PARAGRAPH_LIMIT: Final = 5_000  # characters
PARAGRAPHS_LIMIT: Final = 60
NAME: Final = re.compile(r"\{(\w+)\}")
# What every case and authority has, so that any notice may print it.
OFFERED: Final = (
    "child",
    "reference",
    "authority",
    "mediation_adviser",
    "mediation_contact",
    "disagreement_resolution",
    "information_and_advice",
    "local_offer",
)


class BadWords(errors.Invalid):
    """The words of a notice lack what the law demands, or hold what cannot be filled in."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a notice says. `parts`: its legal parts, such as appeal, each with its paragraphs."""

    title: str
    body: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]

    @property
    def lines(self) -> tuple[str, ...]:
        """All paragraphs, the legal parts last."""
        return (*self.body, *(line for part in self.parts.values() for line in part))

    def as_json(self) -> dict[str, Any]:
        """Return what is kept."""
        parts = {name: list(lines) for name, lines in self.parts.items()}
        return {"title": self.title, "body": list(self.body), "parts": parts}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice.

    Attributes:
        requires: Names without a value for which it is not sent.
        has_plan: The sections of the plan follow.
        demanded: Names that its words must print, those of its legal parts apart.
        part_words: Words that each legal part keeps.
    """

    code: str
    source: str
    requires: tuple[str, ...]
    has_plan: bool
    delivered: Words
    demanded: tuple[str, ...]
    part_words: Mapping[str, tuple[str, ...]]

    @property
    def fields(self) -> tuple[str, ...]:
        """Names that its words may print."""
        own = sorted(names_in(self.delivered.lines))
        wanted = [name for name in self.requires if not name.startswith("section_")]
        return tuple(dict.fromkeys((*own, *wanted, *OFFERED)))


def names_in(lines: tuple[str, ...]) -> set[str]:
    """Return the names of fields in some lines."""
    return {name for line in lines for name in NAME.findall(line)}


def from_json(kept: Mapping[str, Any]) -> Words:
    """Return what `as_json` gave."""
    parts = {name: tuple(lines) for name, lines in kept["parts"].items()}
    return Words(kept["title"], tuple(kept["body"]), parts)


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of notice that there are, by code."""
    texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    return {code: _kind(code, text, texts) for code, text in texts["notices"].items()}


def _kind(code: str, text: Mapping[str, Any], texts: Mapping[str, Any]) -> Kind:
    parts = {name: tuple(texts["parts"][name]) for name in text.get("parts", ())}
    words = Words(text["title"], tuple(text["body"]), parts)
    demanded = names_in(words.body) & {"child", *text["requires"]}
    return Kind(
        code=code,
        source=text["source"],
        requires=tuple(text["requires"]),
        has_plan=bool(text.get("plan")),
        delivered=words,
        demanded=tuple(sorted(demanded)),
        part_words={name: tuple(texts["part_words"].get(name, ())) for name in parts},
    )


def check(kind: Kind, words: Words) -> None:
    """Refuse words that lack what the law demands, or that could not be filled in.

    Raises:
        BadWords: naming each fault at its field: title, body or the name of a part.
    """
    found: dict[str, list[str]] = {}
    if not words.title.strip() or len(words.title) > TITLE_LIMIT:
        found["title"] = [f"Enter a title of at most {TITLE_LIMIT} characters"]
    if NAME.search(words.title) or re.search(r"[{}]", words.title):
        found["title"] = ["The title cannot have fields in curly brackets"]
    for where, lines in {"body": words.body, **words.parts}.items():
        found.setdefault(where, []).extend(_faults(kind, lines))
    for name in kind.delivered.parts:
        found.setdefault(name, []).extend(_lost_of_part(kind, name, words.parts.get(name, ())))
    printed = names_in(words.lines)
    found.setdefault("body", []).extend(
        f"The notice must say {LABELS.get(name, name)}: put {{{name}}} back"
        for name in kind.demanded
        if name not in printed
    )
    wrong = {where: tuple(faults) for where, faults in found.items() if faults}
    if wrong:
        message = "; ".join(fault for faults in wrong.values() for fault in faults)
        raise BadWords(f"{message}.", errors=wrong)


def _faults(kind: Kind, lines: tuple[str, ...]) -> list[str]:
    if not any(line.strip() for line in lines):
        return ["Enter the text"]
    if len(lines) > PARAGRAPHS_LIMIT or any(len(line) > PARAGRAPH_LIMIT for line in lines):
        return [f"The text is longer than {PARAGRAPHS_LIMIT} paragraphs, or one of them too long"]
    text = "\n".join(lines)
    unknown = sorted(names_in(lines) - set(kind.fields))
    faults = [f"There is no field {{{name[:60]}}} in this notice" for name in unknown]
    stray = re.search(r".{0,20}[{}].{0,20}", NAME.sub("", text))
    if stray:
        faults.append(f"Use curly brackets only around the name of a field, not as in “{stray[0]}”")
    if re.search(r"<\s*/?\s*[a-zA-Z!?]", text):
        faults.append("Write plain text: tags such as <b> or <script> are not accepted")
    return faults


def _lost_of_part(kind: Kind, part: str, lines: tuple[str, ...]) -> list[str]:
    text = "\n".join(lines)
    names = sorted(names_in(kind.delivered.parts[part]))
    lost = [f"{LABELS.get(name, name)} ({{{name}}})" for name in names if f"{{{name}}}" not in text]
    lost += [f"“{word}”" for word in kind.part_words[part] if word.lower() not in text.lower()]
    return [f"The part on {part} must keep {', '.join(lost)}"] if lost else []


def without_unknown_asides(lines: tuple[str, ...], given: Mapping[str, str]) -> tuple[str, ...]:
    """Return lines without the asides about names that are not known."""
    for name, (aside, instead) in ASIDES.items():
        if name not in given:
            lines = tuple(line.replace(aside, instead) for line in lines)
    return lines
