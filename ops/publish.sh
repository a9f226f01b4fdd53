#!/bin/sh
# Fetches new articles and publishes an edition, for a machine that nobody watches: no terminal, a bare environment.
#   /opt/mawaqif/ops/publish.sh [OPTIONS OF mawaqif publish]
# Run `make setup` once by hand before. Exit codes are those of `mawaqif publish`; a source that cannot be fetched
# is named and does not hold the edition back.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
export MAWAQIF_HOME="${MAWAQIF_HOME:-$home}" LANG="${LANG:-C.UTF-8}" HOME="${HOME:-$home/build}"
export PATH="${PATH:-/usr/local/bin:/usr/bin:/bin}"
venv=${MAWAQIF_VENV:-$home/.venv}
case $venv in /*) ;; *) venv=$PWD/$venv ;; esac
python=$venv/bin/python
if [ ! -x "$python" ]; then
  echo "publish: no virtual environment at $venv. Run: make -C '$home' setup" >&2
  exit 2
fi
cd "$MAWAQIF_HOME"
if [ -f data/sources.yml ]; then
  "$python" -m mawaqif fetch || echo "publish: not everything could be fetched; going on with what is there" >&2
fi
exec "$python" -m mawaqif publish "$@"
