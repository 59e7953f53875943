#!/usr/bin/env bash
# Verifies an evidence pack with bash, coreutils and openssl alone (and unzip, where it is given as a zip file): the signature, every file, that nothing was added,
# that each item stands in the ledger, and that the ledger continues every head that was signed before.
#   scripts/verify-pack.sh PACK.zip|FOLDER [--key-id ID]
# ID is the key id that you were given another way; without it the pack is only shown to be sound in itself. Ends with 0 when all is well, 1 when not, 2 when it cannot tell.
set -uo pipefail
export LC_ALL=C.UTF-8

usage() { sed -n '2,5s/^# *//p' "${BASH_SOURCE[0]}"; }
cannot() { printf 'verify-pack: %s\n' "$*" >&2 && exit 2; }

pack= expected_key=
while (($#)); do
  case $1 in
    -h | --help) usage && exit 0 ;;
    --key-id) expected_key=${2:-} && [[ $expected_key =~ ^[0-9a-f]{32}$ ]] || cannot "--key-id needs 32 hexadecimal digits." ; shift 2 ;;
    -*) cannot "unknown option '$1'; see --help." ;;
    *) [[ -z $pack ]] || cannot "one pack at a time." ; pack=$1 && shift ;;
  esac
done
[[ -n $pack ]] || { usage >&2 && exit 2; }
for tool in openssl sha256sum basenc split find sort; do command -v "$tool" >/dev/null || cannot "'$tool' is missing."; done

work=$(mktemp -d) || cannot "no temporary folder."
trap 'rm -rf "$work"' EXIT

faults=0
fault() { printf 'FAULT  %s\n' "$*" && faults=$((faults + 1)); }
finish() {
  ((faults == 0)) && exit 0
  printf '%d fault(s). Do not rely on this pack.\n' "$faults"
  exit 1
}

# --- the zip file -------------------------------------------------------------------------------------------------------------------
is_safe() { [[ -n $1 && $1 != /* && $1 != *\\* && $1 != *:* && $1 != *//* && $1 != *[[:cntrl:]]* && ! $1 =~ (^|/)\.\.?(/|$) ]]; }

if [[ -f $pack ]]; then
  command -v unzip >/dev/null || cannot "'unzip' is missing; unpack the pack yourself and give the folder."
  unzip -Z1 "$pack" >"$work/names" 2>/dev/null || { fault "$pack: not a zip file, or cut short" && finish; }
  while IFS= read -r name; do is_safe "$name" || fault "$name: the name leads out of the pack's folder"; done <"$work/names"
  sort "$work/names" | uniq -d | while IFS= read -r name; do echo "$name"; done >"$work/doubled"
  while IFS= read -r name; do fault "$name: occurs twice"; done <"$work/doubled"
  ((faults == 0)) || finish
  unzip -tqq "$pack" >"$work/test" 2>&1 || { fault "$pack: damaged: $(tr '\n' ' ' <"$work/test")"; }
  mkdir "$work/pack" && unzip -qq -o "$pack" -d "$work/pack" >/dev/null 2>&1
  root=$work/pack
elif [[ -d $pack ]]; then
  root=$pack
else
  cannot "there is no '$pack'."
fi
cd "$root" || cannot "cannot enter '$root'."

# --- the list of hashes and its signature -------------------------------------------------------------------------------------------
for file in SHA256SUMS SHA256SUMS.sig public-key.pem ledger/heads.json ledger/proofs.json README.html index.csv VERIFY.txt; do
  [[ -f $file && ! -L $file ]] || fault "$file: is missing"
done
[[ -f SHA256SUMS && -f SHA256SUMS.sig && -f public-key.pem ]] || finish

key_id() { openssl pkey -pubin -in "$1" -outform DER 2>/dev/null | sha256sum | cut -c1-32; }
key=$(key_id public-key.pem)
[[ -z $expected_key || $key == "$expected_key" ]] || fault "public-key.pem: is the key $key, not $expected_key"
openssl dgst -sha256 -verify public-key.pem -signature SHA256SUMS.sig SHA256SUMS >/dev/null 2>&1 ||
  fault "SHA256SUMS: is not what was signed (SHA256SUMS.sig, public-key.pem)"

declare -A listed=() of_folder=() folders=()
while IFS= read -r line; do
  hash=${line:0:64} name=${line:66}
  if [[ ! $hash =~ ^[0-9a-f]{64}$ || ${line:64:2} != "  " ]] || ! is_safe "$name"; then
    fault "SHA256SUMS: a malformed line: $line" && continue
  fi
  [[ -z ${listed[$name]+x} ]] || fault "$name: is listed twice in SHA256SUMS"
  listed[$name]=$hash
  if [[ $name =~ ^(evidence(/[^/]+){6})/(.+)$ ]]; then
    if [[ ${BASH_REMATCH[3]} == manifest.json ]]; then folders[${BASH_REMATCH[1]}]=1; else of_folder[${BASH_REMATCH[1]}]+=" $hash"; fi
  elif [[ $name == evidence/* ]]; then
    fault "$name: belongs to no item"
  fi
done <SHA256SUMS
[[ -z $(tail -c 1 SHA256SUMS) ]] || fault "SHA256SUMS: is cut short"

while IFS= read -r line; do fault "${line%%: *}: is missing, or not as listed in SHA256SUMS"; done < <(sha256sum --quiet --check SHA256SUMS 2>/dev/null | grep -v '^$')
while IFS= read -r -d '' name; do
  name=${name#./}
  [[ -n ${listed[$name]+x} || $name == SHA256SUMS || $name == SHA256SUMS.sig ]] || fault "$name: is not listed in SHA256SUMS"
done < <(find . ! -type d -print0)
while IFS= read -r -d '' name; do fault "${name#./}: is no regular file"; done < <(find . ! -type d ! -type f -print0)
for folder in "${!of_folder[@]}"; do [[ -n ${folders[$folder]+x} ]] || fault "$folder: has no manifest.json"; done

# --- the ledger -----------------------------------------------------------------------------------------------------------------------
# hash_nodes: reads pairs of hashes (128 hexadecimal digits a line), prints SHA-256(0x01 ‖ left ‖ right) for each, in order; all of them with a handful of processes.
hash_nodes() {
  rm -rf "$work/nodes" && mkdir "$work/nodes"
  sed 's/^/01/' | tr a-f A-F | tr -d '\n' | basenc --base16 --decode | split -b 65 -a 8 --numeric-suffixes - "$work/nodes/"
  (cd "$work/nodes" && find . -type f -print0 | sort -z | xargs -0 -r sha256sum | cut -c1-64)
}

declare -A key_file=() root_at=()
last_size=0
while IFS= read -r line; do
  if [[ $line =~ ^\{\"id\":\"([0-9a-f]{32})\",\"publicKey\":\"([^\"]*)\"\},?$ ]]; then
    file=$work/key-${BASH_REMATCH[1]} && printf '%b' "${BASH_REMATCH[2]}" >"$file"
    [[ $(key_id "$file") == "${BASH_REMATCH[1]}" ]] && key_file[${BASH_REMATCH[1]}]=$file || fault "ledger/heads.json: the key ${BASH_REMATCH[1]} is another one"
  elif [[ $line =~ ^\{\"size\":([0-9]+),\"root\":\"([0-9a-f]{64})\",\"at\":\"([0-9TZ:-]+)\",\"keyId\":\"([0-9a-f]{32})\",\"signature\":\"([A-Za-z0-9+/=]+)\",\"timeStamp\":(null|\"[A-Za-z0-9+/=]+\")\},?$ ]]; then
    size=${BASH_REMATCH[1]} hash=${BASH_REMATCH[2]} at=${BASH_REMATCH[3]} by=${BASH_REMATCH[4]} signature=${BASH_REMATCH[5]}
    ((size > last_size)) || fault "ledger/heads.json: the head at $size is out of order"
    printf '{"at":"%s","keyId":"%s","root":"%s","size":%s}' "$at" "$by" "$hash" "$size" >"$work/head"
    printf '%s' "$signature" | basenc --base64 --decode >"$work/signature" 2>/dev/null
    [[ -n ${key_file[$by]+x} ]] && openssl dgst -sha256 -verify "${key_file[$by]}" -signature "$work/signature" "$work/head" >/dev/null 2>&1 ||
      fault "ledger/heads.json: the signature of the head at $size is not that of its key"
    root_at[$size]=$hash last_size=$size
  elif [[ $line != '{"keys":[' && $line != '],"heads":[' && $line != ']}' ]]; then
    fault "ledger/heads.json: a line that is neither key nor head: ${line:0:80}"
  fi
done <ledger/heads.json

manifests=() leaves=() index=() paths=() froms=() from_paths=()
size=0 ledger_root=
declare -A proven=() disposed=()
while IFS= read -r line; do
  if [[ $line =~ ^\{\"size\":([0-9]+),\"root\":\"([0-9a-f]{64})\",\"consistency\":\[$ ]]; then
    size=${BASH_REMATCH[1]} ledger_root=${BASH_REMATCH[2]}
  elif [[ $line =~ ^\{\"from\":([0-9]+),\"path\":\[(.*)\]\},?$ ]]; then
    froms+=("${BASH_REMATCH[1]}") from_paths+=("$(tr -d '",' <<<"${BASH_REMATCH[2]}")")
  elif [[ $line =~ ^\{\"index\":([0-9]+),\"leafHash\":\"([0-9a-f]{64})\",\"manifest\":\"([^\"]+)\",\"disposedBy\":(null|\"[^\"]+\"),\"path\":\[([0-9a-f\",]*)\]\},?$ ]]; then
    index+=("${BASH_REMATCH[1]}") leaves+=("${BASH_REMATCH[2]}") manifests+=("${BASH_REMATCH[3]}")
    [[ -z ${proven[${BASH_REMATCH[3]}]+x} ]] || fault "${BASH_REMATCH[3]}: is proven twice"
    proven[${BASH_REMATCH[3]}]=1
    [[ ${BASH_REMATCH[4]} == null ]] || disposed[${BASH_REMATCH[3]}]=1
    path=${BASH_REMATCH[5]} && path=${path//\"/} && paths+=("${path//,/}")
  elif [[ $line != '],"items":[' && $line != ']}' ]]; then
    fault "ledger/proofs.json: a line that is neither proof nor head: ${line:0:80}"
  fi
done <ledger/proofs.json
((size == last_size)) && [[ ${root_at[$size]:-} == "$ledger_root" ]] || fault "ledger/proofs.json: its root is not that of the last signed head"

# The leaves: SHA-256(0x00 ‖ manifest.json).
mkdir "$work/leaves"
for i in "${!manifests[@]}"; do
  [[ -n ${listed[${manifests[i]}]+x} && -f ${manifests[i]} ]] || { fault "${manifests[i]}: is missing" && continue; }
  { printf '\0' && cat "${manifests[i]}"; } >"$work/leaves/$i"
done
while read -r hash i; do
  [[ $hash == "${leaves[i]}" ]] || fault "${manifests[i]}: is not the manifest whose hash the ledger holds"
done < <(cd "$work/leaves" && find . -type f -printf '%P\0' | xargs -0 -r sha256sum)
for folder in "${!folders[@]}"; do [[ -n ${proven[$folder/manifest.json]+x} ]] || fault "$folder/manifest.json: has no proof"; done

# Inclusion (RFC 9162, 2.1.3.2), one level of all proofs at a time.
declare -a node=() last=() current=() step=()
for i in "${!index[@]}"; do
  node[i]=${index[i]} last[i]=$((size - 1)) current[i]=${leaves[i]} step[i]=0
  ((index[i] < size)) || { fault "${manifests[i]}: its place is beyond the ledger" && paths[i]= last[i]=0; }
done
while :; do
  todo=()
  : >"$work/pairs"
  for i in "${!index[@]}"; do
    sibling=${paths[i]:step[i]*64:64}
    [[ ${#sibling} == 64 && ${last[i]} != 0 ]] || continue
    todo+=("$i") step[i]=$((step[i] + 1))
    if ((node[i] % 2 == 1 || node[i] == last[i])); then
      printf '%s%s\n' "$sibling" "${current[i]}"
      while ((node[i] % 2 == 0 && node[i] != 0)); do node[i]=$((node[i] >> 1)) last[i]=$((last[i] >> 1)); done
    else
      printf '%s%s\n' "${current[i]}" "$sibling"
    fi >>"$work/pairs"
    node[i]=$((node[i] >> 1)) last[i]=$((last[i] >> 1))
  done
  ((${#todo[@]} > 0)) || break
  mapfile -t hashes < <(hash_nodes <"$work/pairs")
  for n in "${!todo[@]}"; do current[todo[n]]=${hashes[n]}; done
done
for i in "${!index[@]}"; do
  [[ ${current[i]} == "$ledger_root" && ${last[i]} == 0 && ${#paths[i]} == $((step[i] * 64)) ]] || fault "${manifests[i]}: its proof does not lead to the ledger's root"
done

# Consistency with each head signed before (RFC 9162, 2.1.4.2).
pair() { printf '%s%s\n' "$1" "$2" | hash_nodes; }
declare -A consistent=()
for i in "${!froms[@]}"; do
  from=${froms[i]} path=${from_paths[i]} earlier=${root_at[${froms[i]}]:-}
  ((from > 0 && from < size)) && [[ -n $earlier ]] || { fault "ledger/proofs.json: a proof from $from, where no head was signed" && continue; }
  (((from & (from - 1)) == 0)) && path=$earlier$path
  n=$((from - 1)) l=$((size - 1))
  while ((n % 2 == 1)); do n=$((n >> 1)) l=$((l >> 1)); done
  a=${path:0:64} b=$a rest=${path:64}
  while [[ -n $rest && $l != 0 ]]; do
    c=${rest:0:64} rest=${rest:64}
    if ((n % 2 == 1 || n == l)); then
      a=$(pair "$c" "$a") b=$(pair "$c" "$b")
      while ((n % 2 == 0 && n != 0)); do n=$((n >> 1)) l=$((l >> 1)); done
    else
      b=$(pair "$b" "$c")
    fi
    n=$((n >> 1)) l=$((l >> 1))
  done
  [[ $a == "$earlier" && $b == "$ledger_root" && $l == 0 && -z $rest ]] || fault "ledger/heads.json: the ledger does not continue the head at $from"
  consistent[$from]=1
done
for s in "${!root_at[@]}"; do [[ $s == "$size" || -n ${consistent[$s]+x} ]] || fault "ledger/proofs.json: nothing shows that the ledger continues the head at $s"; done

# --- each item has the files that its manifest names, and no others ---------------------------------------------------------------------
for folder in "${!folders[@]}"; do
  [[ -f $folder/manifest.json && -z ${disposed[$folder/manifest.json]+x} ]] || continue
  manifest=$(<"$folder/manifest.json")
  files=${manifest#*\"files\":\[} && files=${files%%\],\"fiscalYear\":*}
  named=
  while [[ $files =~ \"sha256\":\"([0-9a-f]{64})\" ]]; do
    named+=" ${BASH_REMATCH[1]}" && files=${files#*"${BASH_REMATCH[0]}"}
  done
  [[ $(tr ' ' '\n' <<<"$named" | sort) == "$(tr ' ' '\n' <<<"${of_folder[$folder]:-}" | sort)" ]] || fault "$folder: its files are not those that its manifest names"
done

((faults == 0)) && printf 'OK     %d items, %d files; ledger of %d entries, root %s; signed with the key %s%s\n' \
  "${#index[@]}" "${#listed[@]}" "$size" "$ledger_root" "$key" "$([[ -n $expected_key ]] && printf ', as expected' || printf ' – compare it with the one you were given')"
finish
