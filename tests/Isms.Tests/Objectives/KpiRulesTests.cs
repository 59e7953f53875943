using System.Text.Encodings.Web;
using System.Text.Json;
using Isms.Objectives;
using Isms.Year;

namespace Isms.Tests.Objectives;

public sealed class KpiRulesTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void The_systems_value_counts_where_the_objective_names_a_measure()
    {
        var line = Assert.Single(KpiPlay.Measured(KpiPlay.Reading(KpiPlay.Percent("O-0001", "m"), 96)).Lines);
        Assert.Equal((96m, 96m, Achievement.Met, false), (line.Value, line.Written, line.Achievement, line.IsOverridden));
        Assert.Equal(["e-1"], line.Evidence);
    }

    [Fact]
    public void A_value_that_somebody_typed_into_the_register_stays_beside_the_systems()
    {
        var measured = KpiPlay.Measured(KpiPlay.Reading(KpiPlay.Percent("O-0001", "m"), 96, typed: 88, by: "ito"));
        var line = Assert.Single(measured.Lines);
        Assert.Equal((88m, 96m, true), (line.Value, line.System!.Value, line.IsOverridden));
        Assert.Equal((true, null), (line.Entries[0].InRegister, line.Entries[0].Reason));

        var again = KpiRules.IsMeasured(measured, [KpiPlay.Reading(KpiPlay.Percent("O-0001", "m"), 97, typed: 88, by: "ito")], "system", KpiPlay.Now);
        Assert.Single(Assert.Single(again.Lines).Entries);
    }

    [Fact]
    public void What_the_app_wrote_into_the_register_itself_is_replaced_by_a_newer_measurement()
    {
        var objective = KpiPlay.Percent("O-0001", "m");
        var first = KpiPlay.Measured(KpiPlay.Reading(objective, 90));
        var second = KpiRules.IsMeasured(first, [KpiPlay.Reading(objective, 96, typed: 90, by: "system")], "system", KpiPlay.Now);
        Assert.Equal(96, Assert.Single(second.Lines).Value);
        var edited = KpiRules.IsMeasured(second, [KpiPlay.Reading(objective, 97, typed: 96, by: "ito")], "system", KpiPlay.Now); // edited its notes, not the value
        Assert.Equal((97m, 0), (edited.Lines[0].Value, edited.Lines[0].Entries.Count));
    }

    [Fact]
    public void Replacing_what_the_system_measured_needs_a_reason_and_keeps_both()
    {
        var measured = KpiPlay.Measured(KpiPlay.Reading(KpiPlay.Percent("O-0001", "m"), 96));
        Assert.Equal("kpi-override-without-reason", KpiRules.ValueIsEntered(measured, "O-0001", KpiPlay.Entry(99)).Refusal!.Code);
        Assert.Equal("kpi-override-without-reason", KpiRules.ValueIsEntered(measured, "O-0001", KpiPlay.Entry(99, " ")).Refusal!.Code);
        var line = Assert.Single(KpiRules.ValueIsEntered(measured, "O-0001", KpiPlay.Entry(99, "集計漏れ")).Value.Lines);
        Assert.Equal((99m, 96m, 99m, true), (line.Value, line.System!.Value, line.Written, line.IsOverridden));
        Assert.Null(KpiRules.ValueIsEntered(measured, "O-0001", KpiPlay.Entry(96)).Refusal); // confirms it
    }

    [Fact]
    public void Where_the_system_had_nothing_to_measure_a_person_is_asked_without_giving_reasons()
    {
        var measured = KpiPlay.Measured(KpiPlay.Reading(KpiPlay.Percent("O-0001", "m")));
        Assert.Equal(["O-0001"], measured.Missing.Select(l => l.Objective.Id));
        Assert.True(KpiRules.ValueIsEntered(measured, "O-0001", KpiPlay.Entry(80)).Value.IsComplete);
    }

    [Fact]
    public void A_value_for_an_objective_that_is_not_due_is_refused() =>
        Assert.Equal("kpi-not-due", KpiRules.ValueIsEntered(KpiPlay.Measured(), "O-0009", KpiPlay.Entry(1)).Refusal!.Code);

    [Fact]
    public void A_yearly_objective_is_due_in_the_last_quarter_only()
    {
        var yearly = KpiPlay.Percent("O-0001") with { Frequency = MeasurementFrequency.Yearly };
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            var measured = KpiRules.IsMeasured(KpiPlay.Planned(quarter), [KpiPlay.Reading(yearly, quarter: quarter)], "system", KpiPlay.Now);
            Assert.Equal(quarter == 4 ? 1 : 0, measured.Lines.Count);
        }

        Assert.Equal(new DateOnly(2026, 4, 1), yearly.PeriodIn(KpiPlay.Quarter(4), KpiPlay.Now).From);
        Assert.Equal(new DateOnly(2027, 1, 1), KpiPlay.Percent("O-0002").PeriodIn(KpiPlay.Quarter(4), KpiPlay.Now).From);
    }

    [Fact]
    public void The_years_result_is_the_systems_unless_somebody_typed_one()
    {
        var objective = KpiPlay.Percent("O-0001", "m");
        var planned = KpiPlay.Planned(4);
        Assert.Equal(93, KpiRules.IsMeasured(planned, [KpiPlay.Reading(objective, 96, quarter: 4, ofYear: 93)], "system", KpiPlay.Now).Lines[0].WrittenOfYear);
        Assert.Null(KpiRules.IsMeasured(planned, [KpiPlay.Reading(objective, 96, quarter: 4, ofYear: 93, result: 80, by: "ito")], "system", KpiPlay.Now).Lines[0].WrittenOfYear);
    }

    [Fact]
    public void A_value_after_the_sheet_makes_a_corrected_sheet()
    {
        var recorded = Recorded(KpiPlay.Measured(KpiPlay.Reading(KpiPlay.Percent("O-0001"), typed: 90, by: "ito")));
        Assert.Equal((KpiStage.Recorded, 1, "e-sheet"), (recorded.Stage, recorded.Round, recorded.Evidence));
        var corrected = KpiRules.ValueIsEntered(recorded, "O-0001", KpiPlay.Entry(96)).Value;
        Assert.Equal((KpiStage.Recording, 2), (corrected.Stage, corrected.Round));
        Assert.Same(corrected, KpiRules.SheetIsRecorded(corrected, 1, "e-late", KpiPlay.Now)); // the first round's answer comes too late
    }

    [Fact]
    public void Entering_the_same_again_changes_nothing()
    {
        var entered = KpiRules.ValueIsEntered(KpiPlay.Measured(KpiPlay.Reading(KpiPlay.Percent("O-0001"))), "O-0001", KpiPlay.Entry(90)).Value;
        Assert.Same(entered, KpiRules.ValueIsEntered(entered, "O-0001", KpiPlay.Entry(90, at: KpiPlay.Now.AddDays(1))).Value);
    }

    [Fact]
    public void Measuring_again_after_the_sheet_corrects_it_only_when_a_value_differs()
    {
        var objective = KpiPlay.Percent("O-0001", "m");
        var recorded = Recorded(KpiPlay.Measured(KpiPlay.Reading(objective, 90)));
        Assert.Equal(KpiStage.Recorded, KpiRules.IsMeasured(recorded, [KpiPlay.Reading(objective, 90, typed: 90)], "system", KpiPlay.Now).Stage);
        Assert.Equal(KpiStage.Recording, KpiRules.IsMeasured(recorded, [KpiPlay.Reading(objective, 91, typed: 90)], "system", KpiPlay.Now).Stage);
    }

    [Fact]
    public void Recording_early_needs_a_reason_for_what_is_missing_and_names_it()
    {
        var measured = KpiRules.EnteringBegins(KpiPlay.Measured(KpiPlay.Reading(KpiPlay.Percent("O-0001")), KpiPlay.Reading(KpiPlay.Percent("O-0002", "m"), 90)), KpiPlay.Now);
        var refusal = KpiRules.RecordingIsOrdered(measured, "kobayashi", null, KpiPlay.Now).Refusal!;
        Assert.Equal(("kpi-values-missing", "O-0001"), (refusal.Code, Assert.Single(refusal.Missing)));
        var ordered = KpiRules.RecordingIsOrdered(measured, "kobayashi", "担当者が長期休暇", KpiPlay.Now).Value;
        Assert.Equal((KpiStage.Recording, "担当者が長期休暇"), (ordered.Stage, ordered.ReasonForMissing));
        Assert.Equal("kpi-sheet-on-record", KpiRules.RecordingIsOrdered(ordered, "kobayashi", "x", KpiPlay.Now).Refusal!.Code);
        Assert.Equal("kpi-nothing-to-record", KpiRules.RecordingIsOrdered(KpiPlay.Planned(), "kobayashi", "x", KpiPlay.Now).Refusal!.Code);
    }

    [Fact]
    public void A_quarter_without_objectives_leaves_no_sheet_until_there_are_some()
    {
        var empty = KpiRules.EnteringEnds(KpiRules.EnteringBegins(KpiPlay.Planned(), KpiPlay.Now), KpiPlay.Now);
        Assert.Equal((KpiStage.NothingToMeasure, 0, true), (empty.Stage, empty.Round, empty.Ended));
        Assert.Equal(KpiStage.Entering, KpiRules.IsMeasured(empty, [KpiPlay.Reading(KpiPlay.Percent("O-0001"))], "system", KpiPlay.Now).Stage);
    }

    [Fact]
    public void Each_owner_is_asked_once_for_what_is_missing_and_the_manager_for_what_is_nobodys()
    {
        var entering = KpiRules.EnteringBegins(
            KpiPlay.Measured(
                KpiPlay.Reading(KpiPlay.Percent("O-0001")), KpiPlay.Reading(KpiPlay.Percent("O-0002")), KpiPlay.Reading(KpiPlay.Percent("O-0003", owner: "mori")),
                KpiPlay.Reading(KpiPlay.Percent("O-0004", "m"), 90)),
            KpiPlay.Now);
        var letters = KpiLetters.OnEntering(entering, KpiPlay.Firm);
        Assert.Equal(["ito", "watanabe"], letters.Select(l => l.Recipient).Order());
        var body = letters.Single(l => l.Recipient == "ito").Body.Ja;
        Assert.Contains("O-0001", body, StringComparison.Ordinal);
        Assert.Contains("O-0002", body, StringComparison.Ordinal);
        Assert.DoesNotContain("O-0004", body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sheet_names_what_is_missing_what_was_overridden_and_the_evidence()
    {
        var measured = KpiPlay.Measured(KpiPlay.Reading(KpiPlay.Percent("O-0001", "m")), KpiPlay.Reading(KpiPlay.Percent("O-0002", "m"), 90));
        measured = KpiRules.ValueIsEntered(measured, "O-0002", KpiPlay.Entry(97, "集計漏れがあったため")).Value;
        var sheet = new KpiSheet(measured with { Round = 1 }, [], [], KpiPlay.Firm).Write(new DateOnly(2026, 6, 30));
        var text = JsonSerializer.Serialize(sheet.Blocks.Cast<object>(), Readable);
        Assert.Contains("O-0001 教育の受講率: なし", text, StringComparison.Ordinal);
        Assert.Contains("自動測定値 90 % に代えて 97 % を採用(伊藤、2026年6月16日)。理由: 集計漏れがあったため", text, StringComparison.Ordinal);
        Assert.Contains("対象2件: 達成1件、ほぼ達成0件、未達成0件、未測定1件", text, StringComparison.Ordinal);
    }

    private static KpiMeasurement Recorded(KpiMeasurement measured)
    {
        var recording = KpiRules.EnteringEnds(KpiRules.EnteringBegins(measured, KpiPlay.Now), KpiPlay.Now);
        return KpiRules.SheetIsRecorded(recording, recording.Round, "e-sheet", KpiPlay.Now);
    }
}
