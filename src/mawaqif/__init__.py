"""Mawaqif reads Arabic political news and shows who stands where, with the words behind every number."""

__version__ = "0.1.0"
