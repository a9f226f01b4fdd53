"""Writes a notebook of one's own from a template; listed in `briefs.yml` it becomes a section of the report."""

from __future__ import annotations

import re
from pathlib import Path

from mawaqif.briefs import SECTION_NAME
from mawaqif.errors import ParameterError
from mawaqif.paths import REPORT_NOTEBOOKS, Paths
from mawaqif.settings import check_title

FIRST_NUMBER = "50"
_TEMPLATE = Path(__file__).with_name("new_notebook.template")
_TITLES = {"en": "A section of your own", "ar": "قسم جديد"}


def write_notebook(paths: Paths, name: str, *, title_en: str = "", title_ar: str = "") -> Path:
    """Write `notebooks/50_NAME.py` and return its path.

    Args:
        paths: The project.
        name: Small letters, digits and underscores; with a number of its own before it, such as 60_outlets, that stays.
        title_en: The section's title in English; empty for one to be replaced.
        title_ar: The same in Arabic.

    Raises:
        ParameterError: The name or a title cannot be used, or there is such a notebook.
    """
    stem = name.removesuffix(".py")
    stem = stem if re.match(r"\d\d_", stem) else f"{FIRST_NUMBER}_{stem}"
    if not SECTION_NAME.fullmatch(stem):
        mend = "Use small letters, digits and underscores, such as outlets or 60_outlets."
        raise ParameterError(f"{name!r} cannot name a notebook", where="NAME", mend=mend)
    for title, option in ((title_en, "--title"), (title_ar, "--title-ar")):
        check_title(title, option)
    path = paths.notebook(stem)
    if path.exists() or stem in REPORT_NOTEBOOKS:
        raise ParameterError(f"there is a notebook {path.name}", where="NAME", mend="Choose another name, or edit it.")
    text = _TEMPLATE.read_text(encoding="utf-8")
    given = {"NAME": stem, "LABEL": stem.replace("_", "-"), "TITLE_EN": title_en or _TITLES["en"]}
    for key, value in {**given, "TITLE_AR": title_ar or _TITLES["ar"]}.items():
        text = text.replace(f"<<{key}>>", value)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path
