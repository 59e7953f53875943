using System.Globalization;
using Isms.Documents;
using Isms.Organizations;
using Isms.Registers;
using Isms.Text;
using Isms.Year;

namespace Isms.Objectives;

/// <summary>The sheet on the controls' effectiveness (管理策有効性測定表; clause 9.1).</summary>
public static class EffectivenessSheet
{
    private const int MostEvidence = 3;

    /// <summary>The document.</summary>
    public static PrintedDocument Write(EffectivenessReview review, IReadOnlyList<ControlEffectiveness> controls, Organization organization)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(controls);
        ArgumentNullException.ThrowIfNull(organization);
        var on = OfficeTime.Of(organization.TimeZone).DateAt(review.RecordedAt ?? throw new ArgumentException("It is not to be recorded.", nameof(review)));
        var by = organization.FindPerson(review.RecordedBy!)?.Name ?? LocalizedText.Same(review.RecordedBy!);
        var judgements = controls.Select(c => review.Of(c).Judgement).ToList();
        return new PrintedDocument
        {
            Title = Texts.Get("effectiveness.title", review.FiscalYear),
            Organization = organization.Name,
            Number = review.Id,
            Version = review.Round.ToString(CultureInfo.InvariantCulture),
            Date = on,
            IsLandscape = true,
            IsTabular = true,
            Approvals = [new Approval(Texts.Get("document.prepared"), by, on), new Approval(Texts.Get("document.approved"), null, null)],
            Blocks =
            [
                new Paragraph(Texts.Get("effectiveness.figures", controls.Count, Count(ControlJudgement.Effective), Count(ControlJudgement.Partly), Count(ControlJudgement.NotShown))),
                new Table(
                    [
                        new(Texts.Get("effectiveness.control"), 20), new(Texts.Get("effectiveness.implementation"), 10), new(Texts.Get("effectiveness.evidence"), 28),
                        new(Texts.Get("effectiveness.measured"), 16), new(Texts.Get("effectiveness.doubts"), 13), new(Texts.Get("effectiveness.judgement")),
                    ],
                    [.. controls.Select(c => Row(review, c, organization))]),
            ],
        };

        int Count(ControlJudgement judgement) => judgements.Count(j => j == judgement);
    }

    private static IReadOnlyList<LocalizedText> Row(EffectivenessReview review, ControlEffectiveness control, Organization organization)
    {
        var (judgement, by) = review.Of(control);
        return
        [
            new LocalizedText($"{control.Row.Control.Id} {control.Row.Control.Title.Ja}", $"{control.Row.Control.Id} {control.Row.Control.Title.En}"),
            StatementTexts.TitleOf(control.Row.Decision.Implementation),
            Evidence(control, organization),
            Lines(
            [
                .. control.Figures.Where(f => f.Value.Value is not null).Select(f => Texts.Get("effectiveness.figure", f.Measure.Title, KpiTexts.Number(f.Value.Value), f.Measure.Unit)),
                .. control.Objectives.Select(o => Texts.Get("effectiveness.objective", o.Objective.Id, KpiTexts.NameOf(o.Achievement))),
            ]),
            Lines([.. control.Doubts.Select(EffectivenessReview.NameOf), .. control.OpenActions.Select(a => LocalizedText.Same(a.Id))]),
            by?.Reason is { Length: > 0 } reason
                ? Texts.Get("effectiveness.judged", EffectivenessReview.NameOf(judgement), EffectivenessReview.NameOf(control.Proposed), reason)
                : EffectivenessReview.NameOf(judgement),
        ];
    }

    private static LocalizedText Evidence(ControlEffectiveness control, Organization organization)
    {
        var office = OfficeTime.Of(organization.TimeZone);
        var newest = control.Row.Evidence.Take(MostEvidence).Select(e => Texts.Get("effectiveness.item", e.Id, office.DateAt(e.CreatedAt)));
        return Lines([.. newest, .. control.Row.Evidence.Count > MostEvidence ? [Texts.Get("effectiveness.more", control.Row.Evidence.Count - MostEvidence)] : Array.Empty<LocalizedText>()]);
    }

    private static LocalizedText Lines(IReadOnlyList<LocalizedText> lines) =>
        lines.Count == 0 ? LocalizedText.Same("–") : new LocalizedText(string.Join('\n', lines.Select(l => l.Ja)), string.Join('\n', lines.Select(l => l.En)));
}
