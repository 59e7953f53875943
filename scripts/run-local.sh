#!/usr/bin/env bash
# Runs the whole product on this machine: storage emulator, sample tenant, and the app. Ctrl-C stops all of it.
#   scripts/run-local.sh [--port 7071] [--data DIR] [--users 50] [--seed 27001] [--no-build]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

port=7071 data="$ROOT/.isms" users=50 seed=27001 build=yes
while (($#)); do
  case $1 in
    --port) port=${2:?--port needs a number} && shift 2 ;;
    --data) data=${2:?--data needs a folder} && shift 2 ;;
    --users) users=${2:?--users needs a number} && shift 2 ;;
    --seed) seed=${2:?--seed needs a number} && shift 2 ;;
    --no-build) build=no && shift ;;
    -h | --help) sed -n '2,3s/^# *//p' "${BASH_SOURCE[0]}" && exit 0 ;;
    *) die "Unknown option '$1'. See scripts/run-local.sh --help." ;;
  esac
done
[[ $port =~ ^[0-9]+$ ]] && ((port >= 1 && port <= 65535)) || die "--port must be a number from 1 to 65535, not '$port'."
[[ $users =~ ^[0-9]+$ ]] || die "--users must be a number, not '$users'."

need_tools
mkdir -p "$data/logs" "$data/mail" "$data/azurite"
data=$(cd "$data" && pwd)

# Two runs on one folder would write the same emulator files.
exec 9>"$data/.lock"
flock -n 9 || die "Another run uses $data. Stop it first, or choose another folder with --data."
! answers "http://127.0.0.1:$port/" || die "Port $port is in use. Choose another with --port."

trap 'exit 130' INT
trap 'exit 143' TERM
trap 'stop_started' EXIT

ensure_azurite
[[ $build == no ]] || build "$ROOT/functions/IsmsFunctions" && [[ $build == no ]] || build "$ROOT/functions/local/SampleTenant"

start_azurite "$data/logs/azurite.log" 10000 --location "$data/azurite"

read -r tenant_port < <(free_ports 1 7072)
identity_header=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
start "$data/logs/sample-tenant.log" env IDENTITY_HEADER="$identity_header" \
  dotnet "$(output_of local/SampleTenant)" --port "$tenant_port" --users "$users" --seed "$seed"

# The same variables a deployment sets, with this machine's values. IDENTITY_* is how App Service hands out managed-identity tokens.
start "$data/logs/app.log" env \
  AzureWebJobsStorage="$STORAGE" \
  IDENTITY_ENDPOINT="http://127.0.0.1:$tenant_port/msi/token" \
  IDENTITY_HEADER="$identity_header" \
  Graph__BaseAddress="http://127.0.0.1:$tenant_port" \
  Isms__Identity=Personas \
  Isms__OrganizationFile="$ROOT/scripts/sample/isms.json" \
  Notifications__Transport=Folder \
  Notifications__Folder="$data/mail" \
  Sealing__KeyFile="$data/keys/ledger.pem" \
  Local__Port="$port" \
  dotnet "$(output_of IsmsFunctions)"
app=$LAST_STARTED

health() { curl -sf -o /dev/null --max-time 5 "http://127.0.0.1:$port/api/health"; }
alive_and_healthy() { kill -0 "$app" 2>/dev/null || exit 1; health; }
wait_for "the app" 60 alive_and_healthy || { tail -n 20 "$data/logs/app.log" >&2; die "The app did not start; its whole log is $data/logs/app.log."; }

cat <<EOF

IsmsFunctions is running.

  portal         http://127.0.0.1:$port/             (choose who you are)
  API            http://127.0.0.1:$port/api          (GET /api/health)
  sample tenant  http://127.0.0.1:$tenant_port       ($users people)
  data           $data           (mail/, logs/, azurite/)

Say who you are with a header, for example:
  curl -s -H 'X-Isms-Persona: secretariat' -X POST http://127.0.0.1:$port/api/collectors/sign-ins/run
  curl -s -H 'X-Isms-Persona: secretariat' http://127.0.0.1:$port/api/evidence

Ctrl-C stops all of it; the next start finds the data again.
EOF

# Whichever of the three ends first ends the run.
wait -n "${STARTED[@]}" && status=0 || status=$?
say "Something stopped on its own; the logs are in $data/logs."
exit $((status == 0 ? 1 : status))
