#!/usr/bin/env bash
# Runs a command and shows what it printed only if it failed.
set -euo pipefail
if ! printed=$("$@" 2>&1); then
  printf '%s\n' "$printed"
  exit 1
fi
