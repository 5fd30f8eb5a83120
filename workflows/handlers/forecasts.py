"""What is done with forecasts: a worker keeps them; nobody else does."""

from collections.abc import Mapping
from typing import Final

from engine.executor import Handler
from workflows.commands.forget_lessons import ForgetLessons, forget_lessons
from workflows.commands.keep_backtest import KeepBacktest, keep_backtest
from workflows.commands.keep_forecasts import KeepForecasts, keep_forecasts
from workflows.commands.keep_lessons import KeepLessons, keep_lessons
from workflows.commands.keep_outlook import KeepOutlook, keep_outlook

HANDLERS: Final[Mapping[type, Handler]] = {
    KeepForecasts: keep_forecasts,
    KeepLessons: keep_lessons,
    KeepOutlook: keep_outlook,
    KeepBacktest: keep_backtest,
    ForgetLessons: forget_lessons,
}
