"""Reads a folder of raw pages into documents: decode, checksum, and say plainly what could not be used."""

from mawaqif.ingest.arabic_only import check_language
from mawaqif.ingest.encodings import decode
from mawaqif.ingest.folder import METADATA_SUFFIX, read_corpus

__all__ = ["METADATA_SUFFIX", "check_language", "decode", "read_corpus"]
