"""Set a notice or plan as tagged PDF (PDF/UA-1)."""

import dataclasses
import json
from functools import lru_cache
from pathlib import Path
from typing import Final

import typst

from workflows.notices.content import PREVIEW, Content

FORM: Final = Path(__file__).parent / "notice.typ"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Look the machine's fonts up once: it takes nine tenths of the time of a notice."""
    return typst.Fonts()


def render(content: Content) -> bytes:
    """Return the PDF; whatever the texts hold is printed, never read as markup."""
    document = {
        **dataclasses.asdict(content),
        "preview_mark": PREVIEW,
        "sections": [
            {**dataclasses.asdict(each), "heading": each.heading} for each in content.sections
        ],
    }
    pdf: bytes = typst.compile(
        str(FORM),
        sys_inputs={"notice": json.dumps(document)},
        pdf_standards=["ua-1"],
        font_paths=_fonts(),
    )
    return pdf
