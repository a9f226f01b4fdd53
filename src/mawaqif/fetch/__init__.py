"""Gets new articles: lists what feeds, sitemaps and pages offer, asks politely, and keeps each page as it came."""

from mawaqif.fetch.gather import Gathered, fetch_sources
from mawaqif.fetch.sources import SourcesFile, load_sources

__all__ = ["Gathered", "SourcesFile", "fetch_sources", "load_sources"]
