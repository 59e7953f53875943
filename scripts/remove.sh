#!/usr/bin/env bash
# Takes a deployment of IsmsFunctions away. Evidence and the key that signed it stay, unless it is said twice: --with-evidence and the account's name.
#   scripts/remove.sh --resource-group GROUP [--name isms] [--with-evidence --evidence-account ACCOUNT] [--yes]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/azure.sh"

group= name=isms with_evidence=no account= assume_yes=no
while (($#)); do
  case $1 in
    --resource-group) group=${2:?--resource-group needs a name} && shift 2 ;;
    --name) name=${2:?--name needs a name} && shift 2 ;;
    --with-evidence) with_evidence=yes && shift ;;
    --evidence-account) account=${2:?--evidence-account needs a name} && shift 2 ;;
    --yes) assume_yes=yes && shift ;;
    -h | --help) sed -n '2,3s/^# *//p' "${BASH_SOURCE[0]}" && exit 0 ;;
    *) die "Unknown option '$1'. See scripts/remove.sh --help." ;;
  esac
done
[[ -n $group ]] || die "--resource-group is missing."
need_az
[[ $(az group exists -n "$group") == true ]] || die "There is no resource group '$group'."

evidence=$(deployed evidenceAccountName) vault=$(deployed vaultName)
[[ -n $evidence && -n $vault ]] || die "There is no deployment '$name' in $group that says which account holds evidence; nothing was changed."
if [[ $with_evidence == yes && $account != "$evidence" ]]; then
  die "Evidence is only removed with --with-evidence --evidence-account $evidence. Nothing was changed."
fi
[[ $with_evidence == yes || -z $account ]] || die "--evidence-account does nothing without --with-evidence. Nothing was changed."

confirm "Remove IsmsFunctions '$name' from $group$([[ $with_evidence == no ]] && echo ' (evidence stays)' || echo ' TOGETHER WITH ALL EVIDENCE')?"

# The app first: nothing may write while the rest goes away.
# What depends on others goes before them; what is in the group without the tag of this installation is somebody else's.
for type in Microsoft.Web/sites Microsoft.Web/serverfarms Microsoft.Insights/metricAlerts Microsoft.Insights/scheduledQueryRules Microsoft.Insights/webtests Microsoft.Insights/actionGroups \
  Microsoft.Insights/workbooks Microsoft.Network/privateEndpoints Microsoft.Network/privateDnsZones/virtualNetworkLinks Microsoft.Network/privateDnsZones \
  Microsoft.Network/virtualNetworks Microsoft.Insights/components Microsoft.OperationalInsights/workspaces Microsoft.ManagedIdentity/userAssignedIdentities; do
  found=$(az resource list -g "$group" --resource-type "$type" --query "[?tags.\"isms-installation\" == '$name'].id" -o tsv)
  [[ -z $found ]] || xargs az resource delete -o none --ids <<<"$found"
done
found=$(az storage account list -g "$group" --query "[?name != '$evidence' && tags.\"isms-installation\" == '$name'].name" -o tsv)
for host in $found; do az storage account delete -g "$group" -n "$host" --yes; done

client=$(application)
[[ -z $client ]] || az ad app delete --id "$client"

if [[ $with_evidence == no ]]; then
  say "Removed. Evidence stays in the account $evidence, the signing key in the vault $vault; both are locked against deletion."
  exit 0
fi

for resource in "Microsoft.Storage/storageAccounts/$evidence" "Microsoft.KeyVault/vaults/$vault"; do
  found=$(az lock list -g "$group" --resource-type "${resource%/*}" --resource "${resource##*/}" --query "[].id" -o tsv)
  [[ -z $found ]] || xargs az lock delete --ids <<<"$found"
done
etag=$(az storage container immutability-policy show --account-name "$evidence" -g "$group" -c evidence --query "[state, etag]" -o tsv 2>/dev/null | tr '\n' '\t' || true)
case $etag in
  Locked*) die "The policy on evidence is locked: Azure deletes the account only when every item's time is over. Everything else was removed." ;;
  Unlocked*) az storage container immutability-policy delete --account-name "$evidence" -g "$group" -c evidence --if-match "$(cut -f2 <<<"$etag")" -o none ;;
esac
az storage account delete -g "$group" -n "$evidence" --yes
az keyvault delete -g "$group" -n "$vault"
say "Removed, with all evidence. The vault $vault can be recovered for 90 days (az keyvault recover -n $vault)."
