#!/usr/bin/env bash
# Installs what the tests need, then runs all of them:   eng/test.sh [arguments for dotnet test]
#
# 1. Debian packages: CalDAV servers, Chromium, PostgreSQL, HAProxy, docker-compose (which only reads its file), and
#    Node where there is none of version 18 or later.
# 2. npm packages of each folder with a package-lock.json.
# 3. dotnet test, three projects at a time, the fast and telling ones first: much of a test's time is waiting. Results as
#    .trx in artifacts/tests, and what each printed once it has ended. TEST_LANES says how many at a time.
#
# A part that cannot be installed is a loud skip on a developer's machine and a failure where CI=true.
# The last line counts the results: "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

configuration=${CONFIGURATION:-Release}
results=artifacts/tests
# Steps that failed before the tests, told by .ci/run, so that the last line counts them too.
failed=${STEPS_FAILED:-0}

in_ci() { [ "${CI:-}" = true ]; }

# A part is missing: failure in CI, loud skip elsewhere.
missing() {
  echo
  echo "!!! MISSING: $1"
  if in_ci; then
    failed=$((failed + 1))
  else
    echo "!!! The tests that need it are skipped."
  fi
  echo
}

took() { printf -- '--- %s took %d s\n' "$1" $((SECONDS - $2)); }

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "neither root nor sudo: cannot run $*" >&2
    return 1
  fi
}

# Outside CI a passwordless or prompted sudo is fine; without a terminal sudo fails by itself.
install_debian_packages() {
  local wanted=(cyrus-caldav cyrus-imapd sasl2-bin radicale xandikos chromium postgresql haproxy docker-compose)
  local node_version
  node_version=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
  if [ "${node_version:-0}" -lt 18 ] || ! command -v npm >/dev/null; then
    wanted+=(nodejs npm)
  fi

  local absent=() package
  for package in "${wanted[@]}"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || absent+=("$package")
  done
  [ ${#absent[@]} -eq 0 ] && return 0

  if ! command -v apt-get >/dev/null; then
    missing "apt-get, to install ${absent[*]}"
    return 0
  fi

  echo "Installing ${absent[*]}"
  local log
  log=$(mktemp)
  if as_root apt-get update >"$log" 2>&1 </dev/null \
    && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${absent[@]}" \
      >>"$log" 2>&1 </dev/null; then
    rm -f "$log"
  else
    tail -n 40 "$log"
    missing "Debian packages ${absent[*]} (their installation failed, see above)"
  fi
}

install_npm_packages() {
  local lock folder
  while IFS= read -r lock; do
    folder=$(dirname "$lock")
    if [ "$folder/node_modules/.package-lock.json" -nt "$lock" ]; then
      continue
    fi
    echo "npm ci in $folder"
    (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error </dev/null) \
      || missing "npm packages of $folder"
  done < <(find samples tests bench -name package-lock.json -not -path '*/node_modules/*' 2>/dev/null | sort)
}

# What is wrong soonest: arrows and habits, pure code. Then the longest first, so that the lanes end together.
test_projects() {
  local first=(Architecture Domain Convergence EndToEnd Grains Gateway) name
  for name in "${first[@]}"; do
    [ -d "tests/$name.Tests" ] && echo "tests/$name.Tests"
  done
  for name in tests/*.Tests; do
    case " ${first[*]} " in *" $(basename "$name" .Tests) "*) ;; *) echo "$name" ;; esac
  done
}

# Runs the tests of one project, beside others; says nothing before its end.
run_project() {
  local project=$1 name start=$SECONDS
  name=$(basename "$1")
  shift
  dotnet test "$project" -c "$configuration" --no-build --nologo -v quiet \
    --results-directory "$results" --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' \
    --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none "$@" </dev/null >"$results/$name.log" 2>&1
  echo $? >"$results/$name.status"
  {
    echo "=== $name"
    cat "$results/$name.log"
    took "$name" "$start"
  } | flock "$results/.printing" cat
}

# A CalDAV server or database in sbin is found like any other program.
export PATH="$PATH:/usr/sbin:/usr/lib/cyrus/bin"

start=$SECONDS
install_debian_packages
install_npm_packages
took 'installing what tests need' $start

rm -rf "$results"
mkdir -p "$results"
passed=0
skipped=0

count() { grep -ho '<UnitTestResult [^>]*' "$1" 2>/dev/null | grep -c "outcome=\"$2\""; }

# Built once for all of them: side by side they would write the same files.
arguments=()
is_built=false
for argument in "$@"; do
  if [ "$argument" = --no-build ]; then is_built=true; else arguments+=("$argument"); fi
done
if ! $is_built && ! dotnet build CalendarActors.sln -c "$configuration" --nologo -v quiet </dev/null; then
  echo "0 passed, $((failed + 1)) failed, 0 skipped"
  exit 1
fi

export -f run_project took
export configuration results
test_projects | xargs -P "${TEST_LANES:-3}" -I{} bash -c 'run_project "$@"' - {} ${arguments[@]+"${arguments[@]}"}

for project in $(test_projects); do
  name=$(basename "$project")
  trx=$results/$name.trx
  status=$(cat "$results/$name.status" 2>/dev/null || echo none)
  broken=$(count "$trx" Failed)
  # A test host that died, a lane that did: no result says so, the exit code does.
  if [ "$status" != 0 ] && [ "$broken" -eq 0 ]; then
    echo "!!! $name ended with exit code $status without a failed test"
    broken=1
  fi
  failed=$((failed + broken))
  passed=$((passed + $(count "$trx" Passed)))
  skipped=$((skipped + $(count "$trx" NotExecuted)))
done

if [ "$skipped" -gt 0 ]; then
  echo
  echo 'Skipped:'
  grep -ho '<UnitTestResult [^>]*outcome="NotExecuted"[^>]*' "$results"/*.trx | sed 's/.*testName="\([^"]*\)".*/  \1/; s/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'
fi

if [ "$failed" -gt 0 ]; then
  echo
  echo 'Failed:'
  grep -ho '<UnitTestResult [^>]*outcome="Failed"[^>]*' "$results"/*.trx | sed 's/.*testName="\([^"]*\)".*/  \1/; s/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'
fi

echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
