"""Runs the command line as `python -m mawaqif`."""

from mawaqif.cli import main

main()
