#!/usr/bin/env bash
# How fast certificates are issued, next to what OpenSSL needs for the signature alone in the same run, and what a million of them cost the log of issued certificates.
# Figures are processor time, medians over the rounds; what counts is the ratio.
#
#   bench/pki.sh               three rounds, about a minute
#   bench/pki.sh --rounds 5
#   bench/pki.sh --no-build    what was built last
#
# Needs an idle processor and openssl.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=3 build=1
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2; shift 2 ;;
    --no-build) build=0; shift ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ $build = 0 ] || dotnet build bench/Surety.Pki.Bench -c Release -v q --nologo
bench="taskset -c 0 dotnet artifacts/bin/Surety.Pki.Bench/release/Surety.Pki.Bench.dll"
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
for round in $(seq "$rounds"); do
  taskset -c 0 openssl speed -seconds 3 ecdsap256 2>/dev/null | awk '/nistp256/ { print $(NF - 1) }' >>"$work/sign"
  $bench issue 3 >"$work/last"
  awk '/^issue/ { print $2 }' "$work/last" >>"$work/issue"
  awk '/^request/ { print $2 }' "$work/last" >>"$work/request"
  echo "round $round: OpenSSL signs $(tail -n 1 "$work/sign")/s, $(tr '\n' ' ' <"$work/last")"
done
sign=$(median "$work/sign")
awk -v sign="$sign" -v issue="$(median "$work/issue")" -v request="$(median "$work/request")" 'BEGIN {
  printf "%-40s %8s %7s   %s\n", "", "a second", "ratio", "goal"
  printf "%-40s %8.0f %7.2f\n", "openssl speed: ECDSA P-256 signatures", sign, 1
  printf "%-40s %8.0f %7.2f   %s\n", "certificates issued", issue, issue / sign, "0.5"
  printf "%-40s %8.0f %7.2f\n", "requests read, possession proven", request, request / sign }'
$bench log "$work/issued.log"
