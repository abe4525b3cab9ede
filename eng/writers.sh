#!/usr/bin/env bash
# Writers without a pause, each with an application and a calendar of its own, for what is done to a cluster meanwhile:
#
#   eng/writers.sh SECONDS [WRITERS]     against eng/cluster.sh's proxy; SIGTERM ends it earlier
#
# A writer repeats an event, under its id, until that is acknowledged, and now and then asks whether its calendar has time. In the
# end all events are read: the exit code is not 0 if an acknowledged one is missing or doubled, if time was offered that
# one takes, or if a question was refused for another reason than that the service is not there. Environment: CLUSTER_DIR and CLUSTER_PORT, as for eng/cluster.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?how many seconds} writers=${2:-8}
url=http://127.0.0.1:${CLUSTER_PORT:-5080}
key=$(cat "${CLUSTER_DIR:-.cluster}/keys/operator.key")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

field() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }

# Secrets go by a file, because every user of the machine can read arguments.
call() { curl -sS --max-time 60 -H "@$1" -H 'Content-Type: application/json' "${@:2}"; }

open_calendar() {
  local n=$1 application
  application=$(call "$folder/operator" -d "{\"name\": \"Writer $n\", \"redirect_uris\": []}" "$url/operator/applications")
  printf '{"client_id": "%s", "client_secret": "%s", "application_calendar_id": "room"}' \
    "$(field client_id <<<"$application")" "$(field client_secret <<<"$application")" >"$folder/$n.client"
  printf 'Authorization: Bearer %s\n' "$(field client_secret <<<"$application")" >"$folder/$n.key"
  curl -sS -H 'Content-Type: application/json' -d "@$folder/$n.client" "$url/v1/application_calendars" >"$folder/$n.opened"
  printf 'Authorization: Bearer %s\n' "$(field access_token <"$folder/$n.opened")" >"$folder/$n.token"
  printf '{"participants": [{"members": [{"sub": "%s"}], "required": "all"}], "required_duration": {"minutes": 30}, "query_periods": [{"start": "%s", "end": "%s"}]}' \
    "$(field sub <"$folder/$n.opened")" "$(date -u -d '+6 days +12 hours' +%FT%TZ)" "$(date -u -d '+6 days +14 hours' +%FT%TZ)" >"$folder/$n.question"
  call "$folder/$n.token" "$url/v1/calendars" | field calendar_id >"$folder/$n.calendar"
}

is_over() { [ $EPOCHSECONDS -ge $((start + seconds)) ] || [ -f "$folder/over" ]; }

# Each event takes the day from six days on, so nobody has time in the middle of it.
ask() {
  local n=$1 code
  code=$(call "$folder/$n.key" -o "$folder/$n.answer" -w '%{http_code}' -d "@$folder/$n.question" "$url/v1/availability" 2>>"$folder/$n.errors") || true
  echo "$code" >>"$folder/$n.asked"
  [ "$code" != 200 ] || grep -q '"available_periods":\[\]' "$folder/$n.answer" || echo "$n $(cat "$folder/$n.answer")" >>"$folder/offered"
}

write() {
  local n=$1 count=0 code body
  until is_over; do
    count=$((count + 1))
    body="{\"event_id\": \"$n-$count\", \"summary\": \"$count\", \"start\": \"$(date -u -d '+6 days' +%FT%TZ)\", \"end\": \"$(date -u -d '+7 days' +%FT%TZ)\"}"
    until code=$(call "$folder/$n.token" -o "$folder/$n.answer" -w '%{http_code} %{time_total}' -d "$body" \
      "$url/v1/calendars/$(cat "$folder/$n.calendar")/events" 2>>"$folder/$n.errors"); [ "${code% *}" = 202 ]; do
      echo "$EPOCHSECONDS $code" >>"$folder/$n.tries"
      if is_over; then return; fi
      sleep 0.2
    done
    echo "$EPOCHSECONDS $code" >>"$folder/$n.tries"
    echo "$n-$count" >>"$folder/acknowledged"
    [ $((count % 5)) != 0 ] || ask "$n"
  done
}

read_all() {
  local n=$1 next="$url/v1/events?tzid=Etc/UTC&only_managed=true" page
  while [ -n "$next" ]; do
    page=$(call "$folder/$n.token" --fail --retry 20 "$next")
    grep -o '"event_id":"[^"]*"' <<<"$page" | cut -d '"' -f 4 || true
    next=$(field next_page <<<"$page" | sed 's/\\u0026/\&/g') || next=''
  done
}

printf 'Authorization: Bearer %s\n' "$key" >"$folder/operator"
for ((n = 1; n <= writers; n++)); do open_calendar $n; done
start=$EPOCHSECONDS
echo "$writers writers begin"
trap 'touch "$folder/over"' TERM
for ((n = 1; n <= writers; n++)); do write $n & done
while [ -n "$(jobs -rp)" ]; do wait || true; done

for ((n = 1; n <= writers; n++)); do read_all $n; done | sort >"$folder/present"
sort "$folder/acknowledged" | comm -23 - "$folder/present" >"$folder/missing"
uniq -d "$folder/present" >"$folder/doubled"
echo "Answers, by status (000 is none): $(cat "$folder"/*.tries | awk '{ print $2 }' | sort | uniq -c | awk '{ printf "%s %s times, ", $2, $1 }')the slowest in $(
  cat "$folder"/*.tries | awk '$3 > m { m = $3 } END { print m }') s; nobody's write was acknowledged for up to $(
  cat "$folder"/*.tries | awk '$2 == 202 { print $1 }' | sort -n | awk -v p=$start '$1 - p > m { m = $1 - p } { p = $1 } END { print m + 0 }') s, one writer's for up to $(
  for t in "$folder"/*.tries; do awk -v p=$start '$2 == 202 { if ($1 - p > m) m = $1 - p; p = $1 } END { print m + 0 }' "$t"; done | sort -n | tail -n 1) s"
touch "$folder/offered"
cat "$folder"/*.asked | sort | uniq -c | sort -rn >"$folder/asked"
echo "Questions, by status: $(awk '{ printf "%s %s times, ", $2, $1 }' "$folder/asked")offered although taken: $(wc -l <"$folder/offered")"
echo "Acknowledged: $(wc -l <"$folder/acknowledged"), missing: $(wc -l <"$folder/missing"), doubled: $(wc -l <"$folder/doubled")"
awk '$2 !~ /^(200|000|429|502|503|504)$/ { exit 1 }' "$folder/asked"
[ ! -s "$folder/offered" ] || { head -n 5 "$folder/offered"; exit 1; }
[ ! -s "$folder/missing" ] && [ ! -s "$folder/doubled" ] || { head -n 20 "$folder/missing" "$folder/doubled"; exit 1; }
