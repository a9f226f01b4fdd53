"""Codes each statement's issue, stance and modality by the words of the issue files, with a calibrated confidence.

A statement is read in five steps, none of which knows what the issue is about:

1. Every word and phrase of the issue file is found in the statement, whatever its clitics and inflection.
2. Terms near each other make targets (what the issue is about) and directions (what is said of a target).
3. Operators (demand, rejection, doubt, negation, condition, ...) are attached to the direction that they govern, the
   nearest first, and fold into one state: "rejects postponing the exit" demands it.
4. The state of each direction gives a step of the scale, by the table in the issue file; the main direction decides.
5. Who speaks is weighed: an opponent's forecast of the opposite is a forecast without a position.
"""

from mawaqif.annotate.stance.decision import ABSTAIN, OTHER, SURE, StanceCoding
from mawaqif.annotate.stance.document import annotate_stance, code_stance

__all__ = ["ABSTAIN", "OTHER", "SURE", "StanceCoding", "annotate_stance", "code_stance"]
