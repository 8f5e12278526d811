#!/usr/bin/env bash
# What a page, a filtered page and a count of the device directory cost with 100,000 devices, beside the bare SQL that reads the same rows, in one
# run. Prints the table of bench/RESULTS.md; a minute.
#
#   bench/directory.sh                                      SQLite
#   bench/directory.sh "Host=...;Database=empty;..."        PostgreSQL, a database with nothing in it
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build bench/Surety.Directory -c Release -v q --nologo
exec dotnet artifacts/bin/Surety.Directory/release/Surety.Directory.dll 100000 200 "$@"
