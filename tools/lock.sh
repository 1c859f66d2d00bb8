#!/bin/sh
# Writes requirements.lock anew: versions and hashes for every platform and Python from 3.11 on, and nothing
# that names a registry or a machine. Versions already locked stay; `make lock UPGRADE=1` takes the newest.
set -eu
cd "$(dirname "$0")/.."

[ -x build/lock/bin/uv ] || {
    "$(sh tools/python.sh)" -m venv --clear build/lock
    build/lock/bin/python -m pip install -q --disable-pip-version-check uv
}
build/lock/bin/uv pip compile pyproject.toml --extra dev --output-file requirements.lock ${UPGRADE:+--upgrade} \
    --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links
