#!/usr/bin/env bash
# Builds everything and runs all tests on an emulator of their own. The last line is "N passed, N failed, N skipped".
#   scripts/test.sh [--filter EXPRESSION] [--project NAME]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

filter=() only=
while (($#)); do
  case $1 in
    --filter) filter=(--filter "${2:?--filter needs an expression}") && shift 2 ;;
    --project) only=${2:?--project needs a name} && shift 2 ;;
    *) die "Unknown option '$1'." ;;
  esac
done

need_tools
ensure_azurite
ensure_axe
work=$(mktemp -d)
trap 'stop_started; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

build "$ROOT/IsmsFunctions.sln"
start_azurite "$work/azurite.log" 0 --inMemoryPersistence
export ISMS_TEST_STORAGE=$STORAGE

passed=0 failed=0 skipped=0 broken=0
for project in "$ROOT"/tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  [[ -z $only || $only == "$name" ]] || continue
  say "Testing $name …"
  dotnet test "$project" -c "$CONFIGURATION" --no-build --nologo -v quiet "${filter[@]}" \
    --logger "trx;LogFileName=$work/$name.trx" --logger "console;verbosity=minimal" >&2 || broken=1
  if [[ -f $work/$name.trx ]]; then
    counters=$(grep -o '<Counters [^>]*>' "$work/$name.trx")
    count() { grep -o " $1=\"[0-9]*\"" <<<"$counters" | tr -dc 0-9; }
    total=$(count total) executed=$(count executed) ok=$(count passed)
    passed=$((passed + ok)) failed=$((failed + executed - ok)) skipped=$((skipped + total - executed))
  elif ((${#filter[@]} == 0)); then
    say "$name left no results."
    broken=1
  fi
done

((failed > 0 || passed > 0)) || broken=1
((broken == 0 || failed > 0)) || failed=1
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0))
