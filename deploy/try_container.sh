#!/usr/bin/env bash
# Try the Dockerfile where no container engine runs: its own steps, in a clean Debian made by debootstrap.
#
#   sudo deploy/try_container.sh FOLDER [TARGET]
#
# FOLDER (a few GB) keeps the clean Debian for the next time.  Where root may mount, the image then runs as the
# Dockerfile's user on a read-only tree; docs/operations.md says what this cannot show.
set -euo pipefail
folder=$(realpath -m "${1:?a folder to work in}") target=${2:-serve}
cd "$(dirname "$0")/.."
if [ ! -x "$folder/debian/usr/bin/python3" ]; then
    mkdir -p "$folder"
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$folder/debian"
fi
exec unshare --mount --pid --fork python3 deploy/try_container.py "$folder" "$target"
