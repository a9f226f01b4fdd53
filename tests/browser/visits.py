"""How the browser tests open a report: with the network cut off, and with whatever the page complains of kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

LANGUAGES = ("en", "ar")
WIDTHS = (390, 820, 1440)
IS_LIVE = "html[data-charts=live]"
"""A selector and not an expression: the page's policy lets nothing be evaluated, the test's own polling included."""


LIVE, PICTURES = ".live-chart .main-svg:first-child", "figure .picture > svg"
# The box of a text is as tall as the font's tallest letters, which hardly any line has: a fifth of it is left out at
# either side. Words set as outlines, in the pictures, are measured by their ink, of which an eighth is left out: a
# letter that reaches down and one that reaches up elsewhere in the next line do not meet.
FAULTS_OF_LABELS = """(charts) => {
  const told = [];
  for (const chart of charts) {
    const name = chart.closest('figure').id || chart.closest('[id]').id;
    const frame = chart.getBoundingClientRect();
    const boxes = [];
    const add = (rect, ink, words) => {
      const spare = rect.height / (ink ? 8 : 5);
      boxes.push({ left: rect.left, right: rect.right, top: rect.top + spare, bottom: rect.bottom - spare, words });
    };
    for (const text of chart.querySelectorAll('text')) {
      if (text.closest('.hoverlayer') || !text.textContent.trim()) continue;
      const lines = [...text.querySelectorAll('tspan.line')];
      for (const line of lines.length ? lines : [text]) {
        add(line.getBoundingClientRect(), false, line.textContent);
      }
    }
    for (const label of chart.querySelectorAll('.annotation-text-g')) {
      const glyphs = [...label.querySelectorAll('use, path')].map((e) => e.getBoundingClientRect());
      if (!glyphs.length) continue;
      const left = Math.min(...glyphs.map((g) => g.left)), right = Math.max(...glyphs.map((g) => g.right));
      const top = Math.min(...glyphs.map((g) => g.top)), bottom = Math.max(...glyphs.map((g) => g.bottom));
      add({ left, right, top, bottom, height: bottom - top }, true, `outline ${Math.round(left)},${Math.round(top)}`);
    }
    boxes.forEach((one, n) => {
      if (one.left < frame.left - 1 || one.right > frame.right + 1
        || one.top < frame.top - 1 || one.bottom > frame.bottom + 1) told.push(`${name}: cut: ${one.words}`);
      for (const other of boxes.slice(n + 1)) {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > 1.5 && down > 1.5) told.push(`${name}: overlap: ${one.words} | ${other.words}`);
      }
    });
    if (!boxes.length) told.push(`${name}: no words`);
  }
  return told;
}"""
"""Of each chart: the labels that its edge cuts and those that stand on each other."""


@dataclass
class Visit:
    """A page, what it asked for beyond itself and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def close(self) -> None:
        self.page.context.close()


def visit(browser: Browser, path: Path, *, width: int = 1440, anchor: str = "", **options: object) -> Visit:
    """Open a file with every request but the one for itself refused, and wait for its charts, if it has any."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
    visited = Visit(context.new_page())

    def answer(route: Route) -> None:
        if route.request.url.partition("#")[0] == path.as_uri():
            route.continue_()
        else:
            visited.requests.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    visited.page.on("console", lambda m: visited.complaints.append(m.text) if m.type in ("error", "warning") else None)
    visited.page.on("pageerror", lambda error: visited.complaints.append(str(error)))
    visited.page.goto(path.as_uri() + anchor)
    if options.get("java_script_enabled", True) and visited.page.locator("script[data-for]").count():
        visited.page.wait_for_selector(IS_LIVE, state="attached", timeout=120_000)
    return visited


def report(project: Path, language: str) -> Path:
    """Return the page of a built project."""
    return project / "build" / "report" / f"report.{language}.html"
