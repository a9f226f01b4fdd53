"""Reads what a feed or a sitemap lists: addresses of pages, with the titles and times that stand beside them."""

from __future__ import annotations

import calendar
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import feedparser
from courlan import clean_url
from lxml import etree

from mawaqif.fetch.client import FetchFault, Reply


@dataclass(frozen=True)
class Entry:
    """One page that a listing names; `published` is the listing's own time, ISO 8601, or None."""

    url: str
    title: str | None = None
    author: str | None = None
    published: str | None = None

    @property
    def day(self) -> date | None:
        """The day of `published`."""
        return date.fromisoformat(self.published[:10]) if self.published else None


@dataclass(frozen=True)
class Sitemap:
    """What a sitemap lists: pages, and in an index further sitemaps (with their time, newest first)."""

    entries: tuple[Entry, ...]
    further: tuple[str, ...]


def read_feed(reply: Reply) -> list[Entry]:
    """Return the entries of an RSS or Atom feed, as the feed orders them; a broken feed gives what can be read.

    Raises:
        FetchFault: Nothing in it can be read as a feed.
    """
    headers = {name: reply.headers[name] for name in ("content-type", "content-language") if name in reply.headers}
    # A file object: given bytes, the parser would take an address at their start as one to open.
    feed = feedparser.parse(io.BytesIO(reply.body), response_headers={**headers, "content-location": reply.url})
    if not feed.entries and (feed.bozo or not feed.version):
        reason = str(feed.get("bozo_exception") or "it is not RSS or Atom")
        raise FetchFault("content", f"the feed cannot be read ({_shorten(reason)})")
    entries = []
    for item in feed.entries:
        if link := item.get("link") or _permalink(item):
            url = tidy_address(urljoin(reply.url, link))
            entries.append(Entry(url, _one_line(item.get("title")), _one_line(item.get("author")), _item_time(item)))
    return entries


def _item_time(item: feedparser.FeedParserDict) -> str | None:
    """Return an item's time in the zone it was written in: a day there is the newspaper's day."""
    for name in ("published", "updated"):
        written = str(dict.get(item, name) or "").strip()
        try:
            time = parsedate_to_datetime(written)
        except (TypeError, ValueError):
            time = None
        if found := time.isoformat(timespec="seconds") if time else _time(written):
            return found
        if parsed := dict.get(item, f"{name}_parsed"):
            return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat(timespec="seconds")
    return None


def _permalink(item: feedparser.FeedParserDict) -> str:
    identifier = str(item.get("id", ""))
    return identifier if identifier.startswith(("http://", "https://")) else ""


def read_sitemap(reply: Reply, *, largest: int) -> Sitemap:
    """Return the pages and further sitemaps that a sitemap lists (sitemaps.org 0.9, with the news extension).

    Args:
        reply: The server's answer; gzip files are unpacked.
        largest: Bytes that it may have unpacked.

    Raises:
        FetchFault: It is not a sitemap, or too large.
    """
    body = _unpack(reply.body, largest)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FetchFault("content", f"the sitemap cannot be read ({_shorten(str(error))})") from error
    if root is None or _local(root) not in ("urlset", "sitemapindex"):
        raise FetchFault("content", "the answer is not a sitemap")
    listed = [found for found in map(_read_location, root) if found]
    if _local(root) == "sitemapindex":
        newest_first = sorted(listed, key=lambda entry: entry.published or "", reverse=True)
        return Sitemap((), tuple(urljoin(reply.url, entry.url) for entry in newest_first))
    return Sitemap(tuple(listed), ())


def _read_location(element: Any) -> Entry | None:
    values = {_local(child): (child.text or "").strip() for child in _descendants(element)}
    if not values.get("loc"):
        return None
    time = _time(values.get("publication_date", "")) or _time(values.get("lastmod", ""))
    return Entry(tidy_address(values["loc"]), _one_line(values.get("title")), None, time)


def _descendants(element: Any) -> Iterator[Any]:
    """Yield the elements below `element`; images and videos have addresses and titles of their own."""
    for child in element:
        if isinstance(child.tag, str) and _local(child) not in ("image", "video", "link"):
            yield child
            yield from _descendants(child)


def _local(element: Any) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def _unpack(body: bytes, largest: int) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        unpacked = unpacker.decompress(body, largest)
    except zlib.error as error:
        raise FetchFault("content", "the sitemap's gzip file is broken") from error
    if unpacker.unconsumed_tail:
        raise FetchFault("limit", f"it is larger than {largest / 1e6:g} MB", is_lasting=True)
    return unpacked


def tidy_address(url: str) -> str:
    """Return an address without fragment and tracking parameters, so that one page has one address."""
    url = " ".join(url.split())
    cleaned = clean_url(url)
    parts = urlsplit(cleaned or url)
    return urlunsplit(parts._replace(fragment=""))


def _time(value: str) -> str | None:
    """Return an ISO 8601 day or time as it was written, None where it is neither."""
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        return None
    return time.isoformat(timespec="seconds") if len(value) > 10 else time.date().isoformat()


def _one_line(value: object) -> str | None:
    return " ".join(str(value).split())[:500] or None if value else None


def _shorten(reason: str) -> str:
    return " ".join(reason.split())[:80]
