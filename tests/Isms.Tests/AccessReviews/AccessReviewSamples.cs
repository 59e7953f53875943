using Isms.AccessReviews;
using Isms.Monitoring;
using Isms.Organizations;
using Isms.Year;

namespace Isms.Tests.AccessReviews;

internal static class AccessReviewSamples
{
    public static readonly DateTimeOffset At = new(2026, 4, 10, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 4, 10);

    public static readonly Organization Firm = new()
    {
        Name = new("株式会社見本", "Sample Inc."),
        Departments = [new("sales", new("営業部", "Sales"), "suzuki"), new("it", new("情報システム部", "IT"), "ito")],
        People =
        [
            Someone("sato", "it", Role.TopManagement), Someone("watanabe", "it", Role.IsmsManager), Someone("suzuki", "sales", Role.DepartmentLead),
            Someone("ito", "it", Role.SystemAdministrator, Role.DepartmentLead), Someone("nakamura", "sales", Role.Secretariat), Someone("kato", "sales", Role.InternalAuditor),
        ],
    };

    public static readonly ReviewedSnapshot Snapshot = new("access-rights.1", At, [], 0, false, "sheets", "folder");

    public static Person Someone(string id, string department, params Role[] roles) => new(id, new(id, id), id + "@example.co.jp", department, roles);

    public static Acting By(string person) => new(person, Firm.FindPerson(person)?.Roles ?? []);

    public static DirectoryHolder Account(string id, string? department = null, bool enabled = true, bool guest = false, DateTimeOffset? last = null) =>
        new(id, "氏名 " + id, id + "@example.co.jp", department, enabled, guest, last ?? At.AddDays(-1));

    public static Right Member(string holder, string group = "全社員", string type = "user") => new(RightKinds.GroupMembership, holder, "氏名 " + holder, type, group, group, "/");

    public static Right RoleOf(string holder, string role, string kind = RightKinds.ActiveRole, string type = "user") => new(kind, holder, "氏名 " + holder, type, role, role, "/");

    public static Right Permission(string application, string permission) => new(RightKinds.AppRole, application, application, "application", permission, permission, "Graph");

    public static DirectoryHolders Holders(params DirectoryHolder[] accounts)
    {
        var holders = new DirectoryHolders();
        foreach (var account in accounts)
        {
            holders.Add(account);
        }

        return holders;
    }

    public static IReadOnlyList<Assignment> Rows(string sheet, int count, params int[] flagged) =>
        [.. Enumerable.Range(1, count).Select(n => new Assignment(sheet, n, Member("u" + n)) { Flags = flagged.Contains(n) ? [AssignmentFlags.Stale] : [] })];

    public static ReviewSheet Sheet(string department, int rows = 3) => new("department-" + department, SheetKind.Department, rows, 0) { Department = department };

    /// <summary>A review whose two department sheets have three rows each.</summary>
    public static AccessReview Reviewing() => AccessReviewRules.SheetsAreGivenOut(
        AccessReviewRules.IsStarted("access-review-FY2026-01", "FY2026", Today.AddDays(21), "nakamura", At), Snapshot, [Sheet("sales"), Sheet("it")], At);

    public static AnswerBatch Batch(string id, int minutes, params AnswerEntry[] entries) => new(id, "suzuki", At.AddMinutes(minutes), null, entries);

    public static AccessReview Signed(AccessReview review, string department, string by, params AnswerEntry[] entries)
    {
        var rows = Rows("department-" + department, 3);
        return AccessReviewRules.SheetIsSignedOff(review, "department-" + department, rows, [Batch("b", 1, entries)], By(by), At, Firm, Today).Value;
    }

    public static AccessReview Confirming()
    {
        var keep = new AnswerEntry([1, 2, 3], ReviewDecision.Keep);
        return Signed(Signed(Reviewing(), "sales", "suzuki", keep), "it", "ito", keep);
    }

    public static AccessReview FollowingUp(params Right[] revoked)
    {
        var answer = new StandingAnswer(ReviewDecision.Revoke, null, null, "suzuki", At, null, false);
        return AccessReviewRules.IsClosed(
            Confirming(), [.. revoked.Select((r, i) => (new Assignment("department-sales", i + 1, r), answer))], null, "watanabe", At, Today).Value;
    }
}
