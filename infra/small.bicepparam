// Up to about 200 people: sleeps when nobody asks, evidence in three zones of one region.
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
param maximumInstanceCount = 40
param alwaysReadyHttp = 0
param evidenceRedundancy = 'Standard_ZRS'
param telemetryDays = 30
param telemetryDailyGb = 1
