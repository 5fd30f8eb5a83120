"""Look at a Word template before it is used: what it may hold, and what it must."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from docx.opc.exceptions import OpcError
from docx.opc.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes

from engine import errors
from workflows.notices import word
from workflows.notices.content import Content, Section, Table

SIZE_LIMIT: Final = 2_000_000  # bytes of the file
UNPACKED_LIMIT: Final = 20_000_000  # bytes of all that is in it
PART_LIMIT: Final = 1_000_000  # bytes of a part with text; a letter has a tenth of that
PARTS_LIMIT: Final = 500
MARKS_LIMIT: Final = 2_000  # curly brackets
MAIN: Final = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
BODY: Final = "word/document.xml"
RENDERED: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
CORE: Final = "docProps/core.xml"
# What runs, or reaches out, when somebody opens the document.
ACTIVE: Final = {
    "macros": re.compile(r"vbaProject|vbaData|macrosheets", re.IGNORECASE),
    "an embedded file (OLE)": re.compile(r"^word/embeddings/|oleObject", re.IGNORECASE),
    "an ActiveX control": re.compile(r"activeX", re.IGNORECASE),
    "other documents": re.compile(r"afchunk|\.(html?|mht|rtf)$", re.IGNORECASE),
}
FIELDS: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "MERGEFORMAT", "ARABIC"})
EMBEDS: Final = frozenset(
    {"altChunk", "OLEObject", "control", "subDoc", "movie", "attachedTemplate"}
)
# What the parts of a letter are to each other; anything else is not needed to write one.
RELATIONSHIPS: Final = frozenset(
    {
        "officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail",
        "styles", "stylesWithEffects", "numbering", "settings", "webSettings", "fontTable", "font",
        "theme", "footnotes", "endnotes", "header", "footer", "image", "customXml", "customXmlProps",
        "classificationlabels",
    }
)  # fmt: skip
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCTYPE: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_MARK: Final = re.compile(r"\{[{%#]")

Shape = str | tuple["Shape"] | Mapping[str, "Shape"]
TEXT: Final = "text"
_TABLE: Final[Shape] = {"header": (TEXT,), "rows": ((TEXT,),)}
_SECTION: Final[Shape] = {
    "code": TEXT,
    "title": TEXT,
    "heading": TEXT,
    "paragraphs": (TEXT,),
    "tables": (_TABLE,),
}
NAMES: Final[Mapping[str, Shape]] = {
    "authority": TEXT,
    "reference": TEXT,
    "date": TEXT,
    "title": TEXT,
    "source": TEXT,
    "address": (TEXT,),
    "paragraphs": (TEXT,),
    "sections": (_SECTION,),
}
# What each notice and plan needs, whatever its words.
DEMANDED: Final = (
    "authority",
    "reference",
    "date",
    "title",
    "address[]",
    "paragraphs[]",
    "sections[].heading",
    "sections[].paragraphs[]",
    "sections[].tables[].header[]",
    "sections[].tables[].rows[][]",
)
EXAMPLE: Final = Content(
    title="Example",
    authority="Example Council",
    reference="EHC-0000-00000",
    date="1 January 2026",
    address=("Example Person", "1 High Street"),
    paragraphs=("Words & <signs> {{ in }} a paragraph.",),
    sections=(
        Section("B", "Needs", ("A paragraph.",), (Table(("Need", "Provision"), (("1", "2"),)),)),
    ),
    source="Example",
)


class UnacceptableTemplate(errors.Invalid):
    """The Word template cannot be used: its message says what is wrong, and where."""


def check(data: bytes, file_name: str) -> None:
    """Refuse a template that could do harm, or would leave out what a notice needs.

    Raises:
        UnacceptableTemplate: nothing of it was used.
    """
    parts = _parts(data, file_name)
    _refuse_active(parts)
    used: set[str] = set()
    for name in sorted(parts):
        _refuse_markup(name, parts[name])
    for name, text in _rendered(data).items():
        used |= _Reader(name).read(text)
    lacking = [each for each in DEMANDED if each not in used]
    if lacking:
        words = ", ".join(_said(each) for each in lacking)
        raise _refused(f"It does not print {words}. A notice needs all of these.")
    _try(data)


def _refused(message: str) -> UnacceptableTemplate:
    return UnacceptableTemplate(message, errors={"file": (message,)})


def _parts(data: bytes, file_name: str) -> dict[str, bytes]:
    """Unpack the file within bounds."""
    if not file_name.lower().endswith(".docx"):
        raise _refused(f"“{file_name[:80]}” is no Word document (.docx). Macros are not accepted.")
    if len(data) > SIZE_LIMIT:
        raise _refused("The file is larger than 2 MB. Make its pictures smaller.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_bomb(entries)
            found = {each.filename: archive.read(each) for each in entries}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        raise _refused("The file is damaged, or is no Word document (.docx).") from error
    if BODY not in found or MAIN not in found.get("[Content_Types].xml", b""):
        raise _refused("The file is no plain Word document (.docx). Save it as “Word document”.")
    return found


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > PARTS_LIMIT or sum(each.file_size for each in entries) > UNPACKED_LIMIT:
        raise _refused("The file unpacks to far more than a letter needs.")
    names = [each.filename for each in entries]
    if len(set(names)) != len(names) or any(".." in name or name[:1] in "/\\" for name in names):
        raise _refused("The file is damaged: its parts have impossible names.")


def _refuse_active(parts: Mapping[str, bytes]) -> None:
    types = parts["[Content_Types].xml"].decode("utf-8", "replace")
    for what, pattern in ACTIVE.items():
        where = next((name for name in parts if pattern.search(name)), "")
        if where or (what == "macros" and "macroEnabled" in types):
            raise _refused(f"The file holds {what} ({where or 'in its list of parts'}).")


def _refuse_markup(name: str, data: bytes) -> None:
    """Refuse what reaches outside the document, or runs, in one of its parts."""
    if not name.endswith((".xml", ".rels")):
        return
    if _DOCTYPE.search(data.replace(b"\x00", b"")):
        raise _refused(f"{name} declares entities, which Word never does.")
    try:
        root = parse_xml(data)  # type: ignore[arg-type]  # it takes bytes as well
    except (SyntaxError, ValueError) as error:
        raise _refused(f"The file is damaged: {name} cannot be read.") from error
    code = ""
    for each in root.iter("*"):
        tag = each.tag.rpartition("}")[2]
        if tag in EMBEDS:
            raise _refused(f"{name} embeds another document or a control ({tag}).")
        if tag == "Relationship":
            _refuse_relationship(name, each)
        text = (each.text or "") if tag == "instrText" else each.get(f"{_W}instr", "")
        code += f"{text} " if tag == "fldSimple" else text + " " * (tag == "fldChar")
    _refuse_fields(name, code)
    _refuse_marks(name, data)


def _refuse_relationship(name: str, each: Any) -> None:  # noqa: ANN401
    if each.get("TargetMode", "").strip().lower() == "external":
        raise _refused(
            f"{name} points outside the file, to “{each.get('Target', '')[:80]}”. Remove the link or "
            "linked picture; write an address as plain text."
        )
    kind = each.get("Type", "").rpartition("/")[2]
    if kind not in RELATIONSHIPS:
        raise _refused(f"{name} holds what no letter needs: “{kind[:60]}”.")


def _refuse_fields(name: str, code: str) -> None:
    """Refuse fields of Word itself that do more than to count pages: some run programs."""
    for each in re.findall(r"[A-Za-z]{3,}", code):
        if each.upper() not in FIELDS:
            raise _refused(f"{name} has the field “{each[:40]}”; only page numbers are accepted.")


def _refuse_marks(name: str, data: bytes) -> None:
    if RENDERED.fullmatch(name):
        if len(data) > PART_LIMIT or data.count(b"{") > MARKS_LIMIT:
            raise _refused(f"{name} is far longer than a letter.")
    elif _MARK.search(data.decode("utf-8", "replace")) and not name.startswith("customXml/"):
        raise _refused(f"{name} has fields in curly brackets, which are only filled in the text.")


def _rendered(data: bytes) -> dict[str, str]:
    """Return the text of each part with fields, as docxtpl gives it to Jinja."""
    try:
        template = DocxTemplate(io.BytesIO(data))
        template.render_init()
        found = {"the document": template.patch_xml(template.get_xml())}
        for what, uri in (("a header", template.HEADER_URI), ("a footer", template.FOOTER_URI)):
            for number, (_, part) in enumerate(template.get_headers_footers(uri), 1):
                text = template.patch_xml(template.get_part_xml(part))
                found[f"{what} ({number})"] = text
        for part in template.docx.part.package.parts:
            if part.content_type.endswith("wordprocessingml.footnotes+xml"):
                found["a footnote"] = template.patch_xml(part.blob.decode("utf-8"))
    except (OpcError, KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise _refused("The file is damaged: Word’s own parts do not fit together.") from error
    return found


def _try(data: bytes) -> None:
    try:
        word.render(EXAMPLE, data)
    except (TemplateError, OpcError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise _refused(
            "A document could not be made from it. See that each “for” and “if” has its own "
            "paragraph or table row, with its “endfor” or “endif” in the same part of the page."
        ) from error


def _said(path: str) -> str:
    return "{{ " + _name(path) + " }}"


def _name(path: str) -> str:
    """Return a name as a template writes it, within its loops."""
    plain = path.replace("[]", "")
    return plain.replace("sections.tables.", "table.").replace("sections.", "section.")


DEMANDED_NAMES: Final = tuple(_name(each) for each in DEMANDED)


class _Reader:
    """Walks through the fields of one part, and knows what each name holds."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._used: set[str] = set()

    def read(self, text: str) -> set[str]:
        """Return the names that are printed, such as `sections[].heading`."""
        try:
            tree = word.environment().parse(text)
        except TemplateError as error:
            message = re.sub(r"<[^>]*>", "", error.message or "")[:160]
            raise _refused(f"In {self._where}: {message}") from error
        scope = {name: (name, shape) for name, shape in NAMES.items()}
        self._walk(tree.body, scope)
        return self._used

    def _walk(self, body: list[nodes.Node], scope: Mapping[str, tuple[str, Shape]]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                self._output(node, scope)
            elif isinstance(node, nodes.For):
                self._for(node, scope)
            elif isinstance(node, nodes.If):
                test = node.test.node if isinstance(node.test, nodes.Not) else node.test
                self._value(test, scope)
                self._walk([*node.body, *node.elif_, *node.else_], scope)
            else:
                raise self._foreign(type(node).__name__.lower())

    def _output(self, node: nodes.Output, scope: Mapping[str, tuple[str, Shape]]) -> None:
        for each in node.nodes:
            if isinstance(each, nodes.TemplateData):
                continue
            path, shape = self._value(each, scope)
            if shape != TEXT:
                raise _refused(f"In {self._where}: {_said(path)} is a list; print it with “for”.")
            self._used.add(path)

    def _for(self, node: nodes.For, scope: Mapping[str, tuple[str, Shape]]) -> None:
        path, shape = self._value(node.iter, scope)
        if not isinstance(node.target, nodes.Name) or node.test or node.recursive or node.else_:
            raise self._foreign("for … in … with more than a name")
        if not isinstance(shape, tuple):
            raise _refused(f"In {self._where}: {_said(path)} is no list.")
        self._walk(node.body, {**scope, node.target.name: (f"{path}[]", shape[0])})

    def _value(self, node: nodes.Node, scope: Mapping[str, tuple[str, Shape]]) -> tuple[str, Shape]:
        if isinstance(node, nodes.Name):
            if node.name not in scope:
                raise _refused(
                    f"In {self._where}: there is no field “{node.name[:60]}”. Known are "
                    f"{', '.join(sorted(scope))}."
                )
            return scope[node.name]
        if isinstance(node, nodes.Getattr):
            path, shape = self._value(node.node, scope)
            if isinstance(shape, Mapping) and node.attr in shape:
                return f"{path}.{node.attr}", shape[node.attr]
            raise _refused(f"In {self._where}: there is no “{node.attr[:60]}” in {_said(path)}.")
        raise self._foreign(type(node).__name__.lower())

    def _foreign(self, what: str) -> UnacceptableTemplate:
        return _refused(
            f"In {self._where}: “{what[:60]}” is not accepted. A template may print fields, and "
            "use “for … in …” and “if …” with their names; nothing else."
        )
