using System.Globalization;
using System.Text;
using Isms.Registers;
using Isms.Rules;

namespace Isms.Training;

/// <summary>What becomes of a row.</summary>
public enum ImportVerdict
{
    /// <summary>It is put on record.</summary>
    Taken,

    /// <summary>It is on record already.</summary>
    Known,

    /// <summary>It cannot be put on record.</summary>
    Refused,
}

/// <summary>What becomes of a row, and why.</summary>
/// <param name="Row">The line of the file or row of the sheet.</param>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Participant">The participant it is about; null where that is not known.</param>
/// <param name="Attendance">What it reports; null where that cannot be read.</param>
/// <param name="Refusal">Why it cannot be put on record.</param>
public sealed record ImportedRow(int Row, ImportVerdict Verdict, Participant? Participant = null, Attendance? Attendance = null, Refusal? Refusal = null);

/// <summary>What may be imported.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Today">The local date.</param>
/// <param name="YearStart">The first day of the fiscal year.</param>
/// <param name="MayMark">Whether whoever imports may mark a participant.</param>
public sealed record ImportTerms(TrainingCampaign Campaign, DateOnly Today, DateOnly YearStart, Func<Participant, bool> MayMark);

/// <summary>Reads attendance out of a table, row by row: a row that is refused does not hold the others up.</summary>
public static class AttendanceImport
{
    /// <summary>What would become of each row.</summary>
    public static IReadOnlyList<ImportedRow> Read(TableText table, IReadOnlyCollection<Participant> participants, ImportTerms terms)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(participants);
        ArgumentNullException.ThrowIfNull(terms);
        var people = new People(participants);
        var columns = table.Columns.Select((name, index) => (name, index)).DistinctBy(c => c.name).ToDictionary(c => c.name, c => c.index, StringComparer.Ordinal);
        var seen = new HashSet<(string, Attendance)>();
        return [.. table.Rows.Select(row =>
        {
            var read = ReadRow(new Cells(row, columns), people, terms);
            return read.Verdict == ImportVerdict.Taken && !seen.Add((read.Participant!.Id, read.Attendance!)) ? read with { Verdict = ImportVerdict.Known } : read;
        })];
    }

    private static ImportedRow ReadRow(Cells cells, People people, ImportTerms terms)
    {
        var (mail, name, department) = (cells[AttendanceTable.Mail], cells[AttendanceTable.Name], cells[AttendanceTable.Department]);
        var (on, score, passed) = (cells[AttendanceTable.AttendedOn], cells[AttendanceTable.Score], cells[AttendanceTable.Passed]);
        if (cells.Error is { } error)
        {
            return Refused(cells.Row, new Refusal(RefusalKind.InvalidInput, error.Code, error.Title, error.Remedy, error.Field));
        }

        if (people.Find(mail, name, department, out var refusal) is not { } participant)
        {
            return Refused(cells.Row, refusal!);
        }

        if (!terms.MayMark(participant))
        {
            return Refused(cells.Row, Refusal.Of(RefusalKind.NotAllowed, "training-not-your-department"));
        }

        if (on.Length == 0)
        {
            return Refused(cells.Row, Refusal.Of(RefusalKind.InvalidInput, "training-day-missing", AttendanceTable.AttendedOn), participant);
        }

        var attendance = new Attendance(
            DateOnly.ParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            score.Length == 0 ? null : decimal.Parse(score, CultureInfo.InvariantCulture),
            passed.Length == 0 ? null : passed == "passed");
        return ParticipantRules.IsBelievable(attendance, terms.Campaign, terms.Today, terms.YearStart) is { } unbelievable
            ? Refused(cells.Row, unbelievable, participant)
            : new ImportedRow(
                cells.Row, participant.Attendances.Any(a => a.What == attendance) ? ImportVerdict.Known : ImportVerdict.Taken, participant, attendance);
    }

    private static ImportedRow Refused(int row, Refusal refusal, Participant? participant = null) =>
        new(row, ImportVerdict.Refused, participant, Refusal: refusal);

    /// <summary>The cells of a row in their canonical form; the first that has none is the row's error.</summary>
    private sealed class Cells(TableRow row, Dictionary<string, int> columns)
    {
        public int Row => row.Number;

        public FieldError? Error { get; private set; }

        public string this[string column]
        {
            get
            {
                if (!columns.TryGetValue(column, out var index) || index >= row.Cells.Count || string.IsNullOrWhiteSpace(row.Cells[index]))
                {
                    return "";
                }

                var value = RegisterRules.Canonical(AttendanceTable.Definition.Find(column)!, row.Cells[index], out var error);
                Error ??= error;
                return value;
            }
        }
    }

    /// <summary>Finds participants by what files call them.</summary>
    private sealed class People
    {
        private readonly ILookup<string, Participant> byAddress;
        private readonly ILookup<string, Participant> byName;

        public People(IReadOnlyCollection<Participant> participants)
        {
            byAddress = participants.SelectMany(p => new[] { p.Mail, p.PrincipalName }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Select(a => (a, p)))
                .ToLookup(p => p.a, p => p.p, StringComparer.OrdinalIgnoreCase);
            byName = participants.ToLookup(p => Plain(p.Name), StringComparer.OrdinalIgnoreCase);
        }

        public Participant? Find(string mail, string name, string department, out Refusal? refusal)
        {
            var field = mail.Length > 0 ? AttendanceTable.Mail : AttendanceTable.Name;
            var found = (mail.Length > 0 ? byAddress[mail] : byName[Plain(name)])
                .Where(p => mail.Length > 0 || department.Length == 0 || Plain(p.Department ?? "").Equals(Plain(department), StringComparison.OrdinalIgnoreCase))
                .ToList();

            // Who left may have a successor under the same address.
            found = found.Count > 1 && found.Count(p => p.LeftOn is null) == 1 ? [found.Single(p => p.LeftOn is null)] : found;
            refusal = mail.Length == 0 && name.Length == 0 ? Refusal.Of(RefusalKind.InvalidInput, "training-row-names-nobody", field)
                : found.Count == 0 ? Refusal.Of(RefusalKind.NotFound, "training-row-unknown", field)
                : found.Count > 1 ? Refusal.Of(RefusalKind.InvalidInput, "training-row-ambiguous", field, null, found.Count)
                : null;
            return refusal is null ? found[0] : null;
        }

        private static string Plain(string name)
        {
            try
            {
                return string.Concat(name.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));
            }
            catch (ArgumentException)
            {
                return name; // Half of a surrogate pair.
            }
        }
    }
}
