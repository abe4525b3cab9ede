#!/usr/bin/env bash
# Writes anew what tests compare with the tree:   eng/renew.sh
#
# 1. docs/openapi.json, as the gateway serves it.
# 2. The table of the SDK's methods in docs/compatibility.md, as a run of every method prints it.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 CALENDARACTORS_RENEW=true

configuration=${CONFIGURATION:-Release}
dotnet test tests/Gateway.Tests -c "$configuration" --nologo -v quiet --filter 'FullyQualifiedName~Contract.SnapshotTests' "$@"
dotnet test tests/EndToEnd.Tests -c "$configuration" --nologo -v quiet --filter 'FullyQualifiedName~NodeTourTests.EveryMethod' "$@"
git --no-pager diff --stat docs
