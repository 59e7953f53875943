using Isms.Documents;
using Isms.Registers;
using Isms.Risks;
using static Isms.Tests.Risks.RiskSamples;

namespace Isms.Tests.Risks;

public sealed class RiskAssessmentTests
{
    private static readonly Risk Borne = Risk("R-0002", 3, 4).Accepted("watanabe") with { Treatment = RiskTreatment.Retain };

    [Fact]
    public void The_sheet_lists_method_map_risks_and_open_points()
    {
        var document = new RiskDocuments(Assess(Risk("R-0001", 5, 5), Borne), RiskSamples.Organization, "kobayashi").Sheet("risk-assessment-FY2026");
        Assert.Equal("リスクアセスメント表", document.Title.Ja);
        var tables = document.Blocks.OfType<Table>().ToArray();
        Assert.All(tables, t => Assert.All(t.Rows, row => Assert.Equal(t.Columns.Count, row.Count)));
        var (bands, initial, risks, points) = (tables[2], tables[3], tables[5], tables[6]);
        Assert.Equal(["0", "0", "1", "1"], bands.Rows.Select(r => r[2].En));
        Assert.Equal("1", initial.Rows[0][5].En); // likelihood 5 on top, impact 5 on the right
        Assert.Equal(["R-0001", "R-0002"], risks.Rows.Select(r => r[0].En));
        Assert.Equal("25 極めて高い", risks.Rows[0][6].Ja);
        Assert.Equal(["Treatment undecided"], points.Rows.Select(r => r[0].En));
    }

    [Fact]
    public void The_record_of_acceptance_lists_what_remains_above_the_line_and_who_bears_it()
    {
        var documents = new RiskDocuments(Assess(Borne, Risk("R-0003", 1, 1)), RiskSamples.Organization, "kobayashi");
        var row = Assert.Single(documents.Acceptances("x").Blocks.OfType<Table>().Last().Rows);
        Assert.Equal(("R-0002", "渡辺 恵", "2027年6月1日"), (row[0].Ja, row[4].Ja, row[6].Ja));
        Assert.Contains(new RiskDocuments(Assess(Risk("R-0003", 1, 1)), RiskSamples.Organization, "kobayashi").Acceptances("x").Blocks, b => b is Paragraph);
    }

    [Fact]
    public void Every_residual_risk_is_treated_or_accepted_before_that_is_recorded()
    {
        Assert.Null(Assess(Borne, Risk("R-0003", 1, 1)).EveryResidualRiskIsTreatedOrAccepted());
        var refusal = Assess(Borne, Risk("R-0001", 5, 5), Risk("R-0004")).EveryResidualRiskIsTreatedOrAccepted()!;
        Assert.Equal("risks-neither-treated-nor-accepted", refusal.Code);
        Assert.Equal(["R-0004: Not assessed", "R-0001: Treatment undecided"], refusal.Missing);
    }

    [Fact]
    public void An_assessment_needs_risks()
    {
        Assert.Null(Assess(Borne).AnAssessmentNeedsRisks());
        Assert.Equal("risk-assessment-empty", Assess().AnAssessmentNeedsRisks()!.Code);
    }

    [Theory]
    [InlineData("planned", false)]
    [InlineData("inProgress", false)]
    [InlineData("done", true)]
    [InlineData("cancelled", true)]
    public void A_treatment_is_read_from_its_register(string status, bool settled)
    {
        var values = new Dictionary<string, string> { ["name"] = "MFA", ["risks"] = "R-0001; R-0002", ["dueDate"] = "2026-06-30", ["status"] = status };
        Assert.Contains(RegisterCatalogue.Find("treatments")!.Find("status")!.Choices, c => c.Value == status);
        Assert.All(values.Keys, field => Assert.NotNull(RegisterCatalogue.Find("treatments")!.Find(field)));
        var treatment = PlannedTreatment.Of(new RegisterEntry { Id = "T-0001", Revision = 1, Values = values, ChangedAt = default, ChangedBy = "x" });
        Assert.Equal(("T-0001", "MFA", new DateOnly(2026, 6, 30), settled), (treatment.Id, treatment.Title, treatment.Due, treatment.IsSettled));
        Assert.Equal(["R-0001", "R-0002"], treatment.Risks);
    }

    private static RiskAssessment Assess(params Risk[] risks) => RiskAssessment.Of(Today, RiskMethod.Default, risks, [], 0);
}
