"""One fetch: every source in order, every new page of it, and an account of what came and what did not."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import trafilatura

from mawaqif import __version__
from mawaqif.errors import DocumentError, MawaqifError
from mawaqif.fetch.client import FetchFault, PoliteClient, Reply, check_address, name_program
from mawaqif.fetch.listings import Entry, read_feed, read_sitemap, tidy_address
from mawaqif.fetch.sources import Limits, Source, SourcesFile
from mawaqif.fetch.store import Memory, PageStore
from mawaqif.ingest import check_language, decode

_KEPT_HEADERS = ("content-type", "content-language", "date", "etag", "last-modified", "server")
_MOST_SITEMAPS = 50
_SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}

Notify = Callable[[str], None]


@dataclass
class Gathered:
    """What one source gave.

    Attributes:
        kept: Files written, new in this run.
        known: Pages that were there before, or were passed over before.
        passed_over: Address and reason of pages that will not be asked for again.
        failed: Address and reason of what may work next time; the listing itself may be one.
        is_unreachable: The listing's server could not be reached at all.
    """

    source_id: str
    kept: list[Path] = field(default_factory=list)
    known: int = 0
    passed_over: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    is_unreachable: bool = False

    @property
    def is_broken(self) -> bool:
        """Nothing came, and something that should have did not."""
        return bool(self.failed) and not self.kept and not self.known and not self.passed_over


def fetch_sources(
    file: SourcesFile, folder: Path, *, only: str = "", ask_again: bool = False, notify: Notify | None = None
) -> list[Gathered]:
    """Fetch the new pages of every source into `folder`, one request at a time.

    A source or page that fails is named in the result and stops none of the others.

    Args:
        file: The sources and limits.
        folder: The corpus folder.
        only: Id of the one source to ask; empty for all.
        ask_again: Ask again for pages that were passed over, and for listings whether or not they changed.
        notify: Is told a line for each page kept and each failure.

    Raises:
        LockedError: Another fetch writes there.
        CorpusError: The folder cannot be written.
    """
    # The extractor logs what it cannot read; here that is said once, with the page's address.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    store = PageStore(folder)
    chosen = [source for source in file.sources if only in ("", source.id)]
    with store.locked(), PoliteClient(file.limits, user_agent=name_program(file.contact)) as client:
        memory = Memory() if ask_again else store.recall()
        results = []
        for source in chosen:
            run = _Run(source, file.limits, client, store, memory, notify or _say_nothing)
            results.append(run.gather())
            store.remember(memory)
    return results


def _say_nothing(line: str) -> None:
    del line


@dataclass
class _Run:
    source: Source
    limits: Limits
    client: PoliteClient
    store: PageStore
    memory: Memory
    notify: Notify

    def gather(self) -> Gathered:
        """1. List the pages. 2. Fetch those that are new. 3. Note the listing as done, where it is."""
        result = Gathered(self.source.id)
        # 1.
        listings: dict[str, dict[str, str]] = {}
        try:
            entries = list(self._list(listings, result))
        except FetchFault as fault:
            result.is_unreachable = fault.kind == "unreachable"
            self._fail(result, self.source.url, fault.reason)
            return result
        # 2.
        wanted = [entry for entry in _unique(entries) if self._is_wanted(entry, result)]
        wanted.sort(key=lambda entry: entry.published or "", reverse=True)
        for entry in wanted[: self.limits.new_pages]:
            self._fetch_page(entry, result)
        # 3.
        if not result.failed and len(wanted) <= self.limits.new_pages:
            self.memory.conditions.update(listings)
        return result

    # --- listing ---

    def _list(self, listings: dict[str, dict[str, str]], result: Gathered) -> Iterator[Entry]:
        if self.source.kind == "page":
            yield Entry(tidy_address(self.source.url))
            return
        if self.source.kind == "feed":
            reply = self._ask_listing(self.source.url, listings)
            yield from read_feed(reply) if reply.status != 304 else ()
            return
        waiting, asked = [self.source.url], 0
        while waiting and asked < _MOST_SITEMAPS:
            url = waiting.pop(0)
            asked += 1
            try:
                reply = self._ask_listing(url, listings)
                if reply.status == 304:
                    continue
                sitemap = read_sitemap(reply, largest=int(self.limits.page_megabytes * 1e6))
            except FetchFault as fault:
                if asked == 1:
                    raise
                self._fail(result, url, fault.reason)
                continue
            yield from sitemap.entries
            waiting += [further for further in sitemap.further if further not in waiting] if asked == 1 else []
        for url in waiting:
            self._fail(result, url, f"more than {_MOST_SITEMAPS} sitemaps; this one was left")

    def _ask_listing(self, url: str, listings: dict[str, dict[str, str]]) -> Reply:
        reply = self.client.get(url, conditions=self.memory.conditions.get(url))
        pairs = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
        # An index is never remembered as unchanged: the sitemaps below it change without it.
        conditions = {ask: reply.headers[given] for given, ask in pairs if given in reply.headers}
        if reply.status == 200 and conditions and b"<sitemapindex" not in reply.body[:2000]:
            listings[url] = conditions
        return reply

    def _is_wanted(self, entry: Entry, result: Gathered) -> bool:
        if self.source.kind != "page" and not self.source.takes(entry.url):
            return False
        if self.source.since and (entry.day or date.max) < self.source.since:
            return False
        if self.store.has(entry.url) or entry.url in self.memory.passed_over:
            result.known += 1
            return False
        return True

    # --- one page ---

    def _fetch_page(self, entry: Entry, result: Gathered) -> None:
        try:
            # A listing on the open web may not send this machine to its own network.
            check_address(entry.url, may_be_private=_share_host(self.source.url, entry.url))
            reply = self.client.get(entry.url)
            metadata = self._describe_page(entry, reply)
            path = self.store.keep(entry.url, reply.body, suffix=_suffix(reply), metadata=metadata)
        except FetchFault as fault:
            if not fault.is_lasting:
                self._fail(result, entry.url, fault.reason)
                return
            self.memory.passed_over[entry.url] = fault.reason
            result.passed_over.append((entry.url, fault.reason))
            self.notify(f"passed over {entry.url}: {fault.reason}")
        else:
            result.kept.append(path)
            self.notify(f"new {path.name}: {entry.url}")

    def _fail(self, result: Gathered, url: str, reason: str) -> None:
        result.failed.append((url, reason))
        self.notify(f"failed {url}: {reason}")

    def _describe_page(self, entry: Entry, reply: Reply) -> dict[str, Any]:
        """Return the metadata of a page that holds an Arabic article.

        Raises:
            FetchFault: It does not.
        """
        suffix = _suffix(reply)
        try:
            text = decode(reply.body, is_html=suffix == ".html").text
            check_language(text, "html" if suffix == ".html" else "text")
        except DocumentError as error:
            raise FetchFault("content", error.what, is_lasting=True) from error
        found = _read_article(text, reply.url) if suffix == ".html" else {"characters": len(text)}
        if found["characters"] < self.limits.minimum_characters:
            raise FetchFault(
                "content", f"its main text has {found['characters']} characters: no article", is_lasting=True
            )
        return {
            "url": reply.url,
            "listed_url": entry.url,
            "source": self.source.id,
            "outlet": self.source.outlet or None,
            "listing": {key: value for key, value in asdict(entry).items() if key != "url"},
            "page": found,
            "received": reply.received.isoformat(timespec="seconds"),
            "headers": {name: reply.headers[name] for name in _KEPT_HEADERS if name in reply.headers},
            "bytes": len(reply.body),
            "sha256": hashlib.sha256(reply.body).hexdigest(),
            "fetched_by": f"Mawaqif {__version__}",
        }


def _read_article(text: str, url: str) -> dict[str, Any]:
    """Return what the extractor finds in a page: title, author, site, and how long the main text is.

    Its guess at the date is left aside: it takes view counters for years.
    """
    try:
        found = trafilatura.bare_extraction(
            text, url=url, with_metadata=True, include_comments=False, favor_recall=True
        )
    except (ValueError, RecursionError, MawaqifError):
        found = None
    if found is None or isinstance(found, dict):
        return {"title": None, "author": None, "site": None, "characters": 0}
    return {
        "title": found.title,
        "author": found.author,
        "site": found.sitename,
        "characters": len(" ".join((found.text or "").split())),
    }


def _suffix(reply: Reply) -> str:
    media_type = reply.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if media_type not in _SUFFIXES:
        raise FetchFault("content", f"it is {media_type or 'of no type'}, not a page", is_lasting=True)
    return _SUFFIXES[media_type]


def _share_host(first: str, second: str) -> bool:
    return urlsplit(first).hostname == urlsplit(second).hostname


def _unique(entries: list[Entry]) -> Iterator[Entry]:
    seen: set[str] = set()
    for entry in entries:
        if entry.url not in seen:
            seen.add(entry.url)
            yield entry
