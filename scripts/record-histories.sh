#!/usr/bin/env bash
# Records what later versions of the workflows are tested against: plays the tests that run workflows, keeps the history of every execution, and chooses of
# every path through an orchestrator the shortest. Replaces the histories of that version; see tests/IsmsFunctions.Tests/Histories/README.md.
#   scripts/record-histories.sh [--version VERSION]      (by default the defaultVersion of host.json)
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

version=
while (($#)); do
  case $1 in
    --version) version=${2:?--version needs a version such as 1.0.0} && shift 2 ;;
    -h | --help) sed -n '2,4s/^# *//p' "${BASH_SOURCE[0]}" && exit 0 ;;
    *) die "Unknown option '$1'. See scripts/record-histories.sh --help." ;;
  esac
done
version=${version:-$(node -p 'require(process.argv[1]).extensions.durableTask.defaultVersion' "$ROOT/host.json")}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || die "--version must be a version such as 1.0.0, not '$version'."

need_tools
ensure_azurite
work=$(mktemp -d)
trap 'stop_started; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

build "$ROOT/tests/IsmsFunctions.Tests"
start_azurite "$work/azurite.log" 0 --inMemoryPersistence
export ISMS_TEST_STORAGE=$STORAGE

# One after the other: the app numbers the histories of an instance by the files that are there.
played='FullyQualifiedName~WorkflowTests|FullyQualifiedName~OutageTests|FullyQualifiedName~PlannedAuditTests|FullyQualifiedName~ActionHttpTests'
played+='|FullyQualifiedName~CollectorsOverHttpTests|FullyQualifiedName~CollectorTroubleTests'
played+='|FullyQualifiedName~DisposalTests'
Local__HistoryFolder="$work/histories" dotnet test "$ROOT/tests/IsmsFunctions.Tests" -c "$CONFIGURATION" --no-build --nologo -v quiet --filter "$played" \
  -- xUnit.ParallelizeTestCollections=false >&2 || die "A test failed: what it recorded is not worth keeping."

target=$ROOT/tests/IsmsFunctions.Tests/Histories/$version
rm -rf "$target"
dotnet "$(output_of local/Rehearsal)" choose-histories "$work/histories" "$target"
