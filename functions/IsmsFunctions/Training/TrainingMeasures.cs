using Isms.Objectives;
using Isms.Text;
using Isms.Training;
using Isms.Year;
using IsmsFunctions.Objectives;
using IsmsFunctions.Organizations;

namespace IsmsFunctions.Training;

/// <summary>How many of those who had to attend did, and how many of those who took a test passed it.</summary>
public sealed class TrainingMeasures(TrainingStore trainings, OrganizationStore organizations) : IMeasureSource
{
    private const string Coverage = "training-coverage";
    private const string PassRate = "training-pass-rate";

    /// <inheritdoc/>
    public IReadOnlyList<Measure> Measures { get; } = [MeasureOf(Coverage), MeasureOf(PassRate)];

    /// <inheritdoc/>
    public async Task<MeasuredValue> MeasureAsync(string measure, MeasurePeriod period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var office = OfficeTime.Of((await organizations.GetAsync(cancellationToken)).TimeZone);
        var (counted, total, evidence) = (0, 0, new List<string>());
        await foreach (var stored in trainings.ListAfterAsync(period.FiscalYear, null, cancellationToken))
        {
            var campaign = stored.Value;
            if (!BelongsTo(campaign, period, office) || (measure == PassRate && campaign.PassMark is null))
            {
                continue;
            }

            var progress = campaign.Outcome ?? TrainingProgress.Of(await trainings.ParticipantsAsync(campaign.Id, cancellationToken), campaign.PassMark);
            counted += progress.Done;
            total += measure == PassRate ? progress.Attended : progress.Obliged;
            if (campaign.Outcome is not null)
            {
                evidence.Add(TrainingRecordActivities.EvidenceIdOf(campaign.Id, TrainingPapers.AttendanceRecord));
            }
        }

        return MeasuredValue.Share(counted, total, Texts.Get("training.nothing-to-measure"), evidence);
    }

    /// <summary>A campaign counts in the period in which it was due, or was closed if that came first; one that was called off does not count.</summary>
    private static bool BelongsTo(TrainingCampaign campaign, MeasurePeriod period, OfficeTime office)
    {
        var closed = campaign.End is { } end ? office.DateAt(end.At) : (DateOnly?)null;
        var day = closed < campaign.Due ? closed.Value : campaign.Due;
        return campaign.Stage is not (TrainingStage.Cancelled or TrainingStage.Planned) && day >= period.From && day <= period.Until;
    }

    private static Measure MeasureOf(string id) =>
        new(id, Texts.Get("training.measure." + id), LocalizedText.Same("%"), TargetDirection.AtLeast, ["7.2", "7.3"], ["6.3"]);
}
