"""Articles that try to act: whatever they hold stands in the reports as text, and nothing in them runs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser
from visits import LANGUAGES

from conftest import copy_project, run_in

pytestmark = pytest.mark.slow

OPENING = "قال وزير الخارجية أمس إن القوات الأمريكية يجب أن تغادر العراق قبل نهاية عام 2026، "
SECRET = "a-secret-of-this-machine"

# Each would set `window.acted`, leave a file, stop the build or show the secret, were it more than text.
HOSTILE = {
    "script": "<script>window.acted=1;document.title='acted'</script>",
    "handler": "<img src=x onerror=\"window.acted=2\"><svg onload='window.acted=3'></svg>",
    "link": '<a href="javascript:window.acted=4">اضغط</a> [اضغط](javascript:window.acted=5) ![x](http://127.0.0.1:9/x.png)',
    "raw-html": "\n```{=html}\n<script>window.acted=6</script>\n```\n`<b onclick=window.acted=7>`{=html}",
    "raw-typst": '\n```{=typst}\n#panic("typst ran")\n```\n`#panic(1)`{=typst}',
    "typst": '#read("secret.txt") #panic("x") $sum_(i=0)^n$ @label <label> \\ #[ ] // comment',
    "shortcode": "{{< include secret.txt >}} {{< env ACTED >}} {{< meta title >}} {{< video http://127.0.0.1:9/v >}}",
    "front-matter": "\n---\ntitle: acted\nfilters: [acted.lua]\n---\n",
    "markdown": "\n::: {.callout-note}\nخدعة\n:::\n# عنوان\n[^1] [@cite] @fig-positions {#s-00000000-1-2}",
    "plotly": "<b>x</b><a href='javascript:window.acted=8'>t</a> %{customdata} %{x}<extra>",
    "formula": "\n=cmd|' /C calc'!A0\n+1+1\n-2+3\n@SUM(A1)\n",
    "bidi": "\u202e\u202d\u2066\u2067txet\u2069 \u200f\u200e\ufeff",
    "magic": "%%bash\ntouch acted.txt\n!touch acted.txt\n%load_ext acted\n",
    "entities": "&lt;script&gt;window.acted=9&lt;/script&gt;&#60;img src=x onerror=window.acted=10&#62;",
    "long": "ط" * 5_000,
}


def write_hostile_articles(folder: Path) -> None:
    """Write an article for each kind, hostile in headline, speaker, quotation and file name, and rows and a page."""
    folder.mkdir()
    for kind, words in HOSTILE.items():
        line = " ".join(words.split())[:60]
        text = (
            f"{line}\n\n{OPENING}{words} مضيفاً أن الوجود الأجنبي مرفوض.\n"
            f"وأكد النائب {line} علي حسن أن «بقاء القوات الأمريكية {words} مرفوض تماماً».\n"
            f"وقال المتحدث باسم كتلة {line} إن الانسحاب سيجري في سبتمبر 2026.\n"
        )
        (folder / f"{kind}.txt").write_text(text, encoding="utf-8")
    for name in ("<script>window.acted=11<>.txt", "=1+1.txt", "$(touch acted.txt);`x`.txt", "{{< meta title >}}.txt"):
        (folder / name).write_text(f"{OPENING}وأضاف أن {name} قريب.", encoding="utf-8")
    rows = [
        {
            "id": f"=row-{n}",
            "text": f"{OPENING}{words}",
            "title": words[:80],
            "outlet": words[:60],
            "author": words[:40],
        }
        for n, words in enumerate(HOSTILE.values())
    ]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "rows.jsonl").write_text(lines, encoding="utf-8")
    (folder / "page.html").write_text(
        "<html><head><title>=1+1<script>window.acted=12</script></title>"
        "<meta property='og:site_name' content='\"><script>window.acted=13</script>'></head><body>"
        f"{'<div>' * 20_000}<p>{OPENING}</p>"
        "<p>وقال النائب علي حسن إن القوات باقية <script>window.acted=14</script></p>",
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def hostile_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = copy_project(tmp_path_factory.mktemp("hostile") / "a project")
    shutil.rmtree(home / "data" / "raw")
    write_hostile_articles(home / "data" / "raw")
    for folder in (home, home / "report", home / "data" / "raw"):
        (folder / "secret.txt").write_text(SECRET if folder != home / "data" / "raw" else OPENING, encoding="utf-8")
    done = run_in(home, "report", "--engine", "embedded", env={"ACTED": SECRET})
    assert done.returncode == 0, done.stderr
    return home


@pytest.mark.parametrize(("language", "width"), [("en", 390), ("ar", 1440)])
def test_nothing_in_an_article_runs_loads_or_widens_the_page(
    hostile_project: Path, browser: Browser, language: str, width: int
) -> None:
    path = hostile_project / "build" / "report" / f"report.{language}.html"
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-charts=live]")
    for chart in page.query_selector_all(".js-plotly-plot .nsewdrag")[:6]:
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        assert box is not None
        for part in range(1, 8):
            page.mouse.move(box["x"] + box["width"] * part / 8, box["y"] + box["height"] * part / 8)
    assert page.evaluate("window.acted") is None
    assert "acted" not in page.title()
    assert [url for url in asked if not url.startswith((path.as_uri(), "data:", "blob:"))] == []
    assert said == []
    loose = "img[src=x], svg[onload], [onclick], [onerror], a[href^='javascript'], iframe, object, embed"
    assert page.locator(loose).count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_article_holds_stands_in_the_page_as_text(
    hostile_project: Path, browser: Browser, language: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto((hostile_project / "build" / "report" / f"report.{language}.html").as_uri())
    text = " ".join(page.locator("main").inner_text().split())
    for words in (
        "<script>window.acted=1",
        'onerror="window.acted=2"',
        '#panic("typst',
        "{{< include",
        "%{customdata}",
    ):
        assert words in text, words
    assert SECRET not in page.content()
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_shows_no_file_and_ran_no_code(hostile_project: Path, language: str) -> None:
    reader = pypdf.PdfReader(hostile_project / "build" / "report" / f"report.{language}.pdf")
    text = "".join(page.extract_text() for page in reader.pages)
    assert SECRET not in text
    assert "panic" in text
    assert "acted" not in (reader.metadata.title or "")


def test_no_code_of_an_article_left_a_file(hostile_project: Path) -> None:
    assert list(hostile_project.rglob("acted.txt")) == []
