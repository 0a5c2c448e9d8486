#!/bin/sh
# Build the wheel, install it into an empty virtual environment and ask it for its help.
set -eu
python=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m build --wheel --no-isolation --outdir "$work" . >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt "$work"/grimche-*.whl
cd "$work"
"$work/venv/bin/grimche" --help >"$work/help"
grep -q similar "$work/help"
echo "the wheel answers grimche --help in an empty environment"
