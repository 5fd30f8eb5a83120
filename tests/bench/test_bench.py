"""The benchmarks can be listed and named."""

from pathlib import Path

import pytest

from bench import __main__ as bench, measure

ROOM = Path(bench.__file__).parent


def test_every_benchmark_is_listed_by_the_name_of_its_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    offering = {
        path.stem
        for path in ROOM.glob("*.py")
        if "\ndef run(name: str, url: str)" in path.read_text()
    }

    assert bench.main(["--list"]) == 0

    assert set(capsys.readouterr().out.split()) == offering


def test_a_benchmark_that_does_not_exist_is_refused_before_anything_runs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert bench.main(["task_list", "nonsense"]) == 2

    assert "There is no benchmark nonsense" in capsys.readouterr().err


def test_a_figure_over_its_limit_says_so() -> None:
    kept = measure.Figure("a step", ours=0.015, reference=0.010, most=1.5)
    missed = measure.Figure("a step", ours=0.016, reference=0.010, most=1.5)

    assert str(kept) == "a step: 1.50 (ours 15.00 ms / reference 10.00 ms)  at most 1.5"
    assert str(missed).endswith("EXCEEDED")
