#!/usr/bin/env bash
# What a handshake's check of a device's identity costs, and what the server keeps of a device for it, from 1,000 to 1,000,000 devices. Prints the
# tables of bench/RESULTS.md; half a minute, most of which is making certificates.
#
#   bench/identity.sh
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build bench/Surety.Identity -c Release -v q --nologo
exec dotnet artifacts/bin/Surety.Identity/release/Surety.Identity.dll
