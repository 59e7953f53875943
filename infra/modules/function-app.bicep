metadata description = 'The plan, the app with all its settings, and the sign-in in front of it.'

@description('Name of the app; part of its address and therefore unique in Azure.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Resource id of the identity of the app.')
param identityId string

@description('Client id of the identity of the app.')
param identityClientId string

@description('Name of the account of the Functions host.')
param hostAccountName string

@description('Address of the container that the app is published into.')
param packageContainerAddress string

@description('Name of the account of evidence and state.')
param evidenceAccountName string

@description('Address of the key that signs the ledger.')
param signingKeyAddress string

@description('Where telemetry is sent.')
param telemetryConnection string

@description('Resource id of the workspace that takes diagnostics.')
param workspaceId string

@description('Application (client) id of the Entra application.')
param entraClientId string

@description('Memory of one instance in MB.')
param instanceMemoryMB int

@description('The most instances that may run at a time.')
param maximumInstanceCount int

@description('Instances that always wait for HTTP requests.')
param alwaysReadyHttp int

@description('Resource id of the subnet that the app calls out from; none when empty.')
param subnetId string

@description('The address under which people reach the app; the one Azure gives when empty.')
param site string

@description('Settings that follow from parameters.')
param settings object

// App Service exchanges the identity's token for the application's where this setting is named instead of a secret: there is none to expire.
var identityInsteadOfSecret = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: '${name}-plan'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    // References to the vault are resolved as this identity; the app has no system-assigned one.
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyHttp == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyHttp }]
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerAddress
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: union(
    {
      AzureWebJobsStorage__accountName: hostAccountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsDisableHomepage: 'true'
      APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryConnection
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      // The app leaves little to the garbage collector; without this its memory would grow by what nobody has looked at yet.
      DOTNET_GCgen0size: '0x400000'
      '${identityInsteadOfSecret}': identityClientId
      Isms__Identity: 'AppService'
      Isms__StorageAccount: evidenceAccountName
      Isms__StorageSuffix: environment().suffixes.storage
      Graph__Credential: 'ManagedIdentity'
      Graph__ClientId: identityClientId
      Sealing__KeyVaultKey: signingKeyAddress
      Sealing__ClientId: identityClientId
      Notifications__Site: empty(site) ? 'https://${app.properties.defaultHostName}' : site
    },
    settings
  )
}

// Signing in says who somebody is; what they may do is the app's own table, which denies by default and answers 401 or 403 as a problem document.
// Requests without a token pass this gate, since a calendar subscription and the health check cannot sign in; headers that only the gate may set are removed.
resource signIn 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true, runtimeVersion: '~1' }
    globalValidation: {
      requireAuthentication: false
      unauthenticatedClientAction: 'AllowAnonymous'
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          clientId: entraClientId
          clientSecretSettingName: identityInsteadOfSecret
        }
        validation: {
          allowedAudiences: [entraClientId, 'api://${entraClientId}']
        }
      }
    }
    login: {
      preserveUrlFragmentsForLogins: true
      tokenStore: { enabled: true }
    }
  }
  dependsOn: [appSettings]
}

// Publishing asks for a signed-in person as well: no publishing profile with a password.
resource publishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = [
  for way in ['ftp', 'scm']: {
    parent: app
    name: way
    properties: { allow: false }
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: app
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Name of the app.')
output appName string = app.name

@description('Address of the app.')
output address string = 'https://${app.properties.defaultHostName}'
