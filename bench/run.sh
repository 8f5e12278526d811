#!/usr/bin/env bash
# What an operation costs the server in processor time, next to a bare C responder and libcoap's coap-server, all in one run: each server is
# pinned to one processor, the load generator to another. Figures are medians over the rounds; what counts are the ratios.
#
#   bench/run.sh                 three rounds, about three minutes
#   bench/run.sh --rounds 5
#   bench/run.sh --soak 10       in addition ten minutes of GETs at full load: throughput and memory, minute by minute
#
# Needs two idle processors, gcc, libcoap3-bin, and root for loopback sockets bound to the device.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=3 soak=0 devices=10000
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2; shift 2 ;;
    --soak) soak=$2; shift 2 ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
done

out=artifacts/bench
work=$(mktemp -d)
mkdir -p "$out"
server=
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
gcc -O2 -Wall -o "$out/coap_floor" bench/native/coap_floor.c
gcc -O2 -Wall -o "$out/coap_load" bench/native/coap_load.c
for project in bench/Surety.Load src/Surety.Server; do dotnet build $project -c Release -v q --nologo; done

# start PORT COMMAND...: the server on processor 0, up when it answers.
start() {
  local port=$1; shift
  taskset -c 0 "$@" >"$work/server.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    coap-client-notls -m get -B 1 "coap://127.0.0.1:$port/.well-known/core" >/dev/null 2>&1 && return 0
    kill -0 $server 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
    sleep 0.2
  done
}
stop() { kill -TERM $server; wait $server 2>/dev/null || true; server=; }
# load PORT NAME ARGUMENTS...: prints the generator's lines and keeps "NAME.phase microseconds".
load() {
  local port=$1 name=$2; shift 2
  taskset -c 1 "$out/coap_load" -s "$port" -P "$server" "$@" | tee "$work/last"
  awk -v name="$name" '/us\/op/ { for (i = 1; i <= NF; i++) if ($i == "server") print name "." $1, $(i + 1) }' "$work/last" >>"$work/figures"
}
ask() { coap-client-notls -m "$1" -B 60 "coap://127.0.0.1:15902$2" 2>/dev/null; }

for round in $(seq "$rounds"); do
  echo "== round $round of $rounds"
  echo "-- C responder"
  start 15900 "$out/coap_floor" 15900
  load 15900 floor get:4
  stop

  echo "-- libcoap coap-server"
  start 15901 coap-server-notls -A 127.0.0.1 -p 15901 -d 10
  coap-client-notls -m put -e hello coap://127.0.0.1:15901/hello >/dev/null 2>&1
  load 15901 libcoap get:4
  stop

  echo "-- Surety: LwM2M server with its log, $devices devices"
  start 15902 dotnet artifacts/bin/Surety.Load/release/Surety.Load.dll 127.0.0.1:15902 "$work/state"
  load 15902 warm get:2 >/dev/null
  before=$(ask get /bench/allocated)
  load 15902 surety -w 64 get:4
  echo "           allocated while it answered them: $(( $(ask get /bench/allocated) - before )) bytes"
  load 15902 warm -n 2000 -e "warm$round-" register update:2 send:2 reregister:2 >/dev/null
  before=$(ask get /bench/heap)
  load 15902 surety -n $devices -e "device$round-" -c "coap-client-notls -m post -B 60 coap://127.0.0.1:15902/bench/observe >/dev/null 2>&1" \
    register update:4 send:4 observe notify:4
  echo "heap $(( ($(ask get /bench/heap) - before) / devices ))" >>"$work/figures"
  load 15902 surety -n $devices -e "device$round-" -c "coap-client-notls -m post -B 60 coap://127.0.0.1:15902/bench/read >/dev/null 2>&1" reregister:4 serve
  stop

  echo "-- Surety: the whole platform, SQLite directory included"
  rm -rf "$work/data"
  start 15903 dotnet artifacts/bin/Surety.Server/release/Surety.Server.dll --Urls http://127.0.0.1:15980 --Surety:DataDirectory "$work/data" \
    --Surety:Lwm2m:Coaps none --Surety:Lwm2m:CoapsTcp none --Surety:Lwm2m:Coap 127.0.0.1:15903 \
    --Surety:Bootstrap:Coaps none --Surety:Bootstrap:CoapsTcp none
  load 15903 warm -n 5000 -e "warm-" register update:2 send:2 >/dev/null
  load 15903 platform -n $devices -e "device-" register reregister:4 update:4 send:4
  stop
done

if [ "$soak" -gt 0 ]; then
  echo "== soak: $soak minutes of GETs, window 256"
  start 15902 dotnet artifacts/bin/Surety.Load/release/Surety.Load.dll 127.0.0.1:15902 "$work/state"
  for minute in $(seq "$soak"); do
    load 15902 soak -w 256 get:60
    echo "           minute $minute: resident $(awk '/VmRSS/ { print int($2 / 1024) }' /proc/$server/status) MiB"
  done
  stop
fi

echo
echo "medians of $rounds rounds, microseconds of server processor time for one operation, on $(nproc) processors of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
median() { awk -v key="$1" '$1 == key { print $2 }' "$work/figures" | sort -g | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)] }'; }
floor=$(median floor.get)
row() {
  local figure; figure=$(median "$2")
  awk -v name="$1" -v figure="$figure" -v floor="$floor" -v goal="$3" 'BEGIN { printf "%-44s %6.2f   %5.2f x   %s\n", name, figure, figure / floor, goal }'
}
echo "heap for a registered device with one observation: $(median heap) bytes (goal 1,536)"
echo
printf '%-44s %6s   %7s   %s\n' operation "us" "to C" goal
row "GET, C responder" floor.get ""
row "GET, libcoap coap-server" libcoap.get ""
row "GET" surety.get "1.4"
row "Register, a device that is new" surety.register "4.7"
row "Register, a device that is known" surety.reregister "4.7"
row "Update" surety.update "1.9"
row "Send" surety.send "1.9"
row "Confirmable notification" surety.notify "2.5"
row "Read, driven by the server" surety.serve "2.5"
row "Register, new, whole platform" platform.register "(makes the device in the directory)"
row "Register, known, whole platform" platform.reregister "4.7"
row "Update, whole platform" platform.update "1.9"
row "Send, whole platform" platform.send ""
