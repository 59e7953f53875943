metadata description = 'A virtual network with a subnet for the app and one for private endpoints.'

@description('Name of the network.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Addresses of the network in CIDR notation, at least a /24.')
param addresses string

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addresses] }
    // Inside the network, not beside it: as resources of their own they would be removed by the next deployment of the network.
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addresses, 25, 0)
          // Flex Consumption runs on the environments of Container Apps.
          delegations: [
            {
              name: 'flex'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addresses, 25, 1)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }

  resource appSubnet 'subnets' existing = { name: 'app' }
  resource endpointSubnet 'subnets' existing = { name: 'endpoints' }
}

@description('Resource id of the network.')
output networkId string = network.id

@description('Resource id of the subnet that the app calls out from.')
output appSubnetId string = network::appSubnet.id

@description('Resource id of the subnet that private endpoints lie in.')
output endpointSubnetId string = network::endpointSubnet.id
