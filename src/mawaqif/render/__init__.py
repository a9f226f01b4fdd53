"""Executes the notebooks and renders the report."""
