#!/usr/bin/env bash
# Measures the collection engine beside the Graph SDK's page iterator and a bare reader, all on the same local server. Prints one line of JSON.
#   scripts/bench.sh collectors [--rows 200000] [--large 2000000] [--no-build]
# Or writes a pack of so many files of 16 KB beside 'zip -0' on the same files, both from disk to disk, and each checked by hash on its way as a download does; the ratio is
# that of their speeds, the better of three rounds each. With --gigabytes a pack of so much synthetic content is written to nowhere instead: what counts is its peak memory.
#   scripts/bench.sh packs [--items 10000 | --gigabytes 10] [--no-build]
# Or fills the storage emulator with the rows of so many items of evidence and asks the app for its lists, page after page: milliseconds and storage requests a page.
#   scripts/bench.sh evidence [--items 100000] [--no-build]
# Or collects the access rights of a tenant with so many users twice, a month apart: what it takes in all, and what changed.
#   scripts/bench.sh access-rights [--users 200000] [--no-build]
# Or fills a year with so many tasks, findings and items of evidence and opens each page of the portal in Chromium, twice: milliseconds until it is settled, and what it asked the API for.
#   scripts/bench.sh portal [--tasks 2000] [--findings 500] [--items 100000] [--no-build]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

rows=200000 large=2000000 users=200000 tasks=2000 findings=500 items= gigabytes= build=yes what=
while (($#)); do
  case $1 in
    collectors | packs | evidence | access-rights | portal) what=$1 && shift ;;
    --tasks) tasks=${2:?--tasks needs a number} && shift 2 ;;
    --findings) findings=${2:?--findings needs a number} && shift 2 ;;
    --items) items=${2:?--items needs a number} && shift 2 ;;
    --gigabytes) gigabytes=${2:?--gigabytes needs a number} && shift 2 ;;
    --rows) rows=${2:?--rows needs a number} && shift 2 ;;
    --large) large=${2:?--large needs a number} && shift 2 ;;
    --users) users=${2:?--users needs a number} && shift 2 ;;
    --no-build) build=no && shift ;;
    -h | --help) sed -n '2,12s/^# *//p' "${BASH_SOURCE[0]}" && exit 0 ;;
    *) die "Unknown option '$1'. See scripts/bench.sh --help." ;;
  esac
done
[[ -n $what ]] || die "What is to be measured? See scripts/bench.sh --help."

need_tools
CONFIGURATION=Release
# What collects runs as a deployment sets it: see infra/modules/function-app.bicep.
AS_DEPLOYED=(DOTNET_GCgen0size=0x400000)
data=$(mktemp -d)
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'stop_started; rm -rf "$data"' EXIT

if [[ $what == evidence || $what == portal ]]; then
  ensure_azurite
  [[ $build == no ]] || build "$ROOT/tests/Benchmarks"
  # A hundred thousand items are a million rows, which the emulator keeps in memory.
  NODE_OPTIONS=--max-old-space-size=8192 start_azurite "$data/azurite.log" 0 --inMemoryPersistence
  say "Filling the storage …"
  sizes=("${items:-100000}")
  [[ $what == evidence ]] || sizes=("$tasks" "$findings" "${sizes[@]}")
  dotnet "$ROOT/tests/Benchmarks/bin/$CONFIGURATION/net10.0/Benchmarks.dll" "$what" "${sizes[@]}" "$STORAGE" "$ROOT/scripts/sample/isms.json" || die "Measuring failed."
  exit 0
fi

if [[ $what == packs ]]; then
  items=${items:-10000}
  need zip "Install zip and try again."
  [[ $build == no ]] || build "$ROOT/tests/Benchmarks"
  if [[ -n $gigabytes ]]; then
    dotnet "$ROOT/tests/Benchmarks/bin/$CONFIGURATION/net10.0/Benchmarks.dll" large-pack "$gigabytes"
    exit 0
  fi
  say "Writing $items files …"
  mkdir "$data/files"
  # Of 16 KB, as documents and small logs are.
  head -c $((items * 16384)) /dev/urandom | split -b 16384 -a 6 --numeric-suffixes - "$data/files/"
  ours= theirs= best=
  for _ in 1 2 3; do
    rm -f "$data/ours.zip" "$data/theirs.zip"
    round=$(dotnet "$ROOT/tests/Benchmarks/bin/$CONFIGURATION/net10.0/Benchmarks.dll" pack "$data/files" "$data/ours.zip")
    taken=$(sed 's/.*"seconds":\([0-9.]*\).*/\1/' <<<"$round")
    if [[ -z $best ]] || awk -v a="$taken" -v b="$best" 'BEGIN { exit !(a < b) }'; then ours=$round best=$taken; fi
    start=$EPOCHREALTIME
    (cd "$data/files" && zip -0 -q -r "$data/theirs.zip" .)
    taken=$(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f", b - a }')
    if [[ -z $theirs ]] || awk -v a="$taken" -v b="$theirs" 'BEGIN { exit !(a < b) }'; then theirs=$taken; fi
  done
  zip -T -q "$data/ours.zip" >&2 || die "The pack is not a sound zip file."
  ratio=$(awk -v ours="$best" -v theirs="$theirs" 'BEGIN { printf "%.2f", theirs / ours }')
  printf '{"pack":%s,"zip":{"seconds":%s},"speedOfZip":%s}\n' "$ours" "$theirs" "$ratio"
  exit 0
fi

ensure_azurite
[[ $build == no ]] || build "$ROOT/tests/Benchmarks"
[[ $build == no ]] || build "$ROOT/functions/local/SampleTenant"
# On disk, so that the emulator's memory does not compete with what is measured.
mkdir -p "$data/azurite"
start_azurite "$data/azurite.log" 0 --location "$data/azurite"

if [[ $what == access-rights ]]; then
  read -r port < <(free_ports 1 7080)
  # The day when both begin; the process that collects turns the tenant's clock on.
  echo 2026-06-01T00:00:00Z >"$data/clock"
  start "$data/tenant.log" dotnet "$(output_of local/SampleTenant)" --port "$port" --users "$users" --throttling off --identity-header bench --clock-file "$data/clock"
  wait_for "the sample tenant" 60 answers "http://127.0.0.1:$port/" || die "The sample tenant did not start; see $data/tenant.log."
  say "Collecting the access rights of $users users …"
  env "${AS_DEPLOYED[@]}" IDENTITY_ENDPOINT="http://127.0.0.1:$port/msi/token" IDENTITY_HEADER=bench \
    dotnet "$ROOT/tests/Benchmarks/bin/$CONFIGURATION/net10.0/Benchmarks.dll" access-rights "http://127.0.0.1:$port" "$data/clock" "$STORAGE" \
    "$ROOT/scripts/sample/isms.json" || die "Collecting the access rights failed."
  exit 0
fi

# The last weekday that is over in Tokyo: that is when people sign in.
day=$(TZ=Asia/Tokyo date -d 'yesterday' +%F)
while (($(date -d "$day" +%u) > 5)); do day=$(date -d "$day -1 day" +%F); done
next=$(date -d "$day +1 day" +%F)

# measure ROWS WAY : a server with so many sign-ins a day, and a process that pulls the day.
measure() {
  local port
  STARTED=() # This runs in a shell of its own, which stops what it starts.
  trap stop_started EXIT
  read -r port < <(free_ports 1 7080)
  start "$data/tenant.log" dotnet "$(output_of local/SampleTenant)" --port "$port" --users 2000 --sign-ins-per-day "$1" --throttling off --identity-header bench
  wait_for "the sample tenant" 60 answers "http://127.0.0.1:$port/" || die "The sample tenant did not start; see $data/tenant.log."
  say "Measuring $2 with $1 rows …"
  env "${AS_DEPLOYED[@]}" IDENTITY_ENDPOINT="http://127.0.0.1:$port/msi/token" IDENTITY_HEADER=bench \
    dotnet "$ROOT/tests/Benchmarks/bin/$CONFIGURATION/net10.0/Benchmarks.dll" "$2" "http://127.0.0.1:$port" \
    "${day}T00:00:00+09:00" "${next}T00:00:00+09:00" "$STORAGE" 2>"$data/$2.log" || { tail -n 20 "$data/$2.log" >&2; die "Measuring $2 failed."; }
}

engine=$(measure "$rows" engine)
graph_sdk=$(measure "$rows" graphSdk)
bare_reader=$(measure "$rows" bareReader)
bare_reader_hashed=$(measure "$rows" bareReaderHashed)
engine_large=$(measure "$large" engine)
printf '{"engine":%s,"engineLarge":%s,"graphSdk":%s,"bareReader":%s,"bareReaderHashed":%s}\n' "$engine" "$engine_large" "$graph_sdk" "$bare_reader" "$bare_reader_hashed"
