// From about 200 people to several thousand: an instance always ready, evidence in a second region, storage and key vault off the Internet.
using 'main.bicep'

// What scripts/deploy.sh was told, or found out. Secrets come this way too: they stand neither in a file nor on a command line.
param name = readEnvironmentVariable('ISMS_NAME', 'isms')
param entraClientId = readEnvironmentVariable('ISMS_ENTRA_CLIENT_ID')
param alertAddresses = json(readEnvironmentVariable('ISMS_ALERT_ADDRESSES', '[]'))
param monthlyBudget = int(readEnvironmentVariable('ISMS_MONTHLY_BUDGET', '0'))
param budgetStart = readEnvironmentVariable('ISMS_BUDGET_START')
param setEvidencePolicy = bool(readEnvironmentVariable('ISMS_SET_EVIDENCE_POLICY', 'true'))
param notificationTransport = readEnvironmentVariable('ISMS_NOTIFICATION_TRANSPORT', 'None')
param mailFrom = readEnvironmentVariable('ISMS_MAIL_FROM', '')
param site = readEnvironmentVariable('ISMS_SITE', '')
param roster = readEnvironmentVariable('ISMS_ROSTER', 'Directory')
param teamsWebhooks = json(readEnvironmentVariable('ISMS_TEAMS_WEBHOOKS', '{}'))
param teamsWebhookNames = json(readEnvironmentVariable('ISMS_TEAMS_WEBHOOK_NAMES', '[]'))

// The size.
param instanceMemoryMB = 2048
param maximumInstanceCount = 100
param alwaysReadyHttp = 1
param evidenceRedundancy = 'Standard_GZRS'
param telemetryDays = 90
param telemetryDailyGb = 5
param privateNetwork = true
