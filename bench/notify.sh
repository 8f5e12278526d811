#!/usr/bin/env bash
# What a value costs on its way from a device's datagram to an application: rate and server processor time with no application (null sink), a
# webhook and a websocket, all with the same datagrams; how long a value takes at 1,000 and 5,000 a second; and the server's memory while a
# websocket reads nothing. The server is pinned to one processor, devices and application to another.
#
#   bench/notify.sh                                10,000 devices, 10 s for each figure, about two minutes
#   bench/notify.sh --devices 1000 --seconds 3
set -euo pipefail
cd "$(dirname "$0")/.."
devices=10000 seconds=10
while [ $# -gt 0 ]; do
  case $1 in
    --devices) devices=$2; shift 2 ;;
    --seconds) seconds=$2; shift 2 ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
done

work=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT
for project in bench/Surety.Notify src/Surety.Server; do dotnet build $project -c Release -v q --nologo; done
ulimit -n "$(ulimit -Hn)"
taskset -c 0 dotnet artifacts/bin/Surety.Server/release/Surety.Server.dll --Urls http://127.0.0.1:15980 --Surety:DataDirectory "$work/data" \
  --Surety:Lwm2m:Coaps none --Surety:Lwm2m:CoapsTcp none --Surety:Lwm2m:Coap 127.0.0.1:15903 --Surety:Bootstrap:Coaps none --Surety:Bootstrap:CoapsTcp none \
  --Surety:Notifications:AllowPrivateWebhooks true >"$work/server.log" 2>&1 &
server=$!
for _ in $(seq 150); do
  curl -fsS -o /dev/null http://127.0.0.1:15980/health/ready 2>/dev/null && break
  kill -0 $server 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
  sleep 0.2
done
taskset -c 1 dotnet artifacts/bin/Surety.Notify/release/Surety.Notify.dll http://127.0.0.1:15980 127.0.0.1:15903 "$work/data/admin.key" $server "$devices" "$seconds"
kill -TERM $server; wait $server 2>/dev/null || true; server=
