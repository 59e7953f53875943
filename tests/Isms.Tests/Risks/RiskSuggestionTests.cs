using System.Globalization;
using Isms.Audits;
using Isms.Catalogues;
using Isms.CorrectiveActions;
using Isms.Registers;
using Isms.Risks;
using Isms.Rules;
using Isms.Text;

namespace Isms.Tests.Risks;

public sealed class RiskSuggestionTests
{
    private static readonly DateTimeOffset At = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_control_has_a_pattern_of_its_own()
    {
        var covered = RiskPatterns.All.Where(p => p.OfControls).SelectMany(p => p.Controls).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Standard.Controls.Select(c => c.Id).Except(covered));
        Assert.All(RiskPatterns.All.SelectMany(p => p.Controls), c => Assert.NotNull(Standard.FindControl(c)));
    }

    [Fact]
    public void Patterns_have_ids_of_their_own_and_exceptions_that_monitoring_knows()
    {
        Assert.Equal(RiskPatterns.All.Count, RiskPatterns.All.DistinctBy(p => p.Id).Count());
        var codes = RiskPatterns.All.SelectMany(p => p.Exceptions).ToArray();
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.All(codes, c => Assert.Contains("finding." + c, Texts.Keys));
        Assert.All(RiskPatterns.All, p => Assert.InRange(p.Likelihood, 1, 5));
    }

    [Fact]
    public void Only_what_is_looked_at_without_being_wrong_is_no_risk_in_itself() =>
        Assert.Equal(
            [
                "administrator-sign-in", "application-access-changed", "credential-ending", "credential-expired", "disabled-account-with-licence", "licences-ending",
                "licences-exceeded", "policy-changed", "privilege-changed",
            ],
            Texts.Keys.Where(k => k.StartsWith("finding.", StringComparison.Ordinal)).Select(k => k["finding.".Length..])
                .Where(c => RiskPatterns.OfException(c) is null).Order(StringComparer.Ordinal));

    [Fact]
    public void Nonconformities_and_observations_of_an_audit_suggest_risks_and_opportunities_do_not()
    {
        var audit = Audit(Finding("f-01", AnswerResult.MajorNonconformity), Finding("f-02", AnswerResult.Observation), Finding("f-03", AnswerResult.Opportunity));
        Assert.Equal(["audit-FY2026-01.f-01", "audit-FY2026-01.f-02"], RiskSource.Of(audit).Select(s => s.Key));
    }

    [Fact]
    public void A_finding_brings_its_department_control_and_evidence_into_the_suggestion()
    {
        var suggestion = RiskSuggestions.Of(RiskSource.Of(Audit(Finding("f-01", AnswerResult.MajorNonconformity, "7.7"))).Single(), RiskMethod.Default);
        Assert.Equal(("unattended-screens", "sales", 4), (suggestion.Pattern, suggestion.Department, suggestion.Likelihood));
        Assert.Equal(["7.7"], suggestion.Controls);
        Assert.Equal(["e-1"], suggestion.Evidence);
        Assert.Equal(RiskSuggestionState.Open, suggestion.State);
    }

    [Fact]
    public void A_finding_on_a_clause_suggests_the_general_risk() =>
        Assert.Equal("rules-not-followed", RiskSuggestions.Of(RiskSource.Of(Audit(Finding("f-01", AnswerResult.MinorNonconformity))).Single(), RiskMethod.Default).Pattern);

    [Fact]
    public void The_corrective_action_of_a_finding_is_the_same_source_as_the_finding()
    {
        var ofFinding = RiskSource.Of(Audit(Finding("f-01", AnswerResult.MajorNonconformity))).Single();
        Assert.Equal(ofFinding.Key, RiskSource.Of(Action(new ActionSource(ActionOrigin.Audit, "audit-FY2026-01", "f-01"))).Key);
        Assert.Equal("action-FY2026-001", RiskSource.Of(Action(new ActionSource(ActionOrigin.Manual))).Key);
        Assert.Equal(RiskSourceKind.Incident, RiskSource.Of(Action(new ActionSource(ActionOrigin.Incident, "incident-1"))).Kind);
    }

    [Fact]
    public void A_kind_of_exception_is_suggested_once_a_year_however_often_it_is_seen()
    {
        var exceptions = new Dictionary<string, int> { ["legacy-protocol"] = 3, ["risky-sign-in"] = 0, ["administrator-sign-in"] = 9, ["failed-sign-ins"] = 1 };
        var monday = RiskSource.OfExceptions("sign-ins", "FY2026", "e-1", exceptions, At).ToArray();
        var tuesday = RiskSource.OfExceptions("sign-ins", "FY2026", "e-2", exceptions, At.AddDays(1)).ToArray();
        Assert.Equal(["sign-ins.failed-sign-ins.FY2026", "sign-ins.legacy-protocol.FY2026"], monday.Select(s => s.Key));
        Assert.Equal(monday.Select(s => s.Key), tuesday.Select(s => s.Key));
        var suggestion = RiskSuggestions.Of(monday[1], RiskMethod.Default);
        Assert.Equal(("legacy-authentication", "Legacy authentication was used (3)"), (suggestion.Pattern, suggestion.Noticed.En));
        Assert.Equal(["8.5", "8.20"], suggestion.Controls);
    }

    [Fact]
    public void A_suggested_likelihood_lies_on_the_organisations_scale()
    {
        foreach (var levels in Enumerable.Range(2, 9))
        {
            var method = RiskSamples.Product(levels, 3, 1);
            Assert.All(Enum.GetValues<Urgency>(), urgency => Assert.All(
                RiskPatterns.All,
                p => Assert.InRange(RiskSuggestions.Of(Source(p.Controls[0]) with { Urgency = urgency }, method).Likelihood, 1, levels)));
        }
    }

    [Fact]
    public void A_suggestion_is_decided_once()
    {
        var open = RiskSuggestions.Of(Source("8.7"), RiskMethod.Default);
        var adopted = RiskSuggestions.Adopted(open, "R-0001", "kobayashi", At);
        Assert.Equal((RiskSuggestionState.Adopted, "R-0001", "kobayashi", At), (adopted.State, adopted.Risk, adopted.DecidedBy, adopted.DecidedAt));
        Assert.Same(adopted, RiskSuggestions.Adopted(adopted, "R-0001", "kobayashi", At.AddDays(1)));
        Assert.Null(RiskSuggestions.SuggestionIsDecidedOnce(open));
        Assert.Equal("risk-suggestion-decided", RiskSuggestions.SuggestionIsDecidedOnce(adopted)!.Code);
        Assert.Equal("risk-suggestion-decided", RiskSuggestions.Dismiss(adopted, "no", "kobayashi", At).Refusal!.Code);
        var dismissed = RiskSuggestions.Dismiss(open, " known already ", "kobayashi", At).Value;
        Assert.Equal((RiskSuggestionState.Dismissed, "known already"), (dismissed.State, dismissed.Reason));
        Assert.Equal(RefusalKind.IllegalState, RiskSuggestions.SuggestionIsDecidedOnce(dismissed)!.Kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_dismissal_states_its_reason(string? reason) =>
        Assert.Equal("risk-suggestion-reason-missing", RiskSuggestions.Dismiss(RiskSuggestions.Of(Source("8.7"), RiskMethod.Default), reason, "kobayashi", At).Refusal!.Code);

    [Fact]
    public void A_suggestion_brings_valid_values_for_the_register_in_either_language()
    {
        var definition = RegisterCatalogue.Find("risks")!;
        foreach (var culture in new[] { "ja-JP", "en-US" }.Select(CultureInfo.GetCultureInfo))
        {
            foreach (var pattern in RiskPatterns.All)
            {
                var values = RiskSuggestions.ValuesOf(RiskSuggestions.Of(Source(pattern.Controls[0]) with { Exception = pattern.Exceptions is [var first, ..] ? first : null }, RiskMethod.Default), culture, new DateOnly(2026, 6, 1));
                Assert.All(values, v => Assert.Equal(v.Value, RegisterRules.Canonical(definition.Find(v.Key)!, v.Value, out _)));
                Assert.NotEmpty(values["name"]);
            }
        }
    }

    private static RiskSource Source(string control) =>
        new() { Kind = RiskSourceKind.Incident, Key = "incident-1", What = LocalizedText.Same("something"), Control = control, At = At };

    private static Finding Finding(string id, AnswerResult grade, string? control = null) => new()
    {
        Id = id, Question = "q-001", Grade = grade, Urgency = Findings.UsualUrgencyOf(grade), Department = "sales", Control = control,
        Clause = control is null ? "7.5" : null, Fact = "seen", Evidence = ["e-1"], Auditor = "kato",
    };

    private static Audit Audit(params Finding[] findings) => new()
    {
        Id = "audit-FY2026-01", FiscalYear = "FY2026", StageSince = At, RequestedBy = "x", RequestedAt = At, Findings = findings,
        Plan = new AuditPlan
        {
            Departments = [], Clauses = [], Controls = [], Objective = LocalizedText.Same(""), Criteria = LocalizedText.Same(""), From = default, To = default,
            LeadAuditor = "kato", Auditors = [], Assignments = [],
        },
    };

    private static CorrectiveAction Action(ActionSource source) => new()
    {
        Id = "action-FY2026-001", FiscalYear = "FY2026", StageSince = At, Source = source, Owner = "suzuki", RaisedBy = "x", RaisedAt = At,
        Nonconformity = new Nonconformity("sales", LocalizedText.Same("rule"), "seen", []),
    };
}
