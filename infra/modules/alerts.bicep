metadata description = 'Who is told what, when the app cannot tell them itself. Each rule is explained in the operations guide under its id.'

@description('Beginning of the names of the rules.')
param name string

@description('Azure region.')
param location string

@description('Tags of the resources.')
param tags object

@description('Resource id of the Application Insights component.')
param componentId string

@description('Resource id of the workspace that is queried.')
param workspaceId string

@description('Mail addresses that alerts go to.')
param addresses array

@description('Whether the app is asked from outside whether it is well.')
param watchAvailability bool

@description('Address of the health check.')
param healthAddress string

var rules = loadJsonContent('../alerts.json').rules

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-people'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'ISMS'
    enabled: true
    emailReceivers: [
      for (address, index) in addresses: {
        name: 'mail-${index}'
        emailAddress: address
        useCommonAlertSchema: true
      }
    ]
  }
}

resource queries 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${name}-${rule.id}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${rule.title.en} / ${rule.title.ja}'
      description: '${rule.action.en} / ${rule.action.ja}'
      enabled: true
      severity: rule.severity
      scopes: [workspaceId]
      evaluationFrequency: rule.every
      windowSize: rule.window
      autoMitigate: rule.autoMitigate
      // Tables come into being with their first row, which is later than this rule.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]

resource availability 'Microsoft.Insights/webtests@2022-06-15' = if (watchAvailability) {
  name: '${name}-health'
  location: location
  tags: union(tags, { 'hidden-link:${componentId}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: '${name}-health'
    Name: 'Health'
    Description: 'Asks the app whether it and its storage are well.'
    Kind: 'standard'
    Enabled: true
    Frequency: 300
    Timeout: 120
    RetryEnabled: true
    Locations: [
      { Id: 'apac-jp-kaw-edge' }
      { Id: 'apac-sg-sin-azr' }
      { Id: 'us-ca-sjc-azr' }
    ]
    Request: {
      RequestUrl: healthAddress
      HttpVerb: 'GET'
      ParseDependentRequests: false
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 14
    }
  }
}

resource unavailable 'Microsoft.Insights/metricAlerts@2018-03-01' = if (watchAvailability) {
  name: '${name}-unavailable'
  location: 'global'
  tags: tags
  properties: {
    description: 'The health check does not answer from two places. / 2か所から正常性チェックに応答がありません。'
    severity: 1
    enabled: true
    scopes: [availability.id, componentId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: availability.id
      componentId: componentId
      failedLocationCount: 2
    }
    autoMitigate: true
    actions: [{ actionGroupId: people.id }]
  }
}
