#!/usr/bin/env bash
# Measures an import into a register against Azurite: preview, apply, the first read after a restart, and the export. Prints one line of JSON.
#   scripts/bench-import.sh [--rows 50000] [--no-build]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

rows=50000 build=yes
while (($#)); do
  case $1 in
    --rows) rows=${2:?--rows needs a number} && shift 2 ;;
    --no-build) build=no && shift ;;
    -h | --help) sed -n '2,3s/^# *//p' "${BASH_SOURCE[0]}" && exit 0 ;;
    *) die "Unknown option '$1'. See scripts/bench-import.sh --help." ;;
  esac
done

need_tools
data=$(mktemp -d)
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'stop_started; rm -rf "$data"' EXIT

ensure_azurite
if [[ $build == yes ]]; then build "$ROOT/functions/IsmsFunctions"; fi
mkdir -p "$data/azurite"
start_azurite "$data/azurite.log" 10000 --location "$data/azurite"
read -r port < <(free_ports 1 7071)
api="http://127.0.0.1:$port/api"
call() { curl -sf --max-time 300 -H 'X-Isms-Persona: secretariat' "$@"; }
health() { call -o /dev/null "$api/health"; }
start_app() {
  start "$data/app.log" env \
    AzureWebJobsStorage="$STORAGE" \
    Isms__Identity=Personas \
    Isms__OrganizationFile="$ROOT/scripts/sample/isms.json" \
    Notifications__Transport=None \
    AzureWebJobs__CollectSignInsOnSchedule__Disabled=true \
    AzureWebJobs__CollectAccessRightsOnSchedule__Disabled=true \
    Local__Port="$port" \
    dotnet "$(output_of IsmsFunctions)"
  app=$LAST_STARTED
  wait_for "the app" 60 health || { tail -n 20 "$data/app.log" >&2; die "The app did not start."; }
}
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f", b - a }'; }
peak() { awk '$1 == "VmHWM:" { printf "%d", $2 / 1024 }' "/proc/$app/status"; }

awk -v n="$rows" 'BEGIN {
  print "name,category,information,owner,department,confidentiality,integrity,availability,notes"
  for (i = 1; i <= n; i++) printf "Asset %d,information,customer records,suzuki,sales,%d,%d,%d,\"Kept since %d, moved once\"\n", i, i % 3 + 1, i % 2 + 1, i % 3 + 1, 1990 + i % 30
}' > "$data/assets.csv"

start_app
started=$(now)
preview=$(call -X POST --data-binary "@$data/assets.csv" -H 'Content-Type: text/csv' "$api/registers/assets/import?format=csv") || die "The preview failed."
preview_seconds=$(since "$started")
id=$(sed 's/^{"id":"\([^"]*\)".*/\1/' <<< "$preview")
[[ $(sed 's/.*"state":"\([a-z]*\)".*/\1/' <<< "$preview") == previewed ]] || { head -c 2000 <<< "$preview" >&2; die "The preview has errors."; }

started=$(now)
call -o /dev/null -X POST "$api/registers/assets/imports/$id/apply" || { tail -n 20 "$data/app.log" >&2; die "Applying failed."; }
apply_seconds=$(since "$started")
import_peak=$(peak)

kill "$app" && wait "$app" 2> /dev/null || true
start_app
started=$(now)
entries=$(call "$api/registers" | grep -o '"name":"assets"[^[]*"entries":[0-9]*' | sed 's/.*"entries"://')
restart_seconds=$(since "$started")
started=$(now)
call -o "$data/export.csv" "$api/registers/assets/export?format=csv"
export_seconds=$(since "$started")
printf '{"rows":%s,"entries":%s,"previewSeconds":%s,"applySeconds":%s,"readAfterRestartSeconds":%s,"exportSeconds":%s,"rssPeakOfImport":%s,"rssPeakAfterRestart":%s}\n' \
  "$rows" "${entries:-0}" "$preview_seconds" "$apply_seconds" "$restart_seconds" "$export_seconds" "$import_peak" "$(peak)"
