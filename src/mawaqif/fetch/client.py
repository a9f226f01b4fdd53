"""Asks web servers politely: robots rules, pauses, few retries, and limits on size, time and redirections."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx
from protego import Protego

from mawaqif import __version__
from mawaqif.fetch.sources import Limits

Fault = Literal["unreachable", "robots", "status", "limit", "redirect", "content"]

_RETRIED = frozenset([429, 500, 502, 503, 504])
_LASTING = frozenset([401, 403, 404, 410, 451])
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_ROBOTS_BYTES = 512 * 1024  # RFC 9309, 2.5: at least 500 KiB must be read


class FetchFault(Exception):
    """One address that gave nothing, with the reason.

    Attributes:
        kind: What stood in the way.
        is_lasting: Asking again next time would give the same.
    """

    def __init__(self, kind: Fault, reason: str, *, is_lasting: bool = False) -> None:
        super().__init__(reason)
        self.kind, self.reason, self.is_lasting = kind, reason, is_lasting


@dataclass(frozen=True)
class Reply:
    """What a server sent: `url` is the address after redirections; `body` is decompressed; 304 has no body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    received: datetime


def name_program(contact: str = "") -> str:
    """Return the name under which pages are asked for; robots rules are read for `Mawaqif`."""
    return f"Mawaqif/{__version__} (news archive for policy analysis{'; ' + contact if contact else ''})"


class PoliteClient:
    """A web client for one run: remembers robots rules, the last request to each host, and hosts that are down."""

    def __init__(
        self,
        limits: Limits,
        *,
        user_agent: str,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits, self._sleep, self._clock = limits, sleep, clock
        self._agent = user_agent
        self._robots: dict[str, Protego | FetchFault] = {}
        self._down: dict[str, FetchFault] = {}
        self._last: dict[str, float] = {}
        timeout = httpx.Timeout(min(20.0, limits.page_seconds))
        headers = {"User-Agent": user_agent, "Accept-Language": "ar, en;q=0.5", "Accept-Encoding": "gzip, deflate"}
        self._http = httpx.Client(timeout=timeout, headers=headers, follow_redirects=False)

    def __enter__(self) -> Self:
        """Return the client; connections are closed on leaving."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._http.close()

    def get(self, url: str, *, conditions: Mapping[str, str] | None = None) -> Reply:
        """Return what an address gives, after robots rules, pauses, retries and redirections.

        Args:
            url: The address.
            conditions: `If-None-Match` and `If-Modified-Since`, so that an unchanged listing answers 304.

        Raises:
            FetchFault: It gave nothing that can be used.
        """
        seen: set[str] = set()
        start_is_private = _is_private(url)
        while True:
            check_address(url, may_be_private=start_is_private)
            self._check_robots(url)
            reply = self._ask(url, conditions or {})
            location = reply.headers.get("location")
            if reply.status not in _REDIRECTS or not location:
                break
            seen.add(url)
            url = urljoin(url, location)
            if url in seen:
                raise FetchFault("redirect", "its redirections lead in a circle", is_lasting=True)
            if len(seen) > self._limits.redirects:
                raise FetchFault("redirect", f"it was redirected more than {self._limits.redirects} times")
        if reply.status in (200, 203, 304):
            return reply
        raise FetchFault("status", f"the server answers {reply.status}", is_lasting=reply.status in _LASTING)

    # --- one address ---

    def _ask(self, url: str, conditions: Mapping[str, str]) -> Reply:
        """Ask, and ask again where the answer may pass; the pause doubles each time."""
        origin = _origin(url)
        if origin in self._down:
            raise self._down[origin]
        fault = FetchFault("unreachable", "was not asked")
        for attempt in range(self._limits.attempts):
            self._pause(origin)
            try:
                reply = self._ask_once(url, conditions)
            except httpx.HTTPError as error:
                fault = FetchFault("unreachable", _describe(error))
                delay = self._backoff(attempt)
            else:
                if reply.status not in _RETRIED:
                    return reply
                fault = FetchFault("status", f"the server answers {reply.status}")
                delay = _retry_after(reply.headers) or self._backoff(attempt)
                if delay > self._limits.longest_wait_seconds:
                    reason = f"the server answers {reply.status} and asks to come back in {delay:.0f} s"
                    fault = self._down[origin] = FetchFault("status", reason)
                    raise fault
            if attempt + 1 < self._limits.attempts:
                self._sleep(delay)
        if fault.kind == "unreachable":
            self._down[origin] = fault
        raise fault

    def _ask_once(self, url: str, conditions: Mapping[str, str], *, largest: float | None = None) -> Reply:
        largest = largest or self._limits.page_megabytes * 1e6
        deadline = self._clock() + self._limits.page_seconds
        body = bytearray()
        with self._http.stream("GET", url, headers=dict(conditions)) as response:
            announced = response.headers.get("content-length", "")
            if announced.isdecimal() and int(announced) > largest:
                raise _too_large(largest)
            if response.status_code == 200 or response.status_code == 203:
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > largest:
                        raise _too_large(largest)
                    if self._clock() > deadline:
                        raise FetchFault("limit", f"it took more than {self._limits.page_seconds:.0f} s")
            return Reply(url, response.status_code, dict(response.headers), bytes(body), datetime.now(UTC))

    def _backoff(self, attempt: int) -> float:
        return float(min(self._limits.longest_wait_seconds, max(self._limits.wait_seconds, 0.1) * 2.0 ** (attempt + 1)))

    def _pause(self, origin: str) -> None:
        """Wait until the host may be asked again."""
        rules = self._robots.get(origin)
        crawl_delay = rules.crawl_delay(self._agent) if isinstance(rules, Protego) else None
        pause = max(self._limits.wait_seconds, min(float(crawl_delay or 0), self._limits.longest_wait_seconds))
        if origin in self._last and (rest := self._last[origin] + pause - self._clock()) > 0:
            self._sleep(rest)
        self._last[origin] = self._clock()

    # --- robots rules ---

    def _check_robots(self, url: str) -> None:
        """Raise unless the host's robots.txt lets this program have the page (RFC 9309)."""
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin)
        rules = self._robots[origin]
        if isinstance(rules, FetchFault):
            raise rules
        if not rules.can_fetch(url, self._agent):
            raise FetchFault("robots", "robots.txt does not allow it")

    def _read_robots(self, origin: str) -> Protego | FetchFault:
        """Read the rules: a 4xx answer means there are none, a server that fails means everything is barred."""
        url = f"{origin}/robots.txt"
        for _ in range(6):  # RFC 9309, 2.3.1.2: at least five redirections
            try:
                reply = self._ask(url, {})
            except FetchFault as fault:
                if fault.kind == "unreachable":
                    return fault
                return FetchFault("robots", f"robots.txt cannot be had ({fault.reason}), so nothing is asked for")
            if reply.status not in _REDIRECTS or "location" not in reply.headers:
                break
            url = urljoin(url, reply.headers["location"])
            try:
                check_address(url, may_be_private=_is_private(origin))
            except FetchFault as fault:
                return FetchFault("robots", f"robots.txt cannot be had ({fault.reason}), so nothing is asked for")
        body = reply.body[:_ROBOTS_BYTES] if reply.status == 200 else b""
        return Protego.parse(body.decode("utf-8", "replace"))


# --- addresses ------------------------------------------------------------------------------------------------------


def check_address(url: str, *, may_be_private: bool) -> None:
    """Check that an address is one of the web, and inside the own network only where the source itself is.

    A page or a redirection must not make this machine ask its own services.

    Raises:
        FetchFault: It is not.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchFault("redirect", "it leads to an address that is not http or https", is_lasting=True)
    if not may_be_private and _is_private(url):
        raise FetchFault("redirect", "it leads from the open web into the own network", is_lasting=True)


def _is_private(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        found = socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return False
    return any(not ipaddress.ip_address(str(address[4][0]).split("%")[0]).is_global for address in found)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2].lower(), "", "", ""))


def _too_large(largest: float) -> FetchFault:
    return FetchFault("limit", f"it is larger than {largest / 1e6:g} MB", is_lasting=True)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the pause that a server asks for, in seconds (RFC 9110, 10.2.3: a number, or a date)."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _describe(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "the server does not answer in time"
    if isinstance(error, httpx.ConnectError):
        return "the server cannot be reached"
    if isinstance(error, httpx.DecodingError):
        return "the answer is compressed in a way that cannot be undone"
    return "the connection broke"
