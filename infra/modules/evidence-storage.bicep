metadata description = 'The account of evidence and state: blobs that cannot be changed while the policy holds, and the tables of index, ledger and workflows.'

import { roles } from '../roles.bicep'

@description('Name of the account.')
@maxLength(24)
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('How the account is copied.')
param redundancy string

@description('For how many days evidence can be neither changed nor deleted.')
param immutableDays int

@description('Whether the policy is set; false once it is locked.')
param setPolicy bool

@description('Whether the account carries a lock against deletion.')
param protectFromDeletion bool

@description('Object id of the identity of the app.')
param principalId string

@description('Resource id of the workspace that takes diagnostics.')
param workspaceId string

@description('Whether the account is reached over private endpoints only.')
param privateNetwork bool

// How long something deleted by mistake can be brought back: longer than a year-end or a summer's leave takes to notice.
var recoverableDays = 90

var needed = [
  roles.storageBlobDataContributor
  roles.storageTableDataContributor
]

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: privateNetwork ? 'Deny' : 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: recoverableDays }
    containerDeleteRetentionPolicy: { enabled: true, days: recoverableDays }
  }
}

resource evidence 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = {
  parent: blobs
  name: 'evidence'
  properties: { publicAccess: 'None' }
}

// Unlocked: it protects, and can still be corrected. Locking it cannot be undone and is therefore a decision of its own (see the operations guide).
resource policy 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2025-01-01' = if (setPolicy) {
  parent: evidence
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: immutableDays
    allowProtectedAppendWrites: true
  }
}

resource protection 'Microsoft.Authorization/locks@2020-05-01' = if (protectFromDeletion) {
  name: 'evidence-stays'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the evidence of the management system. scripts/remove.sh takes this lock away only when told twice.'
  }
}

resource rights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in needed: {
    name: guid(account.id, principalId, role)
    scope: account
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      principalId: principalId
      principalType: 'ServicePrincipal'
      description: 'The app keeps evidence and state without a key.'
    }
  }
]

// Who read, wrote or tried to delete evidence, as Azure saw it: independent of what the app records itself.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: blobs
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageDelete', enabled: true }
    ]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

@description('Resource id of the account.')
output accountId string = account.id

@description('Name of the account.')
output accountName string = account.name
