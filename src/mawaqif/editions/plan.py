"""Says what an edition is to hold and how it is to be published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from mawaqif.briefs import Brief
from mawaqif.editions.store import Site

Policy = Literal["strict", "best-effort"]
Notify = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What to publish, and how.

    Attributes:
        briefs: The reports of the edition.
        site: Where to publish.
        whole: The brief that gives title, issue and tables, whichever are published, so that editions can be compared.
        engine: `auto`, `quarto` or `embedded`.
        force: Make everything again.
        jobs: Processes for annotation and kernels.
        policy: `strict` holds the edition back where one report fails, `best-effort` leaves that report out.
        keep: How many editions to keep; 0 for all.
        keep_days: For how many days to keep them; 0 for ever.
        url: Address of the site with a slash at the end, for the feed; empty for links within the site.
        notebook_seconds: How long one notebook may take; 0 for the usual limit.
    """

    briefs: tuple[Brief, ...]
    site: Site
    whole: Brief
    engine: str = "auto"
    force: bool = False
    jobs: int = 2
    policy: Policy = "strict"
    keep: int = 0
    keep_days: int = 0
    url: str = ""
    notebook_seconds: int = 0
