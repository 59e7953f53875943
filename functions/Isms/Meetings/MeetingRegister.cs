using System.Globalization;
using Isms.Audits;
using Isms.Organizations;
using Isms.Registers;
using Isms.Text;
using Isms.Year;

namespace Isms.Meetings;

/// <summary>What meetings leave in the registers, in the organisation's language.</summary>
public static class MeetingRegister
{
    private const int LongestName = 300;

    /// <summary>The entry of a meeting in the register of meetings.</summary>
    /// <param name="meeting">The meeting, whose minutes are approved.</param>
    /// <param name="organization">For names; people who have left are left out, since entries name people of the settings.</param>
    /// <param name="minutes">The id of the minutes' evidence.</param>
    public static IReadOnlyDictionary<string, string> MeetingValues(Meeting meeting, Organization organization, string minutes)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(organization);
        var culture = CultureInfo.GetCultureInfo(organization.Culture);
        var held = meeting.Minutes!;
        var names = new AuditNames(organization);
        string People(IEnumerable<string> ids) => string.Join(RegisterRules.ListSeparator, ids.Where(id => organization.FindPerson(id) is not null));
        return new Dictionary<string, string>
        {
            ["name"] = MeetingRules.NameOf(meeting).In(culture),
            ["type"] = meeting.Kind == MeetingKind.ManagementReview ? "managementReview" : "committee",
            ["heldAt"] = Day(held.HeldOn),
            ["place"] = held.Place ?? "",
            ["chair"] = People([held.Chair]),
            ["secretary"] = People([held.Secretary]),
            ["attendees"] = People(held.Attendees),
            ["absentees"] = People(held.Absentees),
            ["agenda"] = string.Join('\n', held.Points.Select(p => p.Title.In(culture)).DefaultIfEmpty(Texts.Get("document.none").In(culture))),
            ["minutes"] = string.Join('\n', held.Points.Where(p => p.Text is not null).Select(p => $"{p.Title.In(culture)}: {p.Text}").Append(held.Conclusion ?? "").Where(t => t.Length > 0)),
            ["decisions"] = string.Join(
                '\n', meeting.Decisions.Select(d => Texts.Get("meeting.register.decision", d.Id, d.What, names.Person(d.Owner), d.Due).In(culture))),
            ["nextAt"] = held.Next is { } next ? Day(next) : "",
            ["evidence"] = minutes,
        };
    }

    /// <summary>The entry of a decision in the register of suggestions.</summary>
    public static IReadOnlyDictionary<string, string> SuggestionValues(Meeting meeting, Decision decision, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(organization);
        var held = meeting.Minutes!.HeldOn;
        string Person(string id) => organization.FindPerson(id) is null ? "" : id;
        var decided = Texts.Get("meeting.decided", MeetingRules.NameOf(meeting), decision.Id).In(CultureInfo.GetCultureInfo(organization.Culture));
        var line = decision.What.ReplaceLineEndings(" ");
        return new Dictionary<string, string>
        {
            ["name"] = line.Length > LongestName ? line[..LongestName] : line,
            ["content"] = $"{decision.What}\n{decided}",
            ["source"] = meeting.Kind == MeetingKind.ManagementReview ? "review" : "other",
            ["proposedAt"] = Day(held),
            ["department"] = decision.Department is { } department && organization.FindDepartment(department) is not null ? department : "",
            ["decision"] = "adopted",
            ["decidedBy"] = Person(meeting.Approval!.By),
            ["decidedAt"] = Day(OfficeTime.Of(organization.TimeZone).DateAt(meeting.Approval.At)),
            ["owner"] = Person(decision.Owner),
            ["dueDate"] = Day(decision.Due),
        };
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
