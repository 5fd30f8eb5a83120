"""Black out texts, wherever they stand."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

MARK: Final = "[blacked out]"
SHORTEST: Final = 3  # characters: shorter texts would be found in the middle of words


class Redaction:
    """Blacks out some texts, in capital or small letters."""

    def __init__(self, hidden: Collection[str]) -> None:
        """Take the texts; the longest are looked for first."""
        kept = sorted({each for each in hidden if len(each) >= SHORTEST}, key=len, reverse=True)
        words = "|".join(re.escape(each) for each in kept)
        self._found = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if kept else None

    def text(self, text: str) -> str:
        """Return a text with what is hidden blacked out."""
        return self._found.sub(MARK, text) if self._found else text

    def value(self, value: Any) -> Any:  # noqa: ANN401
        """Return a value of JSON with what is hidden blacked out, in names of fields as well."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(name)): self.value(each) for name, each in value.items()}
        if isinstance(value, Sequence):
            return [self.value(each) for each in value]
        return value


def texts(value: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield every text of a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from texts(each)
