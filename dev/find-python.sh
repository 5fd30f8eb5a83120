#!/usr/bin/env bash
# Prints the first Python from 3.11 on that this machine can run. PYTHON names one yourself.
set -euo pipefail
for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3.14 python3 python; do
  if [ -n "$candidate" ] && "$candidate" -c \
    'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    command -v "$candidate"
    exit 0
  fi
done
echo 'ehcflow needs Python 3.11 or later with its venv module (on Debian: apt install python3-venv).' >&2
exit 1
