#!/usr/bin/env bash
# Rehearses a whole ISMS year in virtual time, against the sample tenant, with scripted people; no Azure account is needed.
#   scripts/simulate-year.sh --fiscal-year 2026 [--start-month 4] [--culture ja-JP] --out DIR [--no-build]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

year= month=4 culture=ja-JP out= build=yes
while (($#)); do
  case $1 in
    --fiscal-year) year=${2:?--fiscal-year needs a year} && shift 2 ;;
    --start-month) month=${2:?--start-month needs a month} && shift 2 ;;
    --culture) culture=${2:?--culture needs ja-JP or en-US} && shift 2 ;;
    --out) out=${2:?--out needs a folder} && shift 2 ;;
    --no-build) build=no && shift ;;
    -h | --help) sed -n '2,3s/^# *//p' "${BASH_SOURCE[0]}" && exit 0 ;;
    *) die "Unknown option '$1'. See scripts/simulate-year.sh --help." ;;
  esac
done
[[ $year =~ ^(FY)?[0-9]{4}$ ]] || die "--fiscal-year must be a year such as 2026, not '$year'."
[[ $month =~ ^([1-9]|1[0-2])$ ]] || die "--start-month must be from 1 to 12, not '$month'."
[[ $culture == ja-JP || $culture == en-US ]] || die "--culture must be ja-JP or en-US, not '$culture'."
[[ -n $out ]] || die "--out DIR is missing: where should the year be left?"
[[ ! -e $out || -d $out && -z $(ls -A "$out") ]] || die "$out is not empty. Choose a new folder, so that nothing of yours is mixed with the rehearsal."

need_tools
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'stop_started; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

ensure_azurite
[[ $build == no ]] || build "$ROOT/functions/local/Rehearsal"
start_azurite "$work/azurite.log" 0 --inMemoryPersistence

# The tenant and the people are played in this process; as to the settings, see what it sets for the app.
DOTNET_EnableWriteXorExecute=0 dotnet "$(output_of local/Rehearsal)" \
  --fiscal-year "${year#FY}" --start-month "$month" --culture "$culture" --out "$out" \
  --app "$(output_of IsmsFunctions)" --organization "$ROOT/scripts/sample/isms.json" --storage "$STORAGE" --work "$work"
