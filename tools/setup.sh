#!/bin/sh
# Makes .venv ready from nothing: system packages, a Python, the locked dependencies, Frontdesk itself.
set -eu
cd "$(dirname "$0")/.."

sh tools/system.sh
python=$(sh tools/python.sh) || {
    echo "Frontdesk needs Python 3.11 or newer with its venv module. Please install it, then try again." >&2
    exit 1
}
if ! .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi

echo "Installing the locked dependencies"
pip="$PWD/.venv/bin/python -m pip --disable-pip-version-check --no-input"
$pip install -q --require-hashes -r requirements.lock
$pip install -q --no-deps --no-build-isolation -e .
touch .venv/ready
