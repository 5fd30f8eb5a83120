"""What is learned: recent work counts more, open work counts as well, and a guess helps out."""

import dataclasses
import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest

from tests.support.forecasts import CALENDAR
from workflows.forecast import curves, gather, learn, lessons, queue
from workflows.forecast.curves import Seen
from workflows.forecast.days import Days
from workflows.forecast.queue import Throughput, Waiting
from workflows.queries.observed_steps import Observed
from workflows.rulebook import load
from workflows.simulation.setup import Spread

NOW = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
DAYS = Days.of(dt.date(2024, 6, 1), NOW.date(), CALENDAR)
NO_QUESTIONS = learn.Questions(())
PSYCHOLOGY = "educational_psychology"


def seen(begun: int, took: int | None, **changes: Any) -> Observed:
    """A task that opened so many days ago, and took so many; None while it is open."""
    opened = NOW - dt.timedelta(days=begun)
    one = Observed(
        uuid4(), uuid4(), uuid4(), "draft_plan", "sen_casework", "team", "", None, NOW, opened,
        None, None if took is None else opened + dt.timedelta(days=took), took is not None, {},
    )  # fmt: skip
    return dataclasses.replace(one, **changes)


def curve(*observed: Observed) -> curves.Curve:
    return learn.learn(observed, NO_QUESTIONS, DAYS, NOW).opening["draft_plan", "sen_casework"]


def test_much_that_was_seen_outweighs_the_guess() -> None:
    found = curve(*(seen(28, 28) for _ in range(200)))

    assert found.at(0.5) == pytest.approx(19, abs=1)  # working days
    assert found.observed == 200


def test_little_that_was_seen_leaves_the_guess_near_where_it_was() -> None:
    guess = curves.guessed(Spread(6, 10)).at(0.5)

    assert abs(curve(seen(70, 70)).at(0.5) - guess) < 2


def test_recent_weeks_count_more() -> None:
    old = [seen(400, 70) for _ in range(50)]
    new = [seen(15, 14) for _ in range(50)]

    assert curve(*old, *new).at(0.5) < 15


def test_what_is_still_open_makes_the_wait_longer() -> None:
    done = [seen(15, 14) for _ in range(20)]
    stuck = [seen(140, None) for _ in range(60)]

    assert curve(*done, *stuck).at(0.8) > 2 * curve(*done).at(0.8)


def test_answers_weigh_by_their_age_and_are_held_together_with_the_guess() -> None:
    asked = learn.Questions({("draft_plan", "answer")})
    observed = [seen(10, 5, values={"answer": True}), seen(500, 5, values={"answer": False})]

    found = learn.learn(observed, asked, DAYS, NOW)
    shares = found.shares("draft_plan", "answer", ("true", "false"))

    assert shares["true"] > shares["false"] > 0.3
    assert sum(shares.values()) == pytest.approx(1)


def test_as_many_are_asked_side_by_side_as_usual() -> None:
    one, other = UUID(int=1), UUID(int=2)
    observed = [
        seen(9, 1, label="A", role="health", instance_id=one),
        seen(8, 1, label="A", role="health", instance_id=one),  # returned, and asked again
        seen(9, 1, label="B", role="health", instance_id=one),
        seen(9, 1, label="A", role="health", instance_id=other),
    ]

    assert learn.learn(observed, NO_QUESTIONS, DAYS, NOW).items["draft_plan"] == {"health": 1.5}


def test_the_throughput_of_a_queue_is_what_was_done_in_a_week() -> None:
    done = [seen(day, 1, role=PSYCHOLOGY) for day in range(1, 182, 7) for _ in range(3)]

    found = learn.learn(done, NO_QUESTIONS, DAYS, NOW).queue(PSYCHOLOGY, "team")

    assert found is not None
    assert found.weekly == pytest.approx(3, rel=0.1)
    assert not found.taken


def test_other_work_is_no_queue() -> None:
    assert learn.learn([seen(9, 1)] * 99, NO_QUESTIONS, DAYS, NOW).queue("health", "team") is None


def test_what_was_learned_is_kept_as_it_is() -> None:
    observed = [seen(n, 1, role=PSYCHOLOGY, label="x", taken=NOW) for n in range(2, 40)]
    found = learn.learn(observed, NO_QUESTIONS, DAYS, NOW)

    assert lessons.of_json(found.as_json()) == found


def test_what_is_due_first_is_first_in_its_teams_queue() -> None:
    waiting = [
        Waiting("late", "east", 3, 1, is_taken=False),
        Waiting("soon", "east", 1, 2, is_taken=False),
        Waiting("in hand", "east", 0, 0, is_taken=True),
        Waiting("elsewhere", "west", 9, 9, is_taken=False),
    ]

    assert queue.places(waiting, taken=True) == {"soon": 1, "late": 2, "elsewhere": 1}
    assert queue.places(waiting, taken=False)["late"] == 3


@pytest.mark.parametrize("place", [1, 2, 5, 40])
def test_the_mean_wait_is_the_place_over_the_throughput(place: int) -> None:
    even = (np.arange(1000) + 0.5) / 1000

    found = queue.wait(place, Throughput(10.0, 100.0, taken=False), even)

    assert found.mean() == pytest.approx(place / 2, rel=0.03)
    assert (np.diff(found) >= 0).all()


def test_a_case_is_conditioned_by_those_that_lasted_as_long() -> None:
    many = [Seen(5, 1.0)] * 50 + [Seen(50, 1.0)] * 50
    even = (np.arange(1000) + 0.5) / 1000

    rest = curves.learned(many, Spread(5, 6)).draw_rest(20, even)

    assert np.median(rest) == pytest.approx(30, abs=3)


def test_the_main_limits_are_those_of_the_headlines_kind() -> None:
    found = gather.main_duties(load.current())

    assert {"assessment.final_plan", "transfer.final_plan"} <= found
    assert "assessment.advice" not in found
