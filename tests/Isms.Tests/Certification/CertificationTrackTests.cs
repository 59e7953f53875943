using Isms.Certification;
using Isms.Text;
using Isms.Year;
using static Isms.Tests.Dates;

namespace Isms.Tests.Certification;

public sealed class CertificationTrackTests
{
    private static readonly WorkingDays Days = new([]);
    private static readonly CertificationSettings Certified = new()
    {
        Body = new LocalizedText("認証機関", "Body"),
        CertificateNumber = "IS 1",
        IssuedOn = Day("2024-12-16"),
        ValidUntil = Day("2027-12-15"),
    };

    [Fact]
    public void A_certificate_has_two_surveillance_audits_and_a_renewal_and_then_the_next_cycle()
    {
        var track = Track(Certified, "2027-12-16");
        Assert.Equal(
            ["2024-surveillance-1", "2024-surveillance-2", "2024-renewal", "2027-surveillance-1", "2027-surveillance-2", "2027-renewal"], track.Audits.Select(a => a.Id));
        Assert.Equal(
            [("2025-11-14", "2025-12-16"), ("2026-11-16", "2026-12-16"), ("2027-09-15", "2027-10-15")],
            track.Audits.Take(3).Select(a => (a.From.ToString("O", null), a.LatestOn.ToString("O", null))));
        Assert.Equal("定期審査(第2回)", track.Find("2024-surveillance-2")!.Title.Ja);
        Assert.All(track.Audits, a => Assert.False(a.IsProvisional || a.IsTooLate));
    }

    [Fact]
    public void Milestones_come_in_order_on_working_days_with_the_longer_lead_times_for_renewals()
    {
        var track = Track(Certified);
        Assert.Equal(
            ["2026-09-17", "2026-10-02", "2026-10-16"], track.Find("2024-surveillance-2")!.Milestones.Select(m => m.DueOn.ToString("O", null)));
        Assert.Equal(Days.OnOrBefore(Day("2027-09-15").AddDays(-120)), track.Find("2024-renewal")!.Milestones[0].DueOn);
        Assert.Equal([MilestoneKind.Apply, MilestoneKind.Rehearse, MilestoneKind.Prepare], track.Audits[0].Milestones.Select(m => m.Kind));
    }

    [Fact]
    public void Dates_agreed_with_the_body_replace_the_proposal_and_move_the_milestones()
    {
        var agreed = Certified with { AgreedDates = [new AgreedDate("2024-surveillance-2", Day("2026-12-07"), Day("2026-12-08"))] };
        var audit = Track(agreed).Find("2024-surveillance-2")!;
        Assert.Equal((Day("2026-12-07"), Day("2026-12-08"), true), (audit.From, audit.To, audit.IsAgreed));
        Assert.Equal(Day("2026-10-08"), audit.Milestones[0].DueOn);
        var late = Track(agreed with { AgreedDates = [new AgreedDate("2024-surveillance-2", Day("2026-12-20"))] }).Find("2024-surveillance-2")!;
        Assert.True(late.IsTooLate);
    }

    [Fact]
    public void A_first_certification_goes_from_stage_1_to_stage_2_and_shows_the_cycle_as_provisional()
    {
        var track = Track(new CertificationSettings { Body = Certified.Body, Stage1On = Day("2026-09-01") });
        Assert.Equal(["first-stage-1", "first-stage-2"], track.Audits.Where(a => !a.IsProvisional).Select(a => a.Id));
        Assert.Equal(Day("2026-12-01"), track.Find("first-stage-2")!.From);
        Assert.InRange(track.Find("first-stage-2")!.LatestOn, Day("2027-02-25"), Day("2027-03-01"));
        Assert.Contains(track.Audits, a => a is { Kind: CertificationAuditKind.Surveillance, IsProvisional: true });
    }

    [Fact]
    public void Without_settings_or_dates_there_is_no_track()
    {
        Assert.Empty(Track(null).Audits);
        Assert.Empty(Track(new CertificationSettings { Body = Certified.Body }).Audits);
    }

    [Fact]
    public void A_certificate_of_29_February_keeps_every_audit_within_its_year()
    {
        var track = Track(Certified with { IssuedOn = Day("2024-02-29"), ValidUntil = null }, "2027-01-01");
        Assert.Equal(
            ["2025-02-28", "2026-02-27", "2026-12-29"], track.Audits.Take(3).Select(a => a.LatestOn.ToString("O", null))); // 2026-02-28 is a Saturday
        Assert.True(track.Find("2024-renewal")!.LatestOn < Day("2027-02-27"));
    }

    [Fact]
    public void Whatever_the_dates_the_rules_of_the_scheme_hold()
    {
        for (var issued = Day("2024-01-01"); issued <= Day("2028-12-31"); issued = issued.AddDays(11))
        {
            foreach (var interval in new[] { 6, 9, 12 })
            {
                var settings = Certified with { IssuedOn = issued, ValidUntil = null, SurveillanceMonths = interval };
                var end = CertificationTrack.UsualEndOf(issued);
                var cycle = Track(settings, "2024-01-01").Audits;
                Assert.True(cycle[0].LatestOn <= issued.AddMonths(12), $"first surveillance of {issued}");
                Assert.Equal(CertificationAuditKind.Renewal, cycle[^1].Kind);
                Assert.True(cycle[^1].To < end.AddDays(-59), $"renewal of {issued}");
                Assert.All(cycle, a =>
                {
                    Assert.True(a.EarliestOn <= a.From && a.From <= a.LatestOn, a.Id);
                    Assert.All([a.From, a.LatestOn, .. a.Milestones.Select(m => m.DueOn)], d => Assert.True(Days.Include(d), $"{a.Id}: {d}"));
                    Assert.True(a.Milestones.Zip(a.Milestones.Skip(1)).All(m => m.First.DueOn <= m.Second.DueOn), a.Id);
                });
                Assert.All(cycle.Zip(cycle.Skip(1)), pair => Assert.True(pair.Second.From <= pair.First.From.AddMonths(13), $"{issued}: {pair.First.Id}"));
            }
        }
    }

    [Fact]
    public void A_renewed_certificate_gives_its_audits_the_ids_that_the_old_one_foresaw()
    {
        var foreseen = Track(Certified, "2027-12-16").Audits.Skip(3).Select(a => a.Id);
        var renewed = Certified with { IssuedOn = Day("2027-11-10"), ValidFrom = Day("2027-12-16"), ValidUntil = Day("2030-12-15") };
        Assert.Equal(foreseen, Track(renewed).Audits.Take(3).Select(a => a.Id));
    }

    private static CertificationTrack Track(CertificationSettings? settings, string until = "2026-04-01") => CertificationTrack.Of(settings, Days, Day(until));
}
