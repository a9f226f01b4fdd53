"""The interactive explorer: choose statements, see them as rows and dots, open each in its article."""

from mawaqif.statement_explorer.widget import Explorer

__all__ = ["Explorer"]
