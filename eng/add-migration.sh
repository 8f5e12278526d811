#!/usr/bin/env bash
# Writes a migration for both databases after the model has changed: eng/add-migration.sh AddDeviceGroups
set -euo pipefail
cd "$(dirname "$0")/.."
name="${1:?the name of the migration, for example AddDeviceGroups}"
dotnet tool restore >/dev/null
dotnet build src/Surety.Server --nologo -v q
for database in Sqlite Postgres; do
  dotnet ef migrations add "$name" --no-build --project src/Surety.Server --context "${database}SuretyDb" \
    --output-dir "Storage/Migrations/$database"
done
# The tool writes a byte order mark; nothing else here has one.
find src/Surety.Server/Storage/Migrations -name '*.cs' -exec sed -i '1s/^\xEF\xBB\xBF//' {} +
