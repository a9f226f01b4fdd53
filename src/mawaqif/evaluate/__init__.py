"""Measures the rules against reference codings or any other set of coded texts; see `reference` and `attribution`."""

from mawaqif.evaluate.attribution import evaluate_attribution
from mawaqif.evaluate.measures import Evaluation, Measure, Miss
from mawaqif.evaluate.printing import render_evaluation
from mawaqif.evaluate.reference import evaluate_gold, evaluate_statements, evaluate_tables

__all__ = [
    "Evaluation",
    "Measure",
    "Miss",
    "evaluate_attribution",
    "evaluate_gold",
    "evaluate_statements",
    "evaluate_tables",
    "render_evaluation",
]
