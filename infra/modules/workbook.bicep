metadata description = 'One page for whoever looks after the app: what it collected, sent, sealed, and what failed.'

@description('Title of the workbook.')
param displayName string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Resource id of the workspace that is queried.')
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // A workbook's name is a GUID; made of what stays the same, so that the next deployment finds it.
  name: guid(resourceGroup().id, displayName)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    version: '1.0'
    sourceId: workspaceId
    serializedData: loadTextContent('../workbook.json')
  }
}
