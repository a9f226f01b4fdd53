"""Reads `data/sources.yml`: where new articles come from, and how patiently they are asked for."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from mawaqif.errors import ParameterError
from mawaqif.vocabulary import read_yaml

Kind = Literal["feed", "sitemap", "page"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limits(_Model):
    """How much and how fast; seconds and megabytes (10^6 bytes, after decompression).

    Attributes:
        wait_seconds: Pause between two requests to one host; a longer crawl delay in robots.txt wins.
        longest_wait_seconds: A server that asks for a longer pause than this is left for the next run.
        attempts: Tries for one address, the first included.
        page_seconds: The whole time for one address, one try.
        page_megabytes: The largest page or listing.
        redirects: How many redirections of one address are followed.
        new_pages: The most new pages of one source in one run; the newest come first.
        minimum_characters: A page whose main text is shorter holds no article.
    """

    wait_seconds: Annotated[float, Field(ge=0, le=3600)] = 2.0
    longest_wait_seconds: Annotated[float, Field(ge=0, le=3600)] = 120.0
    attempts: Annotated[int, Field(ge=1, le=10)] = 3
    page_seconds: Annotated[float, Field(gt=0, le=3600)] = 60.0
    page_megabytes: Annotated[float, Field(gt=0, le=30)] = 8.0
    redirects: Annotated[int, Field(ge=0, le=20)] = 5
    new_pages: Annotated[int, Field(ge=1, le=100_000)] = 200
    minimum_characters: Annotated[int, Field(ge=0, le=100_000)] = 300


class Source(_Model):
    """One feed, sitemap or page.

    Attributes:
        id: Names the source in messages and metadata.
        kind: `feed` (RSS or Atom), `sitemap` (an index of sitemaps too), or `page`.
        url: Its address, http or https.
        outlet: The publisher's name, kept with each page; empty to let the page say.
        include: Regular expression that a page's address must match somewhere.
        exclude: Regular expression that it must not match.
        since: Entries that a listing dates before this day are left out; undated ones are taken.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$")]
    kind: Kind
    url: str
    outlet: str = ""
    include: str = ""
    exclude: str = ""
    since: date | None = None

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{value!r} is not an http or https address")
        return value

    @field_validator("include", "exclude")
    @classmethod
    def _is_pattern(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"{value!r} is not a regular expression ({error})") from error
        return value

    def takes(self, url: str) -> bool:
        """Tell whether an address passes `include` and `exclude`."""
        if self.include and not re.search(self.include, url):
            return False
        return not (self.exclude and re.search(self.exclude, url))


class SourcesFile(_Model):
    """`sources.yml`.

    Attributes:
        contact: An address that goes into the program's name, so that a publisher can write to you.
        limits: For all sources.
        sources: In the order in which they are asked.
    """

    contact: str = ""
    limits: Limits = Limits()
    sources: tuple[Source, ...] = ()

    @field_validator("contact")
    @classmethod
    def _fits_a_header(cls, value: str) -> str:
        if not value.isascii() or any(c in value for c in "\r\n()"):
            raise ValueError("write it in plain ASCII without brackets, such as desk@example.org")
        return value


def load_sources(path: Path) -> SourcesFile:
    """Read and check the file.

    Raises:
        ParameterError: There is no such file, or two sources share an id.
        VocabularyError: It breaks its contract; the entry and the mend are named.
    """
    if not path.is_file():
        raise ParameterError(
            "there is no list of sources", where=str(path), mend="Write one; the README shows what it holds."
        )
    file = read_yaml(path, SourcesFile)
    seen: set[str] = set()
    for source in file.sources:
        if source.id in seen:
            raise ParameterError(f"two sources are called {source.id!r}", where=str(path), mend="Rename one of them.")
        seen.add(source.id)
    return file
