# What the scripts for Azure share. Sourced after lib.sh, not run.

GRAPH_APP=00000003-0000-0000-c000-000000000000
GRAPH=${ISMS_GRAPH_ADDRESS:-https://graph.microsoft.com}
PERMISSIONS="$ROOT/infra/graph-permissions.tsv"

need_az() {
  need az "Install the Azure CLI 2.60 or later (https://aka.ms/azure-cli) and try again."
  az account show --query id -o tsv >/dev/null 2>&1 || die "Nobody is signed in. Run: az login"
}

# deployed NAME: an output of the deployment before this one; empty when there was none.
deployed() { az deployment group show -g "$group" -n isms --query "properties.outputs.$1.value" -o tsv 2>/dev/null || true; }

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
