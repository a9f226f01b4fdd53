"""Turns a table into a plotly figure; no input or output, no arithmetic."""
