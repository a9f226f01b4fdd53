#!/bin/sh
# Sets up what the report needs: a virtual environment from the lock file, Chromium for the charts, Quarto where it
# can be had. Run through `make setup`; safe to run again.
#   sh ops/setup.sh [VENV]
set -eu
venv=${1:-.venv}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

say() { printf '%s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# A root shell, or sudo that asks nothing; otherwise the person is told what to type.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo "$@"
  else return 1; fi
}
apt_install() {
  command -v apt-get >/dev/null 2>&1 || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >"$log" 2>&1 || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$log" 2>&1
}

# 1. Python 3.11 or newer, able to make virtual environments.
python=
for candidate in ${MAWAQIF_PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$candidate; break; fi
done
[ -n "$python" ] || stop "Python 3.11 or newer is needed. Install it (Debian: apt install python3 python3-venv) and run again."
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  say "setup: installing python3-venv"
  apt_install python3-venv || stop "this Python cannot make virtual environments. Run: sudo apt install python3-venv"
fi

# 2. The virtual environment, exactly as locked.
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c '' 2>/dev/null; then
  say "setup: making the virtual environment $venv"
  "$python" -m venv --clear "$venv"
fi
say "setup: installing the locked packages (a few minutes the first time)"
"$venv/bin/python" -m pip install --disable-pip-version-check -q -r requirements.lock >"$log" 2>&1 ||
  { tail -5 "$log" >&2; stop "the packages could not be installed; the lines above say why."; }
"$venv/bin/python" -m pip install --disable-pip-version-check -q --no-deps -e . >"$log" 2>&1 ||
  { tail -5 "$log" >&2; stop "the project could not be installed; the lines above say why."; }

# 3. Chromium draws the static charts and runs the browser tests.
if "$venv/bin/python" -c 'import sys; from mawaqif.render.browser import find_chromium; sys.exit(find_chromium() is None)'; then :
elif say "setup: installing Chromium" && apt_install chromium; then :
else stop "no Chromium found. Run: sudo apt install chromium   (or set BROWSER_PATH to a Chrome or Chromium)"; fi

# 4. The browser tests drive Chromium through Playwright, whose own node needs libatomic.
driver=$("$venv/bin/python" -c 'import playwright, pathlib; print(pathlib.Path(playwright.__file__).parent / "driver" / "node")')
if ! "$driver" --version >/dev/null 2>&1; then
  apt_install libatomic1 || say "setup: the browser tests need libatomic. Run: sudo apt install libatomic1"
fi

# 5. Quarto renders the report where it is there; the embedded engine does where it is not.
if command -v quarto >/dev/null 2>&1 || [ -x "$venv/bin/quarto" ]; then :
elif [ "${MAWAQIF_QUARTO:-try}" = try ] &&
  timeout 600 "$venv/bin/python" -m pip install --disable-pip-version-check -q --retries 0 quarto-cli==1.9.38 >"$log" 2>&1 &&
  [ -x "$venv/bin/quarto" ]; then say "setup: Quarto installed"
else say "setup: Quarto cannot be had here; the embedded engine renders the report"; fi

touch "$venv/.mawaqif-ready"
say "setup: ready"
