"""Finds actors, statements, stance and dates in one document."""
