# What the scripts for Azure share. Sourced after lib.sh, not run.

GRAPH_APP=00000003-0000-0000-c000-000000000000
GRAPH=${ISMS_GRAPH_ADDRESS:-https://graph.microsoft.com}
PERMISSIONS="$ROOT/infra/graph-permissions.tsv"

# The first version whose options these scripts use (az ad app create --requested-access-token-version).
OLDEST_AZ=2.67.0

# On Windows the CLI ends lines with CR LF, and Git's bash would turn what begins with a slash into a path of Windows, such as the ids of resources.
az() { command az "$@" | tr -d '\r'; }
case ${OSTYPE:-} in
  msys* | cygwin*)
    export MSYS_NO_PATHCONV=1
    native() { cygpath -m "$1"; }
    ;;
  *) native() { printf '%s' "$1"; } ;;
esac
ROOT=$(native "$ROOT")

need_az() {
  [[ -n $(type -P az) ]] || die "'az' is missing. Install the Azure CLI $OLDEST_AZ or later (https://aka.ms/azure-cli) and try again."
  az account show --query id -o tsv >/dev/null 2>&1 || die "Nobody is signed in. Run: az login"
  local found
  found=$(az version --query '"azure-cli"' -o tsv)
  [[ $(printf '%s\n' "$OLDEST_AZ" "$found" | sort -V | head -n 1) == "$OLDEST_AZ" ]] || die "The Azure CLI is $found; these scripts need $OLDEST_AZ or later. Run: az upgrade"
}

# zip_folder FOLDER FILE: packs what is in a folder. Git for Windows has no zip, but Windows has a tar that writes zip files.
zip_folder() {
  if command -v zip >/dev/null 2>&1; then
    (cd "$1" && zip -qr "$2" .)
  else
    (cd "$1" && shopt -s dotglob && "$SYSTEMROOT/System32/tar.exe" -a -c -f "$2" *)
  fi
}

can_zip() { command -v zip >/dev/null 2>&1 || [[ -x ${SYSTEMROOT:-}/System32/tar.exe ]]; }

# deployed NAME: an output of the deployment before this one; empty when there was none. A deployment is called as its installation, since a group may hold several.
deployed() { az deployment group show -g "$group" -n "$name" --query "properties.outputs.$1.value" -o tsv 2>/dev/null || true; }

# application: the application (client) id of the Entra application; empty when there is none, an error when several have its name.
application() {
  local found
  found=$(az ad app list --display-name "$(application_name)" --query "[].appId" -o tsv)
  (($(wc -w <<<"$found") <= 1)) || die "Several Entra applications are named '$(application_name)'. Remove those that are not in use."
  printf '%s' "$found"
}

application_name() { printf 'IsmsFunctions %s/%s' "$group" "$name"; }

# permission_rows WHAT…: the rows of the permissions that these collectors (and roster) need, by permission.
permission_rows() {
  local what
  for what in "$@"; do
    awk -F'\t' -v what="$what" '$1 == what' "$PERMISSIONS"
  done | sort -t $'\t' -k2,2 -k1,1
}

all_collectors() { awk -F'\t' '!/^#/ && $1 != "roster" { print $1 }' "$PERMISSIONS" | sort -u; }

# in_group NAME VALUE: whether VALUE is one of the words after it.
is_one_of() {
  local value=$1 word
  shift
  for word in "$@"; do [[ $word == "$value" ]] && return 0; done
  return 1
}

confirm() {
  [[ $assume_yes == no ]] || return 0
  local answer
  read -r -p "$1 [y/N] " answer || true
  [[ $answer == [yY]* ]] || die "Nothing was changed."
}

# json_strings WORD…: an array of JSON strings. The words are checked elsewhere to hold nothing that JSON would escape.
json_strings() {
  local word separator=
  printf '['
  for word in "$@"; do
    printf '%s"%s"' "$separator" "$word"
    separator=,
  done
  printf ']'
}
