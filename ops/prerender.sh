#!/bin/sh
# Quarto runs this before it renders: it executes the notebooks and writes their render copies.
set -eu
[ "${MAWAQIF_PRERENDERED:-}" = 1 ] && exit 0
if [ -x .venv/bin/python ] && .venv/bin/python -c 'import mawaqif' 2>/dev/null; then exec .venv/bin/python -m mawaqif prerender; fi
if python3 -c 'import mawaqif, papermill' 2>/dev/null; then exec python3 -m mawaqif prerender; fi
if python -c 'import mawaqif, papermill' 2>/dev/null; then exec python -m mawaqif prerender; fi
make -s setup
exec .venv/bin/python -m mawaqif prerender
