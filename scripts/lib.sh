# What the scripts share. Sourced, not run.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CONFIGURATION=${CONFIGURATION:-Release}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# The well-known account of the storage emulator; it opens nothing but an emulator on this machine.
EMULATOR_ACCOUNT=devstoreaccount1
EMULATOR_KEY='Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

STARTED=()

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# Stops everything that `start` started, last first and one after the other, so that nothing loses what it still needs: asks, then insists.
stop_started() {
  local i pid
  for ((i = ${#STARTED[@]} - 1; i >= 0; i--)); do
    pid=${STARTED[i]}
    kill "$pid" 2>/dev/null || continue
    for _ in $(seq 100); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -9 "$pid" 2>/dev/null || true
  done
  STARTED=()
}

# start LOGFILE COMMAND… : runs a command in the background and remembers it for stop_started. Its id is in $LAST_STARTED.
start() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 </dev/null &
  LAST_STARTED=$!
  STARTED+=("$LAST_STARTED")
}

need() {
  command -v "$1" >/dev/null 2>&1 || die "'$1' is missing. $2"
}

need_tools() {
  need dotnet "Install the .NET SDK 10 (https://dot.net) and try again."
  need node "Install Node.js 20 or later (https://nodejs.org) and try again."
  need npm "Install npm, which comes with Node.js, and try again."
  need curl "Install curl and try again."
}

# Installs the storage emulator at the locked version, unless it is there.
ensure_azurite() {
  local folder="$ROOT/scripts/azurite"
  AZURITE="$folder/node_modules/azurite/dist/src/azurite.js"
  if [[ ! -f $AZURITE || $folder/package-lock.json -nt $folder/node_modules/.installed ]]; then
    say "Installing Azurite …"
    npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts --loglevel=error >&2
    touch "$folder/node_modules/.installed"
  fi
}

# Installs the accessibility rules of the portal's tests at the locked version, unless they are there.
ensure_axe() {
  local folder="$ROOT/tests/Portal.Tests/axe"
  if [[ ! -f $folder/node_modules/axe-core/axe.min.js || $folder/package-lock.json -nt $folder/node_modules/.installed ]]; then
    say "Installing axe-core …"
    npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts --loglevel=error >&2
    touch "$folder/node_modules/.installed"
  fi
}

# free_ports N [FIRST]: prints N free loopback ports, from FIRST upwards when given.
free_ports() {
  node -e '
    const net = require("net");
    const [count, first] = process.argv.slice(1).map(Number);
    const tryPort = port => new Promise(done => {
      const server = net.createServer();
      server.once("error", () => done(0));
      server.listen(port, "127.0.0.1", () => { const got = server.address().port; held.push(server); done(got); });
    });
    const held = [];
    (async () => {
      const ports = [];
      for (let port = first || 0; ports.length < count; port = first ? port + 1 : 0) {
        const got = await tryPort(port);
        if (got) ports.push(got);
      }
      console.log(ports.join(" "));
      held.forEach(s => s.close());
    })();' "$1" "${2:-0}"
}

# wait_for WHAT SECONDS COMMAND… : until the command succeeds.
wait_for() {
  local what=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || return 1
    sleep 0.2
  done
}

answers() { curl -s -o /dev/null --max-time 2 "$1"; }

# start_azurite LOGFILE FIRSTPORT OPTIONS… : sets STORAGE, the connection string.
start_azurite() {
  local log=$1 first=$2 blob queue table
  shift 2
  read -r blob queue table < <(free_ports 3 "$first")
  # A young generation of the size of its traffic spares the emulator most of its garbage collections.
  start "$log" node --max-semi-space-size=32 --require "$ROOT/scripts/azurite/selective-lookups.cjs" \
    --require "$ROOT/scripts/azurite/compiled-templates.cjs" --require "$ROOT/scripts/azurite/ranged-queries.cjs" "$AZURITE" --silent --disableTelemetry --skipApiVersionCheck \
    --blobHost 127.0.0.1 --queueHost 127.0.0.1 --tableHost 127.0.0.1 \
    --blobPort "$blob" --queuePort "$queue" --tablePort "$table" "$@"
  wait_for Azurite 60 answers "http://127.0.0.1:$blob/" && wait_for Azurite 60 answers "http://127.0.0.1:$table/" ||
    die "Azurite does not answer; see $log."
  STORAGE="DefaultEndpointsProtocol=http;AccountName=$EMULATOR_ACCOUNT;AccountKey=$EMULATOR_KEY"
  STORAGE+=";BlobEndpoint=http://127.0.0.1:$blob/$EMULATOR_ACCOUNT;QueueEndpoint=http://127.0.0.1:$queue/$EMULATOR_ACCOUNT"
  STORAGE+=";TableEndpoint=http://127.0.0.1:$table/$EMULATOR_ACCOUNT;"
}

build() {
  say "Building …"
  dotnet build "$@" -c "$CONFIGURATION" -v quiet --nologo -clp:ErrorsOnly >&2 || die "The build failed."
}

output_of() { printf '%s/functions/%s/bin/%s/net10.0/%s.dll' "$ROOT" "$1" "$CONFIGURATION" "$(basename "$1")"; }
