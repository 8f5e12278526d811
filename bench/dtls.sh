#!/usr/bin/env bash
# What DTLS costs the server in processor time, next to a bare C server on libssl and to the bare primitives of libcrypto, all in one run: each
# server is pinned to one processor, the load generator to another. Figures are medians over the rounds; what counts are the ratios.
#
#   bench/dtls.sh                     three rounds, about eight minutes
#   bench/dtls.sh --rounds 5
#   bench/dtls.sh --sessions 10000    the larger number of idle sessions; default 100000
#   bench/dtls.sh --no-build          what was built last
#
# Needs two idle processors, gcc, libssl-dev, openssl, libcoap3-bin, and root for loopback sockets bound to the device.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=3 sessions=100000 build=1
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2; shift 2 ;;
    --sessions) sessions=$2; shift 2 ;;
    --no-build) build=0; shift ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
done

out=artifacts/bench
work=$(mktemp -d)
mkdir -p "$out" "$work/certificates"
server=
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
gcc -O2 -Wall -o "$out/dtls_floor" bench/native/dtls_floor.c -lssl -lcrypto
gcc -O2 -Wall -o "$out/dtls_load" bench/native/dtls_load.c -lssl -lcrypto
gcc -O2 -Wall -o "$out/dtls_primitives" bench/native/dtls_primitives.c -lcrypto
[ $build = 0 ] || dotnet build bench/Surety.Load -c Release -v q --nologo

certify() {
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key
  openssl req -x509 -new -key ca.key -subj "/CN=Bench" -days 30 -out ca.crt
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out server.key
  openssl req -new -key server.key -subj "/CN=localhost" |
    openssl x509 -req -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out server.crt \
      -extfile <(printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=IP:127.0.0.1\n')
}
(cd "$work/certificates" && certify 2>/dev/null)

# start COMMAND...: the server on processor 0, up when it says "ready".
start() {
  taskset -c 0 "$@" >"$work/server.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    grep -q ready "$work/server.log" && return 0
    kill -0 $server 2>/dev/null || break
    sleep 0.2
  done
  cat "$work/server.log" >&2
  exit 1
}
stop() { kill -TERM $server; wait $server 2>/dev/null || true; server=; }
# load PORT NAME ARGUMENTS...: prints the generator's lines and keeps "NAME.phase microseconds" and the latencies.
load() {
  local port=$1 name=$2; shift 2
  taskset -c 1 "$out/dtls_load" -s "$port" -P "$server" "$@" | tee "$work/last"
  awk -v name="$name" '/us\/op/ { for (i = 1; i <= NF; i++) { if ($i == "server") print name "." $1, $(i + 1); if ($i == "p50" || $i == "p99") print name "." $1 "." $i, $(i + 1) } }' \
    "$work/last" >>"$work/figures"
}
ask() { coap-client-notls -m "$1" -B 120 "coap://127.0.0.1:15912$2" 2>/dev/null; }
resident() { awk '/VmRSS/ { print $2 * 1024 }' /proc/$server/status; }
surety() { start dotnet artifacts/bin/Surety.Load/release/Surety.Load.dll 127.0.0.1:15912 "$work/state" 127.0.0.1:15913 "$work/certificates"; }
latencies() { # PORT NAME [GENERATOR-OPTIONS]
  local port=$1 name=$2; shift 2
  for window in 1 100 1000; do load "$port" "$name.$window" -n 2000 -w $window "$@" handshake:2; done
}

for round in $(seq "$rounds"); do
  echo "== round $round of $rounds"
  echo "-- primitives of libcrypto"
  # The other processor is as busy as under load: two virtual processors may be one core.
  taskset -c 1 "$out/dtls_primitives" 50 >/dev/null &
  other=$!
  taskset -c 0 "$out/dtls_primitives" | tee "$work/last"
  kill $other
  wait $other 2>/dev/null || true
  sed 's/^/primitives./' "$work/last" >>"$work/figures"

  echo "-- C server on libssl"
  start "$out/dtls_floor" 15910
  load 15910 c.psk handshake:4 connect get:4
  latencies 15910 c.psk.latency
  stop
  start "$out/dtls_floor" 15911 "$work/certificates"
  load 15911 c.ecdsa -c "$work/certificates" handshake:4
  latencies 15911 c.ecdsa.latency -c "$work/certificates"
  stop

  echo "-- Surety"
  surety
  load 15913 warm handshake:3 connect get:2 >/dev/null
  load 15913 warm -c "$work/certificates" handshake:6 >/dev/null
  load 15913 surety.psk handshake:4 connect
  before=$(ask get /bench/allocated)
  load 15913 surety.psk connect get:4
  echo "           allocated while it answered them: $(( $(ask get /bench/allocated) - before )) bytes, connections included"
  load 15913 surety.psk -e "device$round-" connect register update:4
  load 15913 surety.ecdsa -c "$work/certificates" handshake:4
  latencies 15913 surety.psk.latency
  latencies 15913 surety.ecdsa.latency -c "$work/certificates"
  stop
done

# idle NAME COUNT [GENERATOR-OPTIONS]: sessions that were used once, in a server that has 1,000 others from before. Each generator has a port of its own.
idle() {
  local name=$1 count=$2 before after resident_before; shift 2
  surety
  load 15913 warm "$@" visit >/dev/null
  before=$(ask get /bench/memory) resident_before=$(resident)
  load 15913 visit -n "$count" "$@" visit
  after=$(ask get /bench/memory)
  [ "$(ask get /bench/sessions)" = $((count + 1000)) ] || echo "           only $(ask get /bench/sessions) sessions"
  echo "idle.$name $(( (after - before) / count ))" >>"$work/figures"
  echo "resident.$name $(( ($(resident) - resident_before) / count ))" >>"$work/figures"
}
echo "== idle sessions"
idle ecdsa10k 10000 -c "$work/certificates"; stop
idle psk10k 10000; stop
idle ecdsa "$sessions" -c "$work/certificates"; stop
idle psk "$sessions"
saved=$(ask post /bench/save)
stop
for name in psk ecdsa; do
  option=; [ $name = psk ] || option=-c\ $work/certificates
  start "$out/dtls_floor" 15914 ${option#-c }
  load 15914 warm $option visit >/dev/null
  before=$(resident)
  load 15914 visit -n 10000 $option visit
  echo "resident.c.$name $(( ($(resident) - before) / 10000 ))" >>"$work/figures"
  stop
done

echo
echo "medians of $rounds rounds, microseconds of server processor time for one operation, on $(nproc) processors of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
median() { awk -v key="$1" '$1 == key { print $2 }' "$work/figures" | sort -g | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)] }'; }
row() { # NAME FIGURE REFERENCE GOAL
  awk -v name="$1" -v figure="$(median "$2")" -v reference="$(median "$3")" -v goal="$4" 'BEGIN { printf "%-46s %8.2f   %5.2f x   %s\n", name, figure, figure / reference, goal }'
}
printf '%-46s %8s   %7s   %s\n' operation us ratio goal
echo "to the primitives:"
row "handshake, mutual ECDSA: primitives" primitives.ecdsa primitives.ecdsa ""
row "handshake, mutual ECDSA: C server" c.ecdsa.handshake primitives.ecdsa ""
row "handshake, mutual ECDSA: Surety" surety.ecdsa.handshake primitives.ecdsa "1.4"
echo "to the C server:"
row "handshake, PSK: primitives" primitives.psk c.psk.handshake ""
row "handshake, PSK: C server" c.psk.handshake c.psk.handshake ""
row "handshake, PSK: Surety" surety.psk.handshake c.psk.handshake "40 us"
row "request, PSK: C server" c.psk.get c.psk.get ""
row "request, PSK: Surety" surety.psk.get c.psk.get "1.5"
row "LwM2M update, PSK: Surety" surety.psk.update c.psk.get "8 us"
echo
printf '%-46s %24s %24s\n' "latency of a handshake, us" "C p50 / p99" "Surety p50 / p99"
for kind in psk ecdsa; do
  for window in 1 100 1000; do
    printf '%-46s' "$kind, $window at once"
    for name in c surety; do printf ' %24s' "$(median $name.$kind.latency.$window.handshake.p50) / $(median $name.$kind.latency.$window.handshake.p99)"; done
    echo
  done
done
echo
echo "bytes of an idle session, heap and malloc (resident):"
echo "  Surety, mutual ECDSA, 10,000:   $(median idle.ecdsa10k) ($(median resident.ecdsa10k))"
echo "  Surety, mutual ECDSA, $sessions:  $(median idle.ecdsa) ($(median resident.ecdsa)), goal 1,024"
echo "  Surety, PSK, 10,000:            $(median idle.psk10k) ($(median resident.psk10k))"
echo "  Surety, PSK, $sessions:           $(median idle.psk) ($(median resident.psk)), goal 1,024"
echo "  C server, PSK, 10,000:          ($(median resident.c.psk))"
echo "  C server, mutual ECDSA, 10,000: ($(median resident.c.ecdsa))"
echo
set -- $saved
echo "$1 sessions saved in $2 s, restored in $3 s, $4 bytes each"
