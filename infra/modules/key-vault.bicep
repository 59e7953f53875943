metadata description = 'The key that signs the ledger, which never leaves the vault, and the Teams webhooks, which are secrets.'

import { roles } from '../roles.bicep'

@description('Name of the vault.')
@maxLength(24)
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Teams webhooks: person id, role or Default → address.')
@secure()
param teamsWebhooks object

@description('Whether the vault carries a lock against deletion.')
param protectFromDeletion bool

@description('Object id of the identity of the app.')
param principalId string

@description('Resource id of the workspace that takes diagnostics.')
param workspaceId string

@description('Whether the vault is reached over private endpoints only.')
param privateNetwork bool

var needed = [
  roles.keyVaultCryptoUser
  roles.keyVaultSecretsUser
]

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: privateNetwork ? 'Deny' : 'Allow'
    }
  }
}

// A key that exists already is left as it is: a deployment never makes a new version.
resource signingKey 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
  parent: vault
  name: 'ledger'
  tags: tags
  properties: {
    kty: 'EC'
    curveName: 'P-256'
    keyOps: ['sign', 'verify']
    attributes: { enabled: true, exportable: false }
  }
}

resource webhooks 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = [
  for webhook in items(teamsWebhooks): {
    parent: vault
    name: 'teams-webhook-${toLower(webhook.key)}'
    tags: tags
    properties: { value: webhook.value }
  }
]

resource rights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in needed: {
    name: guid(vault.id, principalId, role)
    scope: vault
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: principalId
      principalType: 'ServicePrincipal'
      description: 'The app signs with the key and reads webhook addresses; it can change neither.'
    }
  }
]

resource protection 'Microsoft.Authorization/locks@2020-05-01' = if (protectFromDeletion) {
  name: 'signing-key-stays'
  scope: vault
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the key that signed the ledger of evidence.'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

@description('Resource id of the vault.')
output vaultId string = vault.id

@description('Name of the vault.')
output vaultName string = vault.name

@description('Address of the signing key without a version: its newest version signs.')
output signingKeyAddress string = signingKey.properties.keyUri
