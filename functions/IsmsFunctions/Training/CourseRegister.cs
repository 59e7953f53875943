using System.Globalization;
using Isms.Registers;
using Isms.Rules;
using Isms.Training;
using IsmsFunctions.Organizations;
using IsmsFunctions.Registers;
using Microsoft.Extensions.Logging;

namespace IsmsFunctions.Training;

/// <summary>The register of courses, as campaigns see it: they carry its courses out, and tell it how many attended.</summary>
public sealed partial class CourseRegister(
    RegisterStore registers, RegisterEditor editor, TrainingStore trainings, OrganizationStore organizations, ILogger<CourseRegister> logger)
{
    private const string System = "system";

    /// <summary>The courses.</summary>
    public async Task<IReadOnlyList<TrainingCourse>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await registers.ReadAsync(cancellationToken)).Entries(TrainingCourse.Register).Where(e => !e.IsDeleted).Select(TrainingCourse.Of)];

    /// <summary>A course.</summary>
    /// <exception cref="RefusedException">There is none of this id.</exception>
    public async Task<TrainingCourse> GetAsync(string id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(c => c.Id == id)
        ?? throw new RefusedException(Refusal.Of(RefusalKind.NotFound, "training-course-unknown", "course", id, id));

    /// <summary>
    /// Writes down what the campaigns of a course came to. A course may be carried out by several, such as that of newcomers; the sums are made anew each time, so that
    /// doing it twice changes nothing. A register that refuses does not keep a campaign from being closed.
    /// </summary>
    public async Task NoteAsync(TrainingCampaign campaign, TrainingProgress outcome, IReadOnlyList<string> evidence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(outcome);
        var book = await registers.ReadAsync(cancellationToken);
        if (campaign.Course is not { } course || book.Find(TrainingCourse.Register, course) is not { IsDeleted: false } entry
            || RegisterDefinitions.Of(await organizations.GetAsync(cancellationToken)).Find(TrainingCourse.Register) is not { } definition)
        {
            return;
        }

        var others = await trainings.ListAfterAsync(campaign.FiscalYear, null, cancellationToken)
            .Where(t => t.Value.Course == course && t.Id != campaign.Id).Select(t => t.Value.Outcome).OfType<TrainingProgress>().ToListAsync(cancellationToken);
        var all = others.Append(outcome).ToList();
        var values = definition.Fields.Where(f => !f.IsComputed && entry[f.Name].Length > 0).ToDictionary(f => f.Name, f => entry[f.Name], StringComparer.Ordinal);
        values["targetCount"] = Text(all.Sum(o => o.Obliged));
        values["attendedCount"] = Text(all.Sum(o => o.Attended));
        values["passedCount"] = campaign.PassMark is null ? "" : Text(all.Sum(o => o.Done));
        values["evidence"] = string.Join(RegisterRules.ListSeparator, RegisterRules.Items(entry["evidence"]).Concat(evidence).Distinct());
        var proposal = new ProposedChange(TrainingCourse.Register, course, RegisterChangeKind.Changed, values);
        try
        {
            await editor.ApplyAsync([proposal], new RegisterAuthor(System, RegisterChange.Rule, $"training {campaign.Id}"), permit: null, cancellationToken);
        }
        catch (RefusedException e)
        {
            NotNoted(logger, campaign.Id, course, e.Refusal.Code);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 3201, EventName = "TrainingOutcomeNotNoted", Level = LogLevel.Warning, Message = "The outcome of {Training} could not be noted in course {Course}: {Code}")]
    private static partial void NotNoted(ILogger logger, string training, string course, string code);
}
