#!/usr/bin/env bash
# Runs once, when Gradescope builds the image: a Python, the walls' library, the package.
set -euo pipefail
apt-get update
apt-get install -y libseccomp2
for python in python3.13 python3.12 python3.11; do
    if apt-get install -y "$python" "$python-venv"; then break; fi
done
"$python" -m venv /autograder/venv
wheel=$(echo /autograder/source/*.whl)
/autograder/venv/bin/python -m pip install --no-cache-dir "$wheel[confined]"
