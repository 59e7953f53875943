using System.Globalization;
using Isms.CorrectiveActions;
using Isms.Organizations;
using Isms.Reports;
using Isms.Year;
using IsmsFunctions.CorrectiveActions;
using IsmsFunctions.Hosting.Telemetry;
using IsmsFunctions.Notifications;
using IsmsFunctions.Organizations;
using IsmsFunctions.Year;
using Microsoft.Azure.Functions.Worker;

namespace IsmsFunctions.Reports;

/// <summary>Writes the secretariat's weekly overview and the monthly report to top management. After an outage only the present week's and month's are written.</summary>
public sealed class ReportTimers(
    YearStore years, ActionStore actions, ManagementReports reports, Outbox outbox, INotifier notifier, OrganizationStore organizations, ReportRounds rounds,
    Measurements measurements, TimeProvider clock)
{
    private const string Overview = "weekly-overview";

    /// <summary>Runs along with the outbox, by the setting <c>Schedules__UnsentNotifications</c>; most of the time nothing is due.</summary>
    [Function(nameof(WriteReports))]
    public async Task WriteReports([TimerTrigger("%Schedules:UnsentNotifications%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (await organizations.FindInForceAsync(cancellationToken) is not { } organization)
        {
            return; // There is nobody to write to yet.
        }

        var now = clock.GetUtcNow();
        var today = OfficeTime.Of(organization.TimeZone).DateAt(now);
        var schedule = new ReportSchedule(WorkingDays.Of(organization), OfficeTime.Of(organization.TimeZone));
        var (month, week) = (schedule.MonthDue(now), schedule.WeekDue(now));
        var round = new ReportRound(month, week, [.. organization.InRole(Role.TopManagement).Concat(organization.InRole(Role.Secretariat)).Select(p => p.Id)]);
        if (rounds.IsDone(round))
        {
            return;
        }

        var running = (await years.AllAsync(cancellationToken)).Select(y => y.Value)
            .Where(y => y is { State: YearState.Running, PlannedAt: not null } && y.ToFiscalYear().Contains(today)).ToList();
        if (running.Count == 0)
        {
            return;
        }

        if (month is { } first)
        {
            await ReportAsync(running[0], first, now, organization, cancellationToken);
        }

        if (week is { } monday)
        {
            await OverviewAsync(running[0], monday, today, organization, cancellationToken);
        }

        rounds.Done(round);
    }

    private async Task ReportAsync(ManagementYear year, DateOnly month, DateTimeOffset now, Organization organization, CancellationToken cancellationToken)
    {
        string IdFor(Person person) => string.Create(CultureInfo.InvariantCulture, $"{ManagementReports.Record}-{month:yyyy-MM}.{person.Id}");
        var recipients = await WithoutAsync(organization.InRole(Role.TopManagement), IdFor, organization, cancellationToken);
        if (recipients.Count == 0)
        {
            return;
        }

        var number = year.ToFiscalYear().MonthOf(month)!.Value;
        var items = (await years.ItemsAsync(year.FiscalYear, cancellationToken)).Select(i => i.Value);
        var name = string.Create(CultureInfo.InvariantCulture, $"{ManagementReports.Record}-m{number:00}");
        if (items.FirstOrDefault(i => i.Id == name) is not { HasEnded: false } item)
        {
            return; // Waived, or done already with a report that somebody wrote.
        }

        var (report, evidence) = await reports.GetAsync(year, item, month, now, organization, cancellationToken);
        foreach (var person in recipients)
        {
            var (subject, body) = ManagementReportText.Mail(report, person, organization, evidence);
            await notifier.NotifyAsync(new Notification(IdFor(person), person.Id, subject, body, item.InstanceId), cancellationToken);
        }
    }

    private async Task OverviewAsync(ManagementYear year, DateOnly monday, DateOnly today, Organization organization, CancellationToken cancellationToken)
    {
        string IdFor(Person person) => string.Create(CultureInfo.InvariantCulture, $"{Overview}-{monday:yyyy-MM-dd}.{person.Id}");
        var recipients = await WithoutAsync(organization.InRole(Role.Secretariat), IdFor, organization, cancellationToken);
        if (recipients.Count == 0)
        {
            return;
        }

        var items = (await years.ItemsAsync(year.FiscalYear, cancellationToken)).Select(i => i.Value).ToList();
        var open = await actions.ListAfterAsync(null, null, cancellationToken).Select(a => a.Value).Where(a => a.Stage != ActionStage.Closed)
            .Select(a => new OpenAction(a.Id, a.Nonconformity.Department, a.Due)).ToListAsync(cancellationToken);
        measurements.Overdue(items.Count(i => i.IsOverdue(today)));
        foreach (var person in recipients)
        {
            var (subject, body) = WeeklyOverview.Write(items, open, monday, today, person, organization);
            await notifier.NotifyAsync(new Notification(IdFor(person), person.Id, subject, body, Overview), cancellationToken);
        }
    }

    /// <summary>Those of the people who have not been written to yet.</summary>
    private async Task<IReadOnlyList<Person>> WithoutAsync(
        IEnumerable<Person> people, Func<Person, string> idFor, Organization organization, CancellationToken cancellationToken)
    {
        var without = new List<Person>();
        foreach (var person in people)
        {
            var channels = organization.Notifications.ChannelsOf(person);
            if (await outbox.FindAsync(OutboxMessage.IdOf(idFor(person), channels[^1]), cancellationToken) is null)
            {
                without.Add(person);
            }
        }

        return without;
    }
}
