metadata name = 'IsmsFunctions'
metadata description = 'Everything the app needs in one resource group: app, identity, storage, evidence, signing key, telemetry, alerts, budget.'

targetScope = 'resourceGroup'

@description('Short name of this installation; all resource names begin with it.')
@minLength(3)
@maxLength(12)
param name string = 'isms'

@description('Azure region of all resources. It must offer the Flex Consumption plan.')
param location string = resourceGroup().location

@description('Tags of all resources.')
param tags object = {}

@description('Application (client) id of the Entra application with the app roles; scripts/deploy.sh registers it.')
param entraClientId string

@description('Memory of one instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('The most instances that may run at a time.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that always wait for HTTP requests; 0 lets the app sleep and start on demand.')
@minValue(0)
param alwaysReadyHttp int = 0

@description('How evidence is copied: ZRS within the region, GZRS to a second one as well.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param evidenceRedundancy string = 'Standard_ZRS'

@description('For how many days nobody, the app included, can change or delete evidence. One certification cycle is 1,095.')
@minValue(1)
@maxValue(146000)
param evidenceImmutableDays int = 1095

@description('Whether to set the immutability policy. False once it is locked: a locked policy takes no deployment, only an extension.')
param setEvidencePolicy bool = true

@description('Whether evidence and key vault carry a lock against deletion.')
param protectFromDeletion bool = true

@description('How many days telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryDays int = 90

@description('The most telemetry a day in GB, since an error that repeats itself would else be paid for; -1 for no limit.')
param telemetryDailyGb int = 1

@description('Mail addresses that alerts go to.')
param alertAddresses array = []

@description('Whether the app is asked every five minutes, from outside, whether it is well.')
param watchAvailability bool = true

@description('What may be spent in a month, in the currency of the subscription; 0 for no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('First day of a month from which the budget counts. An existing budget keeps its own: scripts/deploy.sh passes it.')
param budgetStart string = '${utcNow('yyyy-MM')}-01T00:00:00Z'

@description('Whether storage and key vault are reached over private endpoints only.')
param privateNetwork bool = false

@description('Addresses of the virtual network, when there is one.')
param networkAddresses string = '10.90.0.0/22'

@description('What carries messages: None lists them in the app only; Graph sends mails, and cards to Teams where a webhook is given.')
@allowed(['None', 'Graph'])
param notificationTransport string = 'None'

@description('The mailbox that mails come from.')
param mailFrom string = ''

@description('The address under which people reach the app; the one Azure gives when empty.')
param site string = ''

@description('Teams webhooks: person id, role or Default → address. Stored in the key vault.')
@secure()
param teamsWebhooks object = {}

@description('Names of the Teams webhooks that are in the key vault, those of earlier deployments included.')
param teamsWebhookNames array = []

@description('Who says who works in the organisation: Directory (Microsoft Graph) or Settings.')
@allowed(['Directory', 'Settings'])
param roster string = 'Directory'

@description('Base address of Microsoft Graph in this cloud.')
#disable-next-line no-hardcoded-env-urls // Bicep knows the address of the older Azure AD Graph only.
param graphAddress string = 'https://graph.microsoft.com'

@description('Days that the tenant keeps sign-ins: 30 with a premium licence, 7 without.')
@allowed([7, 30])
param signInRetentionDays int = 30

@description('Address of a time-stamping authority (RFC 3161) that signed heads are shown to; none when empty.')
param timestampAuthority string = ''

@description('Schedules that differ from those of local.settings.sample.json: setting → NCRONTAB in UTC.')
param schedules object = {}

@description('Further application settings, for what has no parameter of its own.')
param extraSettings object = {}

// scripts/remove.sh takes away what carries this tag and nothing else.
var allTags = union(tags, { 'isms-installation': name })

var token = take(uniqueString(subscription().id, resourceGroup().id, name), 6)
var compact = toLower(replace(name, '-', ''))
var standardSettings = loadJsonContent('../local.settings.sample.json').Values
var standardSchedules = toObject(filter(items(standardSettings), s => startsWith(s.key, 'Schedules__')), s => s.key, s => s.value)

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: '${name}-app-${token}'
    location: location
    tags: allTags
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  params: {
    name: '${name}-net-${token}'
    location: location
    tags: allTags
    addresses: networkAddresses
  }
}

module telemetry 'modules/telemetry.bicep' = {
  name: 'telemetry'
  params: {
    name: '${name}-log-${token}'
    location: location
    tags: allTags
    days: telemetryDays
    dailyGb: telemetryDailyGb
    principalId: identity.outputs.principalId
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  name: 'host-storage'
  params: {
    name: take('${compact}host${token}', 24)
    location: location
    tags: allTags
    principalId: identity.outputs.principalId
    workspaceId: telemetry.outputs.workspaceId
    privateNetwork: privateNetwork
  }
}

module evidenceStorage 'modules/evidence-storage.bicep' = {
  name: 'evidence-storage'
  params: {
    name: take('${compact}ev${token}', 24)
    location: location
    tags: allTags
    redundancy: evidenceRedundancy
    immutableDays: evidenceImmutableDays
    setPolicy: setEvidencePolicy
    protectFromDeletion: protectFromDeletion
    principalId: identity.outputs.principalId
    workspaceId: telemetry.outputs.workspaceId
    privateNetwork: privateNetwork
  }
}

module vault 'modules/key-vault.bicep' = {
  name: 'key-vault'
  params: {
    name: take('${name}-kv-${token}', 24)
    location: location
    tags: allTags
    teamsWebhooks: teamsWebhooks
    protectFromDeletion: protectFromDeletion
    principalId: identity.outputs.principalId
    workspaceId: telemetry.outputs.workspaceId
    privateNetwork: privateNetwork
  }
}

module endpoints 'modules/private-endpoints.bicep' = if (privateNetwork) {
  name: 'private-endpoints'
  params: {
    name: '${name}-pe-${token}'
    location: location
    tags: allTags
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointSubnetId
    hostAccountId: hostStorage.outputs.accountId
    evidenceAccountId: evidenceStorage.outputs.accountId
    vaultId: vault.outputs.vaultId
  }
}

module app 'modules/function-app.bicep' = {
  name: 'function-app'
  params: {
    name: '${name}-${token}'
    location: location
    tags: allTags
    identityId: identity.outputs.identityId
    identityClientId: identity.outputs.clientId
    hostAccountName: hostStorage.outputs.accountName
    packageContainerAddress: hostStorage.outputs.packageContainerAddress
    evidenceAccountName: evidenceStorage.outputs.accountName
    signingKeyAddress: vault.outputs.signingKeyAddress
    telemetryConnection: telemetry.outputs.connectionString
    workspaceId: telemetry.outputs.workspaceId
    entraClientId: entraClientId
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttp: alwaysReadyHttp
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    site: site
    settings: union(
      standardSchedules,
      schedules,
      {
        Graph__BaseAddress: graphAddress
        Graph__Scope: '${graphAddress}/.default'
        Monitoring__SignInRetention: '${signInRetentionDays}.00:00:00'
        Notifications__Transport: notificationTransport
        Training__Roster: roster
      },
      empty(mailFrom) ? {} : { Notifications__From: mailFrom },
      empty(timestampAuthority) ? {} : { Sealing__TimestampAuthority: timestampAuthority },
      toObject(
        teamsWebhookNames,
        n => 'Notifications__TeamsWebhooks__${n}',
        n => '@Microsoft.KeyVault(VaultName=${vault.outputs.vaultName};SecretName=teams-webhook-${toLower(n)})'
      ),
      extraSettings
    )
  }
  // The app starts as soon as it is there; over private endpoints only it would find nothing before they are.
  dependsOn: [endpoints]
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    name: '${name}-alert-${token}'
    location: location
    tags: allTags
    componentId: telemetry.outputs.componentId
    workspaceId: telemetry.outputs.workspaceId
    addresses: alertAddresses
    watchAvailability: watchAvailability
    healthAddress: '${app.outputs.address}/api/health'
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: {
    displayName: '${name}: ISMS'
    location: location
    tags: allTags
    workspaceId: telemetry.outputs.workspaceId
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0) {
  name: 'budget'
  params: {
    name: '${name}-budget'
    amount: monthlyBudget
    start: budgetStart
    addresses: alertAddresses
  }
}

@description('Address of the app.')
output address string = app.outputs.address

@description('Name of the function app, which the app is published to.')
output appName string = app.outputs.appName

@description('Object id of the identity, which permissions of Microsoft Graph are granted to.')
output principalId string = identity.outputs.principalId

@description('Client id of the identity.')
output identityClientId string = identity.outputs.clientId

@description('Name of the account that holds evidence.')
output evidenceAccountName string = evidenceStorage.outputs.accountName

@description('Name of the key vault.')
output vaultName string = vault.outputs.vaultName

@description('Names of the Teams webhooks in the key vault; the next deployment keeps them.')
output teamsWebhookNames array = teamsWebhookNames
