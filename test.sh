#!/usr/bin/env bash
# Builds everything and runs every test. Foreign programs that the tests drive are installed with apt where that is possible;
# where it is not, the tests that need them fail and say what to install.
set -uo pipefail
cd "$(dirname "$0")"

need_command() { command -v "$1" >/dev/null 2>&1; }

install_peers() {
  local missing=()
  need_command coap-client-notls || missing+=(libcoap3-bin)
  need_command curl || missing+=(curl)
  need_command openssl || missing+=(openssl)
  need_command gnutls-cli || missing+=(gnutls-bin)
  [ -e /usr/include/mbedtls/ssl.h ] || missing+=(libmbedtls-dev)
  [ -e /usr/include/wolfssl/ssl.h ] || missing+=(libwolfssl-dev)
  need_command gcc || missing+=(gcc libc6-dev)
  [ -x /usr/lib/postgresql/15/bin/initdb ] || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
  { need_command node && need_command npm; } || missing+=(nodejs npm)
  [ -e /usr/bin/chromium ] || missing+=(chromium)
  need_command redis-server || missing+=(redis-server)
  need_command softhsm2-util || missing+=(softhsm2)
  need_command pkcs11-tool || missing+=(opensc)
  [ ${#missing[@]} -eq 0 ] && return 0
  if need_command apt-get && [ "$(id -u)" = 0 ]; then
    echo "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null && return 0
  fi
  echo "not installed: ${missing[*]} (apt-get install ${missing[*]}); the tests that need them will fail"
}

if ! need_command dotnet; then
  echo "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download" >&2
  exit 2
fi
install_peers

# The console needs Node 20.19; distributions have older ones, and npm has every one.
node_is_new() { node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null; }
if ! node_is_new && need_command npm; then
  npm install --silent --no-save --no-audit --no-fund --prefix artifacts/node node@20 && export PATH="$PWD/artifacts/node/node_modules/node/bin:$PATH"
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build Surety.slnx -c Release --nologo -v minimal || exit 1

log=$(mktemp) console=$(mktemp)
trap 'rm -f "$log" "$console"' EXIT
# The console's own tests; a filter that is given is for the others.
console_status=0
[ $# -gt 0 ] || (cd console && npm test --silent -- --reporter=default --reporter=json --outputFile="$console") || console_status=$?

# Two modules at a time: much of what they do is to wait for each other's protocols.
dotnet test --solution Surety.slnx -c Release --no-build --max-parallel-test-modules 2 "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
[ "$status" -ne 0 ] || status=$console_status

# The runners' own totals, on one line.
total() {
  local modules scripts
  modules=$(sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1)
  scripts=$(grep -oE "\"$2\": ?[0-9]+" "$console" | grep -oE '[0-9]+$' | head -n 1)
  echo $((${modules:-0} + ${scripts:-0}))
}
echo
echo "$(total succeeded numPassedTests) passed, $(total failed numFailedTests) failed, $(total skipped numPendingTests) skipped"
exit "$status"
