#!/usr/bin/env bash
# A cluster on this machine, as processes: the topology of docker-compose.yml without Docker.
#
#   eng/cluster.sh up [--sandbox] [--silos N] [--gateways N] [--build]   start what is not running, wait until it is ready
#   eng/cluster.sh status
#   eng/cluster.sh kill silo-1        kill -9: nothing is flushed, nobody is told
#   eng/cluster.sh stop silo-1        SIGTERM, and wait until it has drained
#   eng/cluster.sh start silo-1       and wait until it is ready
#   eng/cluster.sh logs silo-1        follow what it prints
#   eng/cluster.sh down [--delete]    stop all of it; --delete forgets data and keys too
#
# Names: postgres, sandbox, silo-1…, gateway-1…, proxy. Environment:
#   CLUSTER_DIR         data, keys, logs and process ids (.cluster)
#   CLUSTER_PORT        where the proxy is published on 127.0.0.1 (5080); all other ports follow from it (docs/operations.md)
#   CLUSTER_PUBLIC_URL  the address that browsers see (http://127.0.0.1:5080)
#   CLUSTER_BUILD       the checkout whose programs are built and started (this one); eng/upgrade.sh changes it
#   CalendarActors__…   any other setting, for silos and gateways alike (docs/configuration.md)
#
# Needs the .NET SDK 10 and the Debian packages postgresql and haproxy.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
export PATH="$PATH:/usr/sbin" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

dir=${CLUSTER_DIR:-.cluster}
[[ $dir = /* ]] || dir=$root/$dir
port=${CLUSTER_PORT:-5080}
public_url=${CLUSTER_PUBLIC_URL:-http://127.0.0.1:$port}
ready_deadline=120
drain_deadline=60

fail() { echo "eng/cluster.sh: $*" >&2; exit 1; }

usage() { sed -n '2,/^$/s/^# \{0,1\}//p' "$0" | sed '/^set /d'; exit "${1:-0}"; }

# --- names and places -------------------------------------------------------------------------------------------------

silos=2 gateways=2 is_sandbox=false
# shellcheck disable=SC1091
[ -f "$dir/topology" ] && . "$dir/topology"

number_of() { echo "${1##*-}"; }

names() {
  local n
  echo postgres
  if $is_sandbox; then echo sandbox; fi
  for ((n = 1; n <= silos; n++)); do echo "silo-$n"; done
  for ((n = 1; n <= gateways; n++)); do echo "gateway-$n"; done
  echo proxy
}

# All that were ever started: fewer may be wanted now.
started() { (cd "$dir/pids" 2>/dev/null && ls); }

known() { names | grep -qx -- "${1:-}" || fail "no process is called '${1:-}'. There are: $(names | tr '\n' ' ')"; }

http_port() {
  case $1 in
    proxy) echo "$port" ;;
    sandbox) echo $((port + 1)) ;;
    postgres) echo $((port + 3)) ;;
    gateway-*) echo $((port + 10 + $(number_of "$1"))) ;;
    silo-*) echo $((port + 20 + $(number_of "$1"))) ;;
  esac
}

log_of() { if [ "$1" = postgres ]; then echo "$dir/postgres/log"; else echo "$dir/logs/$1.log"; fi; }

# Prints the process id of what runs; fails when it does not. A number that another program got since is not ours.
pid_of() {
  local file=$dir/pids/$1 program=$1 pid
  case $1 in
    postgres) file=$dir/postgres/data/postmaster.pid ;;
    proxy) program=haproxy ;;
    sandbox) program=CalendarActors.Simulators.Sandbox.dll ;;
    silo-*) program=CalendarActors.Silo.dll ;;
    gateway-*) program=CalendarActors.Gateway.dll ;;
  esac
  pid=$(head -n 1 "$file" 2>/dev/null) || return 1
  ps -p "$pid" -o args= 2>/dev/null | grep -qF -- "$program" && echo "$pid"
}

is_ready() {
  case $1 in
    postgres) pid_of postgres >/dev/null && postgres_program pg_isready -q -h 127.0.0.1 -p "$(http_port postgres)" ;;
    sandbox) deploy/healthy "$(http_port sandbox)" / ;;
    *) deploy/healthy "$(http_port "$1")" /health/ready ;;
  esac
}

# --- PostgreSQL -------------------------------------------------------------------------------------------------------

postgres_folder() {
  local folder
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) /opt/homebrew/bin; do
    if [ -x "$folder/initdb" ]; then echo "$folder"; return; fi
  done
  command -v initdb >/dev/null && dirname "$(command -v initdb)" && return
  fail "PostgreSQL is missing: apt-get install postgresql"
}

# The server refuses to run as root, so root gives it to the user of Debian's package.
postgres_program() {
  local program
  program=$(postgres_folder)/$1
  shift
  if [ "$(id -u)" = 0 ]; then
    (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$program" "$@")
  else
    (cd / && "$program" "$@")
  fi
}

start_postgres() {
  local folder=$dir/postgres
  if [ ! -d "$folder/data" ]; then
    mkdir -p "$folder"
    cp "$dir/keys/postgres.password" "$folder/password"
    if [ "$(id -u)" = 0 ]; then
      chown -R postgres "$folder"
      (cd / && setpriv --reuid=postgres --regid=postgres --init-groups test -r "$folder/password") \
        || fail "the user postgres cannot reach $folder: set CLUSTER_DIR to a folder under one that every user may enter"
    fi
    postgres_program initdb -D "$folder/new" -U calendaractors -A scram-sha-256 --pwfile="$folder/password" -E UTF8 \
      --no-locale >"$dir/logs/initdb.log" 2>&1 || { cat "$dir/logs/initdb.log"; fail "initdb failed"; }
    rm "$folder/password"
    mv "$folder/new" "$folder/data"
  fi

  postgres_program pg_ctl -D "$folder/data" -l "$folder/log" -w -t 60 -o "-p $(http_port postgres) \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=400" start >/dev/null \
    || { tail -n 40 "$folder/log"; fail "PostgreSQL did not start"; }
  PGPASSWORD=$(cat "$dir/keys/postgres.password") postgres_program createdb -h 127.0.0.1 -p "$(http_port postgres)" \
    -U calendaractors calendaractors 2>/dev/null || true
}

# --- our programs -----------------------------------------------------------------------------------------------------

checkout=${CLUSTER_BUILD:-$root}
built() { echo "$checkout/$1/bin/Release/net10.0/CalendarActors.$(basename "$2").dll"; }
silo_dll=$(built src/Silo Silo)
gateway_dll=$(built src/Gateway Gateway)
sandbox_dll=$(built simulators/Sandbox Simulators.Sandbox)

build() {
  local folder
  for folder in src/Silo src/Gateway $(if $is_sandbox; then echo simulators/Sandbox; fi); do
    echo "Building $folder"
    # How it is written was looked at when it was committed.
    dotnet build "$checkout/$folder" -c Release -p:RunAnalyzers=false --nologo -v quiet </dev/null || fail "$folder does not build"
  done
}

make_key() {
  [ -f "$dir/keys/$1" ] && return
  (umask 077 && head -c 32 /dev/urandom | base64 >"$dir/keys/$1.new" && mv "$dir/keys/$1.new" "$dir/keys/$1")
}

# Exported rather than given as arguments, which every user of the machine can read.
export_settings() {
  local n
  n=$(number_of "$1")
  export ASPNETCORE_ENVIRONMENT=Production
  ASPNETCORE_URLS=http://127.0.0.1:$(http_port "$1")
  export ASPNETCORE_URLS
  export CalendarActors__PublicUrl=$public_url CalendarActors__DataDirectory=$dir/data/$1
  export CalendarActors__Storage__Provider=PostgreSql CalendarActors__Cluster__Mode=AdoNet
  CalendarActors__Storage__ConnectionString="Host=127.0.0.1;Port=$(http_port postgres);Database=calendaractors"
  CalendarActors__Storage__ConnectionString+=";Username=calendaractors;Password=$(cat "$dir/keys/postgres.password")"
  CalendarActors__Secrets__MasterKeys__0=$(cat "$dir/keys/master.key")
  CalendarActors__Secrets__IdKey=$(cat "$dir/keys/id.key")
  CalendarActors__Operator__Key=$(cat "$dir/keys/operator.key")
  export CalendarActors__Storage__ConnectionString CalendarActors__Secrets__MasterKeys__0 CalendarActors__Secrets__IdKey
  export CalendarActors__Operator__Key CalendarActors__Drain__Delay=${CalendarActors__Drain__Delay:-00:00:05}
  export CalendarActors__Cluster__SiloName=$1
  export CalendarActors__Cluster__SiloPort=$((port + 100 + n)) CalendarActors__Cluster__GatewayPort=$((port + 200 + n))
  if $is_sandbox; then
    # The same settings as in the compose file, at this machine's address.
    local key value
    while IFS='=' read -r key value; do
      value=${value//172.30.80.40:5081/127.0.0.1:$((port + 1))}
      export "$key=${value//172.30.80.40:5082/127.0.0.1:$((port + 2))}"
    done < <(grep -v '^#' deploy/compose/sandbox.env)
  fi
}

write_proxy_servers() {
  local n
  {
    echo 'backend gateways'
    for ((n = 1; n <= gateways; n++)); do echo "    server gateway-$n 127.0.0.1:$(http_port "gateway-$n") check"; done
    echo '    option allbackups'
    for ((n = 1; n <= gateways; n++)); do echo "    server unready-$n 127.0.0.1:$(http_port "gateway-$n") backup"; done
  } >"$dir/proxy.cfg"
}

# In a session of its own, so that Ctrl-C in this terminal is not for it.
spawn() {
  local name=$1
  shift
  mkdir -p "$dir/data/$name"
  (cd "$dir/data/$name" && exec setsid "$@" >>"$(log_of "$name")" 2>&1 </dev/null) &
  echo $! >"$dir/pids/$name"
}

launch() {
  pid_of "$1" >/dev/null && return
  case $1 in
    postgres) start_postgres ;;
    sandbox) SANDBOX_GooglePort=$((port + 1)) SANDBOX_MicrosoftPort=$((port + 2)) spawn "$1" dotnet "$sandbox_dll" ;;
    silo-*) (export_settings "$1" && spawn "$1" dotnet "$silo_dll") ;;
    gateway-*) (export_settings "$1" && spawn "$1" dotnet "$gateway_dll") ;;
    proxy) PROXY_LISTENS=127.0.0.1:$port spawn "$1" haproxy -db -f "$root/deploy/proxy/haproxy.cfg" -f "$dir/proxy.cfg" ;;
  esac
}

wait_ready() {
  local start=$SECONDS
  until is_ready "$1"; do
    if ! pid_of "$1" >/dev/null || [ $((SECONDS - start)) -gt $ready_deadline ]; then
      echo "--- the last lines of $(log_of "$1")"
      tail -n 40 "$(log_of "$1")"
      fail "$1 did not come up"
    fi
    sleep 0.2
  done
  echo "$1 is ready"
}

terminate() {
  local name=$1 pid start=$SECONDS
  pid=$(pid_of "$name") || { echo "$name is not running"; return 0; }
  if [ "$name" = postgres ]; then
    postgres_program pg_ctl -D "$dir/postgres/data" -m fast -w -t $drain_deadline stop >/dev/null
  else
    kill -TERM "$pid"
    while kill -0 "$pid" 2>/dev/null; do
      [ $((SECONDS - start)) -le $drain_deadline ] || fail "$name (process $pid) has not ended after $drain_deadline s"
      sleep 0.1
    done
  fi
  echo "$name has ended after $((SECONDS - start)) s"
}

# --- commands ---------------------------------------------------------------------------------------------------------

up() {
  local name count=0 will_build=false
  while [ $# -gt 0 ]; do
    case $1 in
      --sandbox) is_sandbox=true ;;
      --silos) silos=${2:-} && shift ;;
      --gateways) gateways=${2:-} && shift ;;
      --build) will_build=true ;;
      *) usage 1 >&2 ;;
    esac
    shift
  done
  [[ $silos =~ ^[1-9]$ && $gateways =~ ^[1-9]$ ]] || fail "--silos and --gateways take a number from 1 to 9"
  command -v dotnet >/dev/null || fail "the .NET SDK 10 is missing: https://dotnet.microsoft.com/download"
  command -v haproxy >/dev/null || fail "the reverse proxy is missing: apt-get install haproxy"
  postgres_folder >/dev/null

  mkdir -p "$dir"/{logs,pids,data} && mkdir -p -m 700 "$dir/keys"
  printf 'silos=%s gateways=%s is_sandbox=%s\n' "$silos" "$gateways" $is_sandbox >"$dir/topology"
  for name in master.key id.key operator.key postgres.password; do make_key $name; done
  write_proxy_servers
  for name in $(started | grep -vxFf <(names)); do terminate "$name"; done
  if $will_build || [ ! -f "$silo_dll" ] || [ ! -f "$gateway_dll" ] || { $is_sandbox && [ ! -f "$sandbox_dll" ]; }; then build; fi

  for name in $(names); do launch "$name"; done
  for name in $(names); do wait_ready "$name"; done
  echo
  echo "The cluster: $public_url"
  echo "Operator key: $dir/keys/operator.key"
  if $is_sandbox; then
    echo "Simulated Google: http://127.0.0.1:$((port + 1)), simulated Microsoft: http://127.0.0.1:$((port + 2))"
  fi
  echo "The tour: cd samples/node-tour && npm ci && CALENDARACTORS_URL=$public_url CALENDARACTORS_OPERATOR_KEY_FILE=$dir/keys/operator.key npm run tour"
}

status() {
  local name pid state
  for name in $(names); do
    if pid=$(pid_of "$name"); then
      if is_ready "$name"; then state=ready; else state='not ready'; fi
    else
      pid=- state=down
    fi
    printf '%-10s %-10s process %-8s 127.0.0.1:%s\n' "$name" "$state" "$pid" "$(http_port "$name")"
  done
}

down() {
  local name
  # Who takes requests goes first, together; the silos then find nothing to wait for.
  for name in $(started | grep -e gateway -e proxy); do terminate "$name" & done
  wait
  for name in $(started | grep -e silo -e sandbox); do terminate "$name" & done
  wait
  terminate postgres
  if [ "${1:-}" = --delete ]; then rm -rf "$dir"; fi
}

command=${1:-}
[ $# -gt 0 ] && shift
case $command in
  up) up "$@" ;;
  status) status ;;
  start) known "${1:-}" && launch "$1" && wait_ready "$1" ;;
  stop) known "${1:-}" && terminate "$1" ;;
  kill) known "${1:-}" && pid=$(pid_of "$1") && kill -9 "$pid" && echo "$1 (process $pid) was killed" || fail "$1 is not running" ;;
  logs) known "${1:-}" && exec tail -n 100 -f "$(log_of "$1")" ;;
  down) down "$@" ;;
  *) usage 1 >&2 ;;
esac
