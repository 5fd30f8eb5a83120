#!/usr/bin/env bash
# Sees to it that Chromium is there for the browser tests; CHROMIUM names one yourself.
set -euo pipefail
for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
  if [ -n "$candidate" ] && command -v "$candidate" >/dev/null; then exit 0; fi
done

if command -v apt-get >/dev/null; then
  as_root=()
  if [ "$(id -u)" != 0 ]; then as_root=(sudo --non-interactive); fi
  echo 'Chromium is not here: installing it with apt-get.'
  if "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; then
    exit 0
  fi
fi
echo 'The browser tests need Chromium and it could not be installed here.' >&2
echo 'Install it (on Debian as root: apt-get install chromium) or name one: make test CHROMIUM=/path/to/it' >&2
exit 1
