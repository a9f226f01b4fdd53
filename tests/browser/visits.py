"""How the browser tests open a report: with the network cut off, and with whatever the page complains of kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

LANGUAGES = ("en", "ar")
SCHEMES = ("light", "dark")
WIDTHS = (390, 820, 1440)
IS_LIVE = "html[data-charts=live]"
"""A selector and not an expression: the page's policy lets nothing be evaluated, the test's own polling included."""


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
        visited.page.wait_for_selector(IS_LIVE, state="attached", timeout=30_000)
    return visited


def report(project: Path, language: str) -> Path:
    """Return the page of a built project."""
    return project / "build" / "report" / f"report.{language}.html"
