"""Writes a notebook of one's own from a template; listed in `briefs.yml` it becomes a section of the report."""

from __future__ import annotations

import re
from pathlib import Path

from mawaqif.briefs import SECTION_NAME
from mawaqif.errors import ParameterError
from mawaqif.paths import REPORT_NOTEBOOKS, Paths
from mawaqif.settings import check_title
from mawaqif.vocabulary import load_vocabulary
from mawaqif.vocabulary.issues import Issue

FIRST_NUMBER = "50"
_HEAD, _COUNTS, _ISSUE = (
    Path(__file__).with_name(f"new_notebook{part}.template") for part in ("", "_counts", "_issue")
)
_TITLES = {"en": "A section of your own", "ar": "قسم جديد"}
_PROSE = {
    "en": "Replace this with what the section says. @fig-<<LABEL>> shows who is quoted on the issue;\n"
    "# @tbl-<<LABEL>> leads to the statements.",
    "ar": "اكتب هنا ما يقوله القسم. يبيّن [@fig-<<LABEL>>] من نُقل كلامه في القضية،\n"
    "# ويقود [@tbl-<<LABEL>>] إلى التصريحات.",
}
_PROSE_ON_ISSUE = {
    "en": "<<QUESTION_EN>>\n"
    "# @fig-<<LABEL>> shows where each actor stands on it; @tbl-<<LABEL>> leads to the statements.",
    "ar": "<<QUESTION_AR>>\n# يبيّن [@fig-<<LABEL>>] موقف كل طرف منها، ويقود [@tbl-<<LABEL>>] إلى التصريحات.",
}


def write_notebook(paths: Paths, name: str, *, title_en: str = "", title_ar: str = "", issue: str = "") -> Path:
    """Write `notebooks/50_NAME.py` and return its path.

    Args:
        paths: The project.
        name: Small letters, digits and underscores; with a number of its own before it, such as 60_outlets, that stays.
        title_en: The section's title in English; empty for one to be replaced.
        title_ar: The same in Arabic.
        issue: Another issue than the report's, to show who stands where on it; its titles are the default.

    Raises:
        ParameterError: The name or a title cannot be used, there is such a notebook, or no such issue.
        VocabularyError: The vocabulary cannot be read.
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
    with_issue = _find_issue(paths, issue) if issue else None
    text = "".join(part.read_text(encoding="utf-8") for part in (_HEAD, _ISSUE if issue else _COUNTS))
    for language, title in (("en", title_en), ("ar", title_ar)):
        prose = (_PROSE_ON_ISSUE if with_issue else _PROSE)[language]
        question = with_issue.question.in_language(language) if with_issue else ""
        named = title or (with_issue.title.in_language(language) if with_issue else _TITLES[language])
        for key, value in (("PROSE", prose), ("QUESTION", " ".join(question.split())), ("TITLE", named)):
            text = text.replace(f"<<{key}_{language.upper()}>>", value)
    for key, value in (("NAME", stem), ("LABEL", stem.replace("_", "-"))):
        text = text.replace(f"<<{key}>>", value)
    if issue:
        text = text.replace("    issue=issue,\n", f'    issue="{issue}",  # not that of the report\n')
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path


def _find_issue(paths: Paths, issue: str) -> Issue:
    issues = load_vocabulary(paths.vocabulary).issues
    if issue not in issues:
        mend = f"There are: {', '.join(issues)}; begin another with `mawaqif new-issue`."
        raise ParameterError(f"there is no issue {issue!r}", where="--issue", mend=mend)
    return issues[issue]
