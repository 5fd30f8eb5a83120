"""Our schema, the items and the code lists say the same, and what is written fits the schema."""

import csv
import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.support.returns import CENSUS, case
from tests.support.source import ROOT
from workflows.returns import codes, compose, fields, schema, sending
from workflows.returns.fields import Format
from workflows.returns.model import PERSON, Module

NAMESPACE = {"xs": "http://www.w3.org/2001/XMLSchema"}
HEADER = {"LEA": "999", "DMO": "Y", "DCO": "N", "DSCO": "R"}
NOW = dt.datetime(2026, 2, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def xsd() -> etree._Element:
    return etree.XML(schema.FILE.read_bytes())


def record() -> Module:
    found = compose.record(
        case(
            ("review_meeting_held", "2025-11-03", "1", ""),
            ("review_decision_notified", "2025-11-24", "1", "amend"),
            details={"second_kind": "NIEO", "second_other": "Waits", "sen_type_secondary": "HI"},
        ),
        CENSUS,
    )
    assert found
    return found


def test_the_codes_of_the_schema_are_those_of_the_lists(xsd: etree._Element) -> None:
    for name, listed in codes.lists().items():
        found = xsd.xpath(
            f"//xs:simpleType[@name='{name}']//xs:enumeration/@value", namespaces=NAMESPACE
        )
        assert found == list(listed.codes), name


def test_the_items_of_the_schema_are_those_of_the_modules_in_their_order(
    xsd: etree._Element,
) -> None:
    for kind in fields.kinds().values():
        inner = xsd.xpath(
            f"/xs:schema/xs:element[@name='{kind.element}']//xs:element", namespaces=NAMESPACE
        )
        assert [each.get("name") or each.get("ref") for each in inner] == list(kind.order)
        types = {each.get("name"): each.get("type") for each in inner if each.get("name")}
        for name, field in kind.fields.items():
            wanted = {Format.DATE: "xs:date", Format.CODE: field.codes}
            assert types[name] == wanted.get(field.format, field.format.value), name


def test_the_codes_are_those_that_the_decision_lists() -> None:
    """The page says which codes the description of the collection has, read apart from the lists."""
    page = (ROOT / "docs" / "decisions" / "0021-sen2-from-facts.md").read_text()
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", page, re.MULTILINE))

    assert {name: text.split() for name, text in rows.items()} == {
        name: list(each.codes) for name, each in codes.lists().items()
    }


def test_what_is_written_fits_the_schema() -> None:
    head = sending.header(HEADER, CENSUS, NOW)
    text = "".join(sending.xml(head, [record(), record()]))

    root = etree.XML(text.encode())

    assert schema.schema().validate(root), schema.schema().error_log
    assert [each.tag for each in root] == ["Header", "Persons"]
    assert len(root.findall("Persons/Person")) == 2
    assert root.findtext("Header/CollectionDetails/ReferenceDate") == "2026-01-15"
    assert schema.faults_of_header(head) == []
    assert schema.faults_of_person(sending.element(record())) == []


def test_what_does_not_fit_is_told() -> None:
    wrong = record().with_text("Sex", "X")

    assert "Sex" in schema.faults_of_person(sending.element(wrong))[0]
    assert schema.faults_of_header(sending.header({}, CENSUS, NOW))


def test_a_name_cannot_break_out_of_its_element_or_its_cell(tmp_path: Path) -> None:
    hostile = (
        record()
        .with_text("Surname", "</Surname><Sex>M</Sex>")
        .with_text("Forename", "=cmd|' /C calc'!A0")
    )

    root = etree.XML(sending.element(hostile).encode())
    tables = sending.Tables(tmp_path)
    tables.write(hostile)
    tables.zip_to(tmp_path / "all.zip")

    assert root.findtext("Surname") == "</Surname><Sex>M</Sex>"
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("person.csv").decode("utf-8-sig"))))
    assert rows[0]["Forename"].startswith("'=")


def test_each_module_has_its_table_and_rows_name_the_row_above(tmp_path: Path) -> None:
    tables = sending.Tables(tmp_path)
    tables.write(record())
    tables.write(record())
    tables.zip_to(tmp_path / "all.zip")

    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        names = archive.namelist()
        read = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in names
        }

    assert names == [f"{each.table}.csv" for each in fields.kinds().values()]
    assert len(read["person.csv"]) == 2
    assert [row["within_row"] for row in read["placements.csv"]] == ["1", "1", "2", "2"]
    assert [row["SENtype"] for row in read["sen-needs.csv"]] == ["ASD", "HI", "ASD", "HI"]
    assert tables.counts[PERSON] == 2
