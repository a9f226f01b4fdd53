"""Marks what is not the article and finds what describes it: boilerplate, metadata, duplicates."""
