#!/usr/bin/env bash
# Takes the pictures of README and docs anew, from the console as it is.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build test/Surety.Console.Tests -c Release --nologo -v quiet
dotnet artifacts/bin/Surety.Console.Tests/release/Surety.Console.Tests.dll -noLogo -class '*ScreenshotTests'
mkdir -p docs/images
cp artifacts/screenshots/*.png docs/images/
