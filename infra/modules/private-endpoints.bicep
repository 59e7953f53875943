metadata description = 'Private endpoints of storage and key vault, and the names under which the app finds them.'

@description('Beginning of the names of the endpoints.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Resource id of the virtual network.')
param networkId string

@description('Resource id of the subnet for the endpoints.')
param subnetId string

@description('Resource id of the account of the Functions host.')
param hostAccountId string

@description('Resource id of the account of evidence.')
param evidenceAccountId string

@description('Resource id of the key vault.')
param vaultId string

var storage = environment().suffixes.storage

var zoneNames = [
  'privatelink.blob.${storage}'
  'privatelink.queue.${storage}'
  'privatelink.table.${storage}'
  replace(environment().suffixes.keyvaultDns, '.vault.', 'privatelink.vaultcore.')
]

var links = [
  { name: 'host-blob', resourceId: hostAccountId, part: 'blob', zone: 0 }
  { name: 'host-queue', resourceId: hostAccountId, part: 'queue', zone: 1 }
  { name: 'host-table', resourceId: hostAccountId, part: 'table', zone: 2 }
  { name: 'evidence-blob', resourceId: evidenceAccountId, part: 'blob', zone: 0 }
  { name: 'evidence-table', resourceId: evidenceAccountId, part: 'table', zone: 2 }
  { name: 'vault', resourceId: vaultId, part: 'vault', zone: 3 }
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in zoneNames: {
    name: zone
    location: 'global'
    tags: tags
  }
]

resource zoneLinks 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, index) in zoneNames: {
    parent: zones[index]
    name: 'app'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: networkId }
    }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2025-05-01' = [
  for link in links: {
    name: '${name}-${link.name}'
    location: location
    tags: tags
    properties: {
      subnet: { id: subnetId }
      privateLinkServiceConnections: [
        {
          name: link.name
          properties: {
            privateLinkServiceId: link.resourceId
            groupIds: [link.part]
          }
        }
      ]
    }
  }
]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = [
  for (link, index) in links: {
    parent: endpoints[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: link.part
          properties: { privateDnsZoneId: zones[link.zone].id }
        }
      ]
    }
  }
]
