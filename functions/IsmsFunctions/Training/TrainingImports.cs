using System.Security.Cryptography;
using Isms.Evidence;
using Isms.Organizations;
using Isms.Rules;
using Isms.Text;
using Isms.Training;
using Isms.Year;
using IsmsFunctions.Documents.Office.Reading;
using IsmsFunctions.Evidence;
using IsmsFunctions.Hosting.State;
using IsmsFunctions.Hosting.Workflows;
using IsmsFunctions.Organizations;
using IsmsFunctions.Registers.Files;
using Microsoft.DurableTask.Client;

namespace IsmsFunctions.Training;

/// <summary>
/// Puts files of attendance on record. A file is known by its bytes: importing it again, or importing it while others are imported, comes to the same. The file itself
/// becomes evidence of what was reported by whom.
/// </summary>
public sealed class TrainingImports(
    StateStore states, TrainingStore trainings, EvidenceStore evidence, WorkflowGate gate, OrganizationStore organizations)
{
    private const string Record = "training-import";
    private static readonly TableLimits Limits = new() { Bytes = 10 * 1024 * 1024, Rows = 20_000 };

    /// <summary>What importing the file would do.</summary>
    public async Task<(string Import, IReadOnlyList<ImportedRow> Rows)> PreviewAsync(
        string id, string? format, Stream body, CommandContext command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        using var file = await TableInput.TakeAsync(body, Limits, cancellationToken);
        var campaign = await RunningAsync(id, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        return (NameOf(file), await ReadAsync(campaign, format, file, command, organization, cancellationToken));
    }

    /// <summary>Imports the file: the rows that can be are put on record.</summary>
    public async Task<(string Import, IReadOnlyList<ImportedRow> Rows)> ApplyAsync(
        string id, string? format, Stream body, CommandContext command, DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        using var file = await TableInput.TakeAsync(body, Limits, cancellationToken);
        var campaign = await RunningAsync(id, cancellationToken);
        var organization = await organizations.GetAsync(cancellationToken);
        var rows = await ReadAsync(campaign, format, file, command, organization, cancellationToken);
        var import = NameOf(file);
        var taken = rows.Where(r => r.Verdict == ImportVerdict.Taken).GroupBy(r => r.Participant!.Id, r => r.Attendance!).ToList();
        if (taken.Count == 0)
        {
            return (import, rows);
        }

        await RecordAsync(campaign, import, format!, file, command, cancellationToken);
        await TrainingStore.EachAsync(
            taken,
            reported => trainings.ChangeAsync(
                id, reported.Key,
                p => reported.Aggregate(p, (known, a) => ParticipantRules.Attended(known, new AttendanceEntry(a, command.Actor.PersonId, command.At, import))),
                cancellationToken),
            cancellationToken);
        await NoteAsync(id, client, cancellationToken);
        return (import, rows);
    }

    /// <summary>Has the campaign's workflow look at its participants. Attendance that came while the campaign was being closed is refused: its record is written.</summary>
    public async Task NoteAsync(string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var stored = await states.UpdateAsync<TrainingCampaign>(
            TrainingStore.Kind, id, c => c.Stage == TrainingStage.Running ? TrainingRules.ParticipantsChanged(c) : c, wakes: true, cancellationToken: cancellationToken);
        if (TrainingRules.CommandIsPossible(stored.Value, TrainingRules.Mark) is { } refusal)
        {
            throw new RefusedException(refusal);
        }

        await gate.WakeAsync(client, id);
    }

    private async Task<TrainingCampaign> RunningAsync(string id, CancellationToken cancellationToken)
    {
        var campaign = (await trainings.GetAsync(id, cancellationToken)).Value;
        return TrainingRules.CommandIsPossible(campaign, TrainingRules.Import) is { } refusal ? throw new RefusedException(refusal) : campaign;
    }

    private async Task<IReadOnlyList<ImportedRow>> ReadAsync(
        TrainingCampaign campaign, string? format, MemoryStream file, CommandContext command, Organization organization, CancellationToken cancellationToken)
    {
        var table = await TableFiles.Get(format).ReadAsync(file, AttendanceTable.Definition, Limits, cancellationToken);
        FiscalYear.TryParse(campaign.FiscalYear, organization.FiscalYearStartMonth, out var year);
        var access = TrainingAccess.Of(command.Actor, organization);
        var terms = new ImportTerms(campaign, OfficeTime.Of(organization.TimeZone).DateAt(command.At), year!.Start, access.MayMark);
        return AttendanceImport.Read(table, await trainings.ParticipantsAsync(campaign.Id, cancellationToken), terms);
    }

    private Task<EvidenceManifest> RecordAsync(
        TrainingCampaign campaign, string import, string format, MemoryStream file, CommandContext command, CancellationToken cancellationToken)
    {
        var name = $"{import}.{format}";
        var title = Texts.Get("training.import-title", campaign.Title);
        var draft = new EvidenceDraft
        {
            Id = EvidenceIds.OfStep(campaign.Id, import),
            FiscalYear = campaign.FiscalYear,
            Type = EvidenceType.Training,
            Title = title,
            Clauses = ["7.2", "7.3"],
            Controls = ["6.3"],
            Period = new Period(command.At, command.At),
            Subject = campaign.Subject,
            Record = Record,
            Source = new EvidenceSource { Upload = new UploadSource(command.Actor.PersonId, name) },
            CreatedBy = command.Actor.PersonId,
        };
        return evidence.RecordAsync(draft, [new EvidenceContent(name, TableFiles.Get(format).MediaType, file.ToArray())], cancellationToken);
    }

    private static string NameOf(MemoryStream file) => "import-" + Convert.ToHexStringLower(SHA256.HashData(file.ToArray()))[..16];
}
