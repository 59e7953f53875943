#!/usr/bin/env bash
# Measures what collecting one day of sign-ins costs the app, against the sample tenant. Prints one line of JSON: rows, seconds, rssIdle, rssPeak (MiB).
#   scripts/bench-collect.sh [--sign-ins 200000] [--users 2000] [--no-build]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

sign_ins=200000 users=2000 build=yes
while (($#)); do
  case $1 in
    --sign-ins) sign_ins=${2:?--sign-ins needs a number} && shift 2 ;;
    --users) users=${2:?--users needs a number} && shift 2 ;;
    --no-build) build=no && shift ;;
    -h | --help) sed -n '2,3s/^# *//p' "${BASH_SOURCE[0]}" && exit 0 ;;
    *) die "Unknown option '$1'. See scripts/bench-collect.sh --help." ;;
  esac
done

need_tools
data=$(mktemp -d)
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'stop_started; rm -rf "$data"' EXIT

ensure_azurite
[[ $build == no ]] || build "$ROOT/functions/IsmsFunctions" && [[ $build == no ]] || build "$ROOT/functions/local/SampleTenant"

# On disk, so that the emulator's memory does not compete with what is measured.
mkdir -p "$data/azurite"
start_azurite "$data/azurite.log" 10000 --location "$data/azurite"

# The last weekday that is over in Tokyo: that is when people sign in.
day=$(TZ=Asia/Tokyo date -d 'yesterday' +%F)
while (($(date -d "$day" +%u) > 5)); do day=$(date -d "$day -1 day" +%F); done
next=$(date -d "$day +1 day" +%F)

read -r tenant_port app_port < <(free_ports 2 7072)
start "$data/tenant.log" dotnet "$(output_of local/SampleTenant)" --port "$tenant_port" --users "$users" --sign-ins-per-day "$sign_ins" \
  --throttling off --identity-header bench
start "$data/app.log" env \
  AzureWebJobsStorage="$STORAGE" \
  IDENTITY_ENDPOINT="http://127.0.0.1:$tenant_port/msi/token" \
  IDENTITY_HEADER=bench \
  Graph__BaseAddress="http://127.0.0.1:$tenant_port" \
  Graph__PacingScale=1000 \
  Isms__Identity=Personas \
  Isms__OrganizationFile="$ROOT/scripts/sample/isms.json" \
  Notifications__Transport=None \
  Local__Port="$app_port" \
  dotnet "$(output_of IsmsFunctions)"
app=$LAST_STARTED
api="http://127.0.0.1:$app_port/api"
call() { curl -sf --max-time 30 -H 'X-Isms-Persona: secretariat' "$@"; }
health() { call -o /dev/null "$api/health"; }
wait_for "the app" 60 health || { tail -n 20 "$data/app.log" >&2; die "The app did not start."; }

mib() { awk -v key="$1:" '$1 == key { printf "%d", $2 / 1024 }' "/proc/$app/status"; }

# A run whose window nobody signed in during loads all the code that the measured run uses; what stays resident after it is idle.
run() {
  local id
  id=$(call -X POST "$api/collectors/sign-ins/run" -H 'Content-Type: application/json' -d "{\"from\":\"$1\",\"to\":\"$2\"}" | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
  while [[ $(call "$api/collectors/sign-ins/runs/$id") == *'"status":"running"'* ]]; do sleep 0.5; done
  call "$api/collectors/sign-ins/runs/$id"
}
run "${day}T00:00:00+09:00" "${day}T00:01:00+09:00" > /dev/null
sleep 3
idle=$(mib VmRSS)
echo 5 > "/proc/$app/clear_refs" # the peak counts from here
started=$(date +%s.%N)
status=$(run "${day}T00:01:00+09:00" "${next}T00:00:00+09:00")
seconds=$(awk -v a="$started" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }')
peak=$(mib VmHWM)

item=$(sed -n 's/.*"evidence":\["\([^"]*\)".*/\1/p' <<< "$status")
[[ -n $item ]] || { tail -n 20 "$data/app.log" >&2; die "The run left no evidence: $status"; }
rows=$(call "$api/evidence/$item" | grep -o '"rows":[0-9]*' | cut -d: -f2 | paste -sd+ | bc)
completeness=$(sed -n 's/.*"completeness":"\([^"]*\)".*/\1/p' <<< "$status")
printf '{"rows":%s,"completeness":"%s","seconds":%s,"rssIdle":%s,"rssPeak":%s}\n' "$rows" "$completeness" "$seconds" "$idle" "$peak"
