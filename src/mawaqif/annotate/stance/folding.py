"""Folds the operators of a direction into the one state in which it is said."""

from __future__ import annotations

from collections.abc import Sequence

# How an outer operator changes the state that an inner one has left; a pair that is not listed leaves the inner state.
_FOLDED_STATES: dict[str, dict[str, str]] = {
    "negation": {
        "asserted": "denied", "denied": "asserted", "demanded": "unneeded", "opposed": "asserted",
        "doubted": "asserted", "valued": "doubted", "unneeded": "demanded", "stalled": "asserted",
        "postponed": "asserted",
    },
    "demanded": {
        "asserted": "demanded", "valued": "demanded", "denied": "opposed", "postponed": "doubted", "stalled": "stalled",
        "conditional": "conditional",
    },
    "opposed": {
        "asserted": "opposed", "valued": "opposed", "demanded": "opposed", "denied": "demanded",
        "postponed": "demanded", "stalled": "demanded", "opposed": "valued", "doubted": "valued",
        "discussed": "doubted",
    },
    "doubted": {
        "asserted": "doubted", "demanded": "doubted", "valued": "doubted", "denied": "valued", "postponed": "valued",
        "discussed": "doubted", "conditional": "doubted",
    },
    "feared": {"conditional": "doubted", "background": "feared", "asserted": "feared", "valued": "feared"},
    "valued": {
        "discussed": "valued", "asserted": "valued", "denied": "doubted", "opposed": "opposed", "stalled": "doubted",
        "postponed": "doubted",
    },
    "unneeded": {
        "asserted": "unneeded", "valued": "unneeded", "demanded": "unneeded", "denied": "demanded",
        "postponed": "stalled",
    },
    "stalled": {"asserted": "stalled", "demanded": "stalled", "discussed": "stalled", "valued": "stalled"},
    "postponed": {"asserted": "postponed", "demanded": "postponed", "discussed": "postponed"},
    "discussed": {"asserted": "discussed"},
    "scheduled": {"demanded": "scheduled"},
}  # fmt: skip
_OVERRIDING = ("conditional", "conceded", "background", "admitted")


def fold_states(chain: Sequence[str]) -> str:
    """Fold operators, the innermost first, into one state."""
    state = "asserted"
    for operator in chain:
        changed = _FOLDED_STATES.get(operator, {}).get(state)
        if state in _OVERRIDING and changed is None:
            return state
        state = operator if operator in _OVERRIDING else changed or state
    return state
