"""Published files are loaded all or none; a year that is loaded again is replaced."""

from pathlib import Path

import pytest

from engine import errors, ports
from tests.support import statistics
from tests.support.county import County
from tests.support.statistics import DALES, NORTH, PUBLISHED, WOLDS, line
from workflows.commands.choose_comparators import ChooseComparators, UnknownArea
from workflows.commands.load_statistics import LoadStatistics, StatisticsFile
from workflows.queries.comparator_lines import ComparatorLine, comparator_lines
from workflows.queries.statistics_loaded import Loaded, statistics_loaded
from workflows.statistics.measures import NoSuchMeasure
from workflows.statistics.published_file import UnacceptableStatistics


def load(county: County, *files: StatisticsFile) -> None:
    county.system.execute(LoadStatistics(files), county.person("manager"))


def lines(county: County, measure: str) -> tuple[ComparatorLine, ...]:
    with county.system.read() as connection:
        return comparator_lines(connection, measure)


def loaded(county: County) -> tuple[Loaded, ...]:
    with county.system.read() as connection:
        return statistics_loaded(connection)


def timeliness(share: str, year: str = "2024") -> list[dict[str, str]]:
    cells = {"pc_plans_issued_within_20_weeks": share, "time_period": year}
    return [line("timeliness", area, **cells) for area in (statistics.ENGLAND, NORTH, WOLDS, DALES)]


def test_lines_are_those_of_england_the_region_the_neighbours_and_ones_own(
    county: County, tmp_path: Path
) -> None:
    years = timeliness("60", "2023") + timeliness("50")
    load(county, statistics.file(tmp_path, years))
    assert [each.kind for each in lines(county, "in_20_weeks")] == ["england"]

    county.system.execute(ChooseComparators("E10000901", ("E10000902",)), county.person("manager"))

    points = ((2023, 60.0), (2024, 50.0))
    assert lines(county, "in_20_weeks") == (
        ComparatorLine("England", "england", points),
        ComparatorLine("North East", "region", points),
        ComparatorLine("Dales", "neighbour", points),
        ComparatorLine("Wolds", "own", points),
    )


def test_a_year_that_is_loaded_again_is_replaced(county: County, tmp_path: Path) -> None:
    load(
        county, statistics.file(tmp_path, timeliness("60", "2023") + timeliness("50"), "first.csv")
    )

    load(county, statistics.file(tmp_path, timeliness("51.5"), "second.csv"))

    (england,) = lines(county, "in_20_weeks")
    assert england.points == ((2023, 60.0), (2024, 51.5))
    assert [(each.period, each.file_name, each.loaded_by) for each in loaded(county)] == [
        ("2024", "second.csv", "Grace Okafor"),
        ("2023", "first.csv", "Grace Okafor"),
    ]


def test_one_bad_file_among_several_lets_nothing_in(small_county: County, tmp_path: Path) -> None:
    good = statistics.file(tmp_path, timeliness("60"), "good.csv")
    load(small_county, good)
    before = small_county.everything()
    bad = statistics.file(
        tmp_path,
        [*timeliness("70"), line("timeliness", DALES, plans_issued_den="??", time_period="2023")],
        "bad.csv",
    )

    with pytest.raises(UnacceptableStatistics, match=r"Nothing was loaded\. bad\.csv, line 6"):
        load(small_county, statistics.file(tmp_path, [line("requests")], "other.csv"), bad)

    assert small_county.everything() == before


def test_the_same_year_in_two_files_is_refused(small_county: County, tmp_path: Path) -> None:
    one = statistics.file(tmp_path, timeliness("60"), "one.csv")
    two = statistics.file(tmp_path, timeliness("61"), "two.csv")

    with pytest.raises(UnacceptableStatistics, match=r"two\.csv: .* is in one\.csv as well"):
        load(small_county, one, two)


def test_what_is_not_available_is_counted_and_draws_no_point(
    small_county: County, tmp_path: Path
) -> None:
    load(small_county, statistics.file(tmp_path, timeliness("x", "2023") + timeliness("50")))

    (england,) = lines(small_county, "in_20_weeks")
    assert england.points == ((2024, 50.0),)
    assert [(each.figures, each.missing) for each in loaded(small_county)] == [(12, 0), (8, 4)]


def test_no_files_are_refused(small_county: County) -> None:
    with pytest.raises(UnacceptableStatistics, match="Choose at least one file"):
        load(small_county)


def test_there_are_lines_of_known_measures_only(small_county: County) -> None:
    assert lines(small_county, "in_20_weeks") == ()
    with pytest.raises(NoSuchMeasure):
        lines(small_county, "happiness")


def test_only_authorities_of_the_files_are_chosen(small_county: County, tmp_path: Path) -> None:
    load(small_county, statistics.file(tmp_path, timeliness("60")))
    manager = small_county.person("manager")

    for own, neighbours, field in (
        ("E10000999", (), "own"),
        ("E12000001", (), "own"),
        ("E10000901", ("E92000001",), "neighbours"),
        ("E10000901", ("E10000901",), "neighbours"),
    ):
        with pytest.raises(errors.Invalid) as refused:
            small_county.system.execute(ChooseComparators(own, neighbours), manager)
        assert list(refused.value.errors) == [field]
    assert issubclass(UnknownArea, errors.Invalid)


# The Department’s own files; left out where they are not on the machine.
@pytest.mark.parametrize(
    "paths", [PUBLISHED] if PUBLISHED else [], ids=["published"][: len(PUBLISHED)]
)
def test_all_files_of_the_department_are_loaded_at_once(county: County, paths: list[Path]) -> None:
    files = tuple(StatisticsFile(path.name, path) for path in paths)

    county.system.execute(LoadStatistics(files), ports.SYSTEM)

    assert {each.kind for each in loaded(county)} == {
        "timeliness", "requests", "assessments", "caseload", "needs", "budgets", "reviews",
    }  # fmt: skip
    (england,) = lines(county, "in_20_weeks")
    assert england.points[0] == (2022, 47.7)
