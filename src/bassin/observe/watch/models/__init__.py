"""What the watch keeps: signals, what was done of them, who wants to be told."""

from bassin.observe.watch.models.scenarios import CrisisScenario, CrisisScore
from bassin.observe.watch.models.signals import Circle, Passing, Rating, Remembered, Signal, Step
from bassin.observe.watch.models.subscriptions import Subscription

__all__ = [
    "Circle", "CrisisScenario", "CrisisScore", "Passing", "Rating", "Remembered", "Signal", "Step",
    "Subscription",
]  # fmt: skip
