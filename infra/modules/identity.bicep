metadata description = 'The identity under which the app works; all its rights are given to this one.'

@description('Name of the identity.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id.')
output identityId string = identity.id

@description('Client id, which settings name.')
output clientId string = identity.properties.clientId

@description('Object id, which rights are given to.')
output principalId string = identity.properties.principalId
