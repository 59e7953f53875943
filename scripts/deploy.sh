#!/usr/bin/env bash
# Deploys IsmsFunctions to Azure, or brings a deployment up to date; safe to run again at any time.
#   scripts/deploy.sh --resource-group GROUP [--location japaneast] [--name isms] [--size small|medium] [--alert-mail ADDRESS]… [--budget AMOUNT]
#                     [--collectors all|none|NAME,…] [--roster directory|settings] [--mail-from MAILBOX] [--teams-webhook NAME=URL]… [--site URL]
#                     [--assign ROLE=USER]… [--parameters FILE] [--revoke-unneeded] [--skip-publish] [--yes] [--read-only-preview]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/azure.sh"

group= location=japaneast name=isms size=small budget=0 collectors=all roster=directory mail_from= site= parameters=
alert_mails=() webhooks=() assignments=() assume_yes=no preview=no publish=yes revoke=no
while (($#)); do
  case $1 in
    --resource-group) group=${2:?--resource-group needs a name} && shift 2 ;;
    --location) location=${2:?--location needs a region} && shift 2 ;;
    --name) name=${2:?--name needs a name} && shift 2 ;;
    --size) size=${2:?--size needs small or medium} && shift 2 ;;
    --alert-mail) alert_mails+=("${2:?--alert-mail needs an address}") && shift 2 ;;
    --budget) budget=${2:?--budget needs an amount a month} && shift 2 ;;
    --collectors) collectors=${2:?--collectors needs all, none or names} && shift 2 ;;
    --roster) roster=${2:?--roster needs directory or settings} && shift 2 ;;
    --mail-from) mail_from=${2:?--mail-from needs a mailbox} && shift 2 ;;
    --teams-webhook) webhooks+=("${2:?--teams-webhook needs NAME=URL}") && shift 2 ;;
    --site) site=${2:?--site needs an address} && shift 2 ;;
    --assign) assignments+=("${2:?--assign needs ROLE=USER}") && shift 2 ;;
    --parameters) parameters=${2:?--parameters needs a file} && shift 2 ;;
    --revoke-unneeded) revoke=yes && shift ;;
    --skip-publish) publish=no && shift ;;
    --yes) assume_yes=yes && shift ;;
    --read-only-preview) preview=yes && shift ;;
    -h | --help) sed -n '2,5s/^# *//p' "${BASH_SOURCE[0]}" && exit 0 ;;
    *) die "Unknown option '$1'. See scripts/deploy.sh --help." ;;
  esac
done

# --- What was asked for -----------------------------------------------------------------------------------------------------------------

[[ -n $group ]] || die "--resource-group is missing: the group that everything goes into; it is made if it is not there."
[[ $name =~ ^[a-z][a-z0-9]{2,11}$ ]] || die "--name must be 3 to 12 lower-case letters and digits, not '$name'."
parameters=${parameters:-$ROOT/infra/$size.bicepparam}
[[ -f $parameters ]] || die "There is no parameter file $parameters; --size is small or medium."
[[ $budget =~ ^[0-9]+$ ]] || die "--budget must be a whole amount in the currency of the subscription, not '$budget'."
[[ $roster == directory || $roster == settings ]] || die "--roster must be directory or settings, not '$roster'."
[[ -z $site || $site =~ ^https://[A-Za-z0-9.-]+$ ]] || die "--site must be an address such as https://isms.example.co.jp, not '$site'."
for address in "${alert_mails[@]}" ${mail_from:+"$mail_from"}; do
  [[ $address =~ ^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$ ]] || die "'$address' is no mail address."
done
for webhook in "${webhooks[@]}"; do
  [[ $webhook =~ ^[A-Za-z0-9-]+=https://[^\"\\[:space:]]+$ ]] || die "--teams-webhook must be NAME=https://…; NAME is Default, a role such as TopManagement, or a person's id."
done
for assignment in "${assignments[@]}"; do
  grep -q "\"value\": \"Isms.${assignment%%=*}\"" "$ROOT/infra/app-roles.json" && [[ $assignment == *=?* ]] ||
    die "--assign must be ROLE=USER with one of: $(grep -o 'Isms\.[A-Za-z]*' "$ROOT/infra/app-roles.json" | sed 's/Isms\.//' | tr '\n' ' ')"
done

wanted=()
case $collectors in
  all) mapfile -t wanted < <(all_collectors) ;;
  none) ;;
  *)
    IFS=, read -r -a wanted <<<"$collectors"
    mapfile -t known < <(all_collectors)
    for collector in "${wanted[@]}"; do
      is_one_of "$collector" "${known[@]}" || die "There is no collector '$collector'. There are: ${known[*]}"
    done
    ;;
esac
[[ $roster == settings ]] || wanted+=(roster)
mapfile -t permissions < <(permission_rows "${wanted[@]}" | cut -f2 | sort -u)

explain_permissions() {
  local permission
  say
  say "Permissions of Microsoft Graph for the app's own identity (it reads; it changes nothing):"
  for permission in "${permissions[@]}"; do
    say "  $permission"
    permission_rows "${wanted[@]}" | awk -F'\t' -v p="$permission" '$2 == p { printf "      %s: %s\n      %*s  %s\n", $1, $4, length($1), "", $3 }' >&2
  done
  [[ -z $mail_from ]] || say "  Mail.Send and Mail.Read are not granted here: in Exchange Online, for $mail_from only (shown at the end)."
  say
  say "Signing in: the application may read who somebody is (openid, profile, email). Consent is given once for the tenant; only people with one of its roles get in."
  say
  say "Rights in Azure, each on one resource: storage of the host (blob owner, queue and table contributor), storage of evidence (blob and table"
  say "contributor), key vault (crypto user, secrets user), Application Insights (metrics publisher). No keys, no rights on the subscription."
}

if [[ $preview == yes ]]; then
  explain_permissions
  say
  say "Nothing was changed."
  exit 0
fi

# --- Prerequisites ----------------------------------------------------------------------------------------------------------------------

need_az
need curl "Install curl and try again."
if [[ $publish == yes ]]; then
  need dotnet "Install the .NET SDK 10 (https://dot.net) and try again."
  can_zip || die "'zip' is missing. Install zip and try again."
fi
tenant=$(az account show --query tenantId -o tsv)
work=$(native "$(mktemp -d)")
trap 'rm -rf "$work"' EXIT

# --- What people sign in to -------------------------------------------------------------------------------------------------------------

explain_permissions
confirm "Deploy to the resource group $group in $location?"
[[ $(az group exists -n "$group") == true ]] || az group create -n "$group" -l "$location" -o none
# A deployment registers the providers of what it makes. This one only lends its name to the app's subnet, and would be missed.
if grep -q '^param privateNetwork = true' "$parameters" && [[ $(az provider show -n Microsoft.App --query registrationState -o tsv) != Registered ]]; then
  say "Registering Microsoft.App, which a network for Flex Consumption needs …"
  az provider register -n Microsoft.App --wait
fi

client=$(application)
if [[ -z $client ]]; then
  say "Registering the application '$(application_name)' …"
  client=$(az ad app create --display-name "$(application_name)" --sign-in-audience AzureADMyOrg --enable-id-token-issuance true --requested-access-token-version 2 \
    --app-roles "@$ROOT/infra/app-roles.json" --query appId -o tsv)
else
  az ad app update --id "$client" --enable-id-token-issuance true --requested-access-token-version 2 --app-roles "@$ROOT/infra/app-roles.json"
fi
az ad app update --id "$client" --identifier-uris "api://$client"
enterprise=$(az ad sp list --filter "appId eq '$client'" --query "[0].id" -o tsv)
[[ -n $enterprise ]] || enterprise=$(az ad sp create --id "$client" --query id -o tsv)
# Only people with one of the roles get in at all.
az ad sp update --id "$enterprise" --set appRoleAssignmentRequired=true
graph_principal=$(az ad sp show --id "$GRAPH_APP" --query id -o tsv)
# Where an assignment is required people cannot consent for themselves; without this, which lets the app read who somebody is, nobody could sign in.
consents=$(az rest --method GET --url "$GRAPH/v1.0/servicePrincipals/$enterprise/oauth2PermissionGrants" --query "value[?resourceId=='$graph_principal' && consentType=='AllPrincipals'] | length(@)" -o tsv)
[[ $consents != 0 ]] || az rest --method POST --url "$GRAPH/v1.0/oauth2PermissionGrants" --headers Content-Type=application/json -o none \
  --body "{\"clientId\":\"$enterprise\",\"consentType\":\"AllPrincipals\",\"resourceId\":\"$graph_principal\",\"scope\":\"openid profile email\"}" ||
  die "Nobody could consent to signing in. That takes the role Cloud Application Administrator; run this again with it."

# --- Resources --------------------------------------------------------------------------------------------------------------------------

policy=
evidence_account=$(deployed evidenceAccountName)
[[ -z $evidence_account ]] ||
  policy=$(az storage container immutability-policy show --account-name "$evidence_account" -g "$group" -c evidence --query state -o tsv 2>/dev/null || true)
budget_start=
((budget == 0)) || budget_start=$(az consumption budget list -g "$group" --query "[?name=='$name-budget'].timePeriod.startDate | [0]" -o tsv 2>/dev/null || true)

new_names=() secrets= separator=
for webhook in "${webhooks[@]}"; do
  new_names+=("${webhook%%=*}")
  secrets+="$separator\"${webhook%%=*}\":\"${webhook#*=}\""
  separator=,
done
mapfile -t webhook_names < <({ deployed 'teamsWebhookNames' | tr '\t' '\n'; ((${#new_names[@]} == 0)) || printf '%s\n' "${new_names[@]}"; } | sed '/^$/d' | sort -u)

export ISMS_NAME=$name ISMS_ENTRA_CLIENT_ID=$client ISMS_MONTHLY_BUDGET=$budget ISMS_SITE=$site ISMS_MAIL_FROM=$mail_from
export ISMS_ALERT_ADDRESSES ISMS_TEAMS_WEBHOOKS="{$secrets}" ISMS_TEAMS_WEBHOOK_NAMES
ISMS_ALERT_ADDRESSES=$(json_strings "${alert_mails[@]}")
ISMS_TEAMS_WEBHOOK_NAMES=$(json_strings "${webhook_names[@]}")
export ISMS_BUDGET_START=${budget_start:-$(date -u +%Y-%m-01T00:00:00Z)}
export ISMS_ROSTER=Directory ISMS_NOTIFICATION_TRANSPORT=None ISMS_SET_EVIDENCE_POLICY=true
[[ $roster == directory ]] || ISMS_ROSTER=Settings
[[ -z $mail_from && ${#webhook_names[@]} -eq 0 ]] || ISMS_NOTIFICATION_TRANSPORT=Graph
# A locked policy takes no deployment; it stays as it is.
[[ $policy != Locked ]] || ISMS_SET_EVIDENCE_POLICY=false

az deployment group what-if -g "$group" -n "$name" -f "$ROOT/infra/main.bicep" -p "$parameters" >&2
confirm "Make these changes?"
say "Deploying; this takes some minutes …"
az deployment group create -g "$group" -n "$name" -f "$ROOT/infra/main.bicep" -p "$parameters" -o none

address=$(deployed address) app=$(deployed appName) principal=$(deployed principalId)
[[ -n $address && -n $app && -n $principal ]] || die "The deployment has no outputs; see: az deployment group show -g $group -n $name"

# --- Sign-in and permissions --------------------------------------------------------------------------------------------------------------

redirects=("$address/.auth/login/aad/callback")
[[ -z $site ]] || redirects+=("$site/.auth/login/aad/callback")
az ad app update --id "$client" --web-redirect-uris "${redirects[@]}" --web-home-page-url "${site:-$address}"

# The identity vouches for the app when it talks to Entra: there is no client secret that could leak or expire.
if [[ $(az ad app federated-credential list --id "$client" --query "[?subject=='$principal'] | length(@)" -o tsv) == 0 ]]; then
  cat >"$work/federated.json" <<JSON
{ "name": "function-app-$name", "issuer": "$(az cloud show --query endpoints.activeDirectory -o tsv)/$tenant/v2.0", "subject": "$principal", "audiences": ["api://AzureADTokenExchange"] }
JSON
  az ad app federated-credential create --id "$client" --parameters "@$work/federated.json" -o none
fi

az ad sp show --id "$GRAPH_APP" --query "appRoles[?contains(allowedMemberTypes, 'Application')].[value, id]" -o tsv >"$work/graph-roles"
az rest --method GET --url "$GRAPH/v1.0/servicePrincipals/$principal/appRoleAssignments" --query "value[?resourceId=='$graph_principal'].[appRoleId, id]" -o tsv >"$work/granted"
for permission in "${permissions[@]}"; do
  role=$(awk -F'\t' -v p="$permission" '$1 == p { print $2 }' "$work/graph-roles")
  [[ -n $role ]] || die "Microsoft Graph in this cloud has no permission '$permission'."
  grep -q "^$role" "$work/granted" && continue
  say "Granting $permission …"
  az rest --method POST --url "$GRAPH/v1.0/servicePrincipals/$principal/appRoleAssignments" --headers Content-Type=application/json -o none \
    --body "{\"principalId\":\"$principal\",\"resourceId\":\"$graph_principal\",\"appRoleId\":\"$role\"}" ||
    die "$permission could not be granted. That takes the role Privileged Role Administrator; the rest is deployed: run this again with it."
done
while IFS=$'\t' read -r role assignment; do
  permission=$(awk -F'\t' -v r="$role" '$2 == r { print $1 }' "$work/graph-roles")
  is_one_of "$permission" "${permissions[@]}" && continue
  if [[ $revoke == yes ]]; then
    say "Revoking $permission …"
    az rest --method DELETE --url "$GRAPH/v1.0/servicePrincipals/$principal/appRoleAssignments/$assignment" -o none
  else
    say "The identity has $permission, which nothing needs any more; --revoke-unneeded takes it away."
  fi
done <"$work/granted"

for assignment in "${assignments[@]}"; do
  user=$(az ad user show --id "${assignment#*=}" --query id -o tsv) || die "There is no user '${assignment#*=}'."
  role=$(grep "\"value\": \"Isms.${assignment%%=*}\"" "$ROOT/infra/app-roles.json" | grep -oE '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
  held=$(az rest --method GET --url "$GRAPH/v1.0/servicePrincipals/$enterprise/appRoleAssignedTo" --query "value[?principalId=='$user' && appRoleId=='$role'] | length(@)" -o tsv)
  [[ $held == 0 ]] || continue
  say "Assigning Isms.${assignment%%=*} to ${assignment#*=} …"
  az rest --method POST --url "$GRAPH/v1.0/servicePrincipals/$enterprise/appRoleAssignedTo" --headers Content-Type=application/json -o none \
    --body "{\"principalId\":\"$user\",\"resourceId\":\"$enterprise\",\"appRoleId\":\"$role\"}"
done

# --- The app ------------------------------------------------------------------------------------------------------------------------------

if [[ $publish == yes ]]; then
  say "Publishing the app …"
  dotnet publish "$ROOT/functions/IsmsFunctions" -c Release -p:LocalRuntime=false -r linux-x64 --self-contained false -p:PublishReadyToRun=true \
    -o "$work/app" -v quiet --nologo >&2 || die "The app could not be built; the resources are there, so only this step is left."
  zip_folder "$work/app" "$work/app.zip"
  az functionapp deployment source config-zip -g "$group" -n "$app" --src "$work/app.zip" -o none

  say "Waiting for the app …"
  healthy() { [[ $(curl -s --max-time 20 "$address/api/health") == *'"Healthy"'* ]]; }
  wait_for "the app" "${ISMS_SMOKE_SECONDS:-600}" healthy ||
    die "The app does not say it is healthy: curl $address/api/health ; logs: az monitor app-insights query … or the workbook in the resource group."
  status=$(curl -s -o /dev/null -w '%{http_code}' --max-time 20 "$address/api/years")
  [[ $status == 401 ]] || die "Somebody who is not signed in got $status from $address/api/years instead of 401. Stop the app and report this: az functionapp stop -g $group -n $app"
fi

# --- What is left -------------------------------------------------------------------------------------------------------------------------

cat <<TEXT

IsmsFunctions is deployed: ${site:-$address}

  resource group     $group
  app                $app
  evidence account   $(deployed evidenceAccountName)
  key vault          $(deployed vaultName)
  application        $(application_name)

Next steps
  1. Give people their roles; without one nobody gets in: scripts/deploy.sh … --assign Secretariat=USER, or Entra admin center > Enterprise applications > $(application_name).
  2. Open ${site:-$address} as somebody with the role Admin, Secretariat or Manager, and enter the organisation (First setup).
  3. As Secretariat, Manager or TopManagement, start the fiscal year on the same page.
  4. Permissions of Microsoft Graph take up to a day to reach the app; until then collectors say permission-pending.
TEXT
[[ -z $mail_from ]] || cat <<TEXT
  5. Let the app send mail as $mail_from and as nobody else, in Exchange Online PowerShell:
       New-ServicePrincipal -AppId $(deployed identityClientId) -ObjectId $principal -DisplayName "IsmsFunctions $name"
       New-ManagementScope -Name "IsmsFunctions $name" -RecipientRestrictionFilter "PrimarySmtpAddress -eq '$mail_from'"
       New-ManagementRoleAssignment -App $principal -Role "Application Mail.Send" -CustomResourceScope "IsmsFunctions $name"
       New-ManagementRoleAssignment -App $principal -Role "Application Mail.Read" -CustomResourceScope "IsmsFunctions $name"
TEXT
