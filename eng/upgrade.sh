#!/usr/bin/env bash
# A rolling upgrade amid writes, on this machine: a cluster of an older commit becomes one of this tree, as
# docs/operations.md says it is done. Not 0 if a part does not come up, or an acknowledged write is missing or doubled.
#
#   eng/upgrade.sh <older commit>
#
# Environment: CLUSTER_PORT (5580), and what eng/cluster.sh takes. Everything else is in a folder that goes in the end.
set -euo pipefail
cd "$(dirname "$0")/.."
older=$(git rev-parse --verify "${1:?which commit is the older one}^{commit}")
folder=$(mktemp -d)
chmod 755 "$folder" # PostgreSQL's user enters it; the keys are closed by themselves.
export CLUSTER_DIR=$folder/cluster CLUSTER_PORT=${CLUSTER_PORT:-5580}

writers=''
finish() {
  local code=$?
  [ -z "$writers" ] || kill -TERM "$writers" 2>/dev/null || true
  [ ! -d "$CLUSTER_DIR" ] || eng/cluster.sh down >/dev/null || code=1
  [ $code = 0 ] || tail -n 20 "$CLUSTER_DIR"/logs/*.log || true
  git worktree remove --force "$folder/older" || true
  rm -rf "$folder"
  exit $code
}
trap finish EXIT

replace() {
  eng/cluster.sh stop "$1"
  eng/cluster.sh start "$1"
}

git worktree add -q --detach "$folder/older" "$older"
CLUSTER_BUILD=$folder/older eng/cluster.sh up

# The present build is made while nothing is measured.
for project in src/Silo src/Gateway; do
  dotnet build "$project" -c Release -p:RunAnalyzers=false --nologo -v quiet </dev/null
done

eng/writers.sh 3600 >"$folder/writers" 2>&1 &
writers=$!
until grep -q 'writers begin' "$folder/writers"; do
  kill -0 $writers
  sleep 1
done
start=$SECONDS
for silo in silo-1 silo-2; do
  replace $silo
  sleep 10 # The gateways and the other silo know it by then.
done
for gateway in gateway-1 gateway-2; do replace $gateway; done
echo "Replaced within $((SECONDS - start)) s"
sleep 10
kill -TERM $writers
wait $writers || { cat "$folder/writers"; exit 1; }
cat "$folder/writers"
