"""Cleans documents: spans that are not the article, what the page says of it, sentences, and copies among documents."""

from mawaqif.clean.document import clean_document
from mawaqif.clean.duplicates import CopyFinder, Sketch, find_duplicates, sketch_document
from mawaqif.clean.frequencies import LineFrequencies

__all__ = ["CopyFinder", "LineFrequencies", "Sketch", "clean_document", "find_duplicates", "sketch_document"]
