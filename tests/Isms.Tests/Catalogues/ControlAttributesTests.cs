using Isms.Catalogues;

namespace Isms.Tests.Catalogues;

public sealed class ControlAttributesTests
{
    [Fact]
    public void Every_control_has_a_value_of_every_attribute_and_none_twice() => Assert.All(Standard.Controls, c =>
    {
        Assert.True(c.Types.Count > 0 && c.Types.Distinct().Count() == c.Types.Count, c.Id);
        Assert.True(c.Properties.Count > 0 && c.Properties.Distinct().Count() == c.Properties.Count, c.Id);
        Assert.True(c.Concepts.Count > 0 && c.Concepts.Distinct().Count() == c.Concepts.Count, c.Id);
        Assert.True(c.Capabilities.Count > 0 && c.Capabilities.Distinct().Count() == c.Capabilities.Count, c.Id);
        Assert.True(c.Domains.Count > 0 && c.Domains.Distinct().Count() == c.Domains.Count, c.Id);
    });

    [Fact]
    public void Themes_follow_the_numbers()
    {
        Assert.Equal([37, 8, 14, 34], Enum.GetValues<ControlTheme>().Select(t => Standard.Controls.Count(c => c.Theme == t)));
        Assert.Equal(ControlTheme.Physical, Standard.FindControl("7.10")!.Theme);
    }

    [Fact]
    public void The_attributes_are_those_of_the_standard()
    {
        var backup = Standard.FindControl("8.13")!;
        Assert.Equal([ControlType.Corrective], backup.Types);
        Assert.Equal([InformationSecurityProperty.Integrity, InformationSecurityProperty.Availability], backup.Properties);
        Assert.Equal([CybersecurityConcept.Recover], backup.Concepts);
        Assert.Equal([OperationalCapability.Continuity], backup.Capabilities);
        Assert.Equal([SecurityDomain.Protection], backup.Domains);

        var threats = Standard.FindControl("5.7")!;
        Assert.Equal([ControlType.Preventive, ControlType.Detective, ControlType.Corrective], threats.Types);
        Assert.Equal([CybersecurityConcept.Identify, CybersecurityConcept.Detect, CybersecurityConcept.Respond], threats.Concepts);
        Assert.Equal([SecurityDomain.Defence, SecurityDomain.Resilience], threats.Domains);

        Assert.Equal(9, Standard.FindControl("5.37")!.Capabilities.Count);
        Assert.Equal([InformationSecurityProperty.Availability], Standard.FindControl("5.30")!.Properties);
    }

    [Theory]
    [InlineData(ControlType.Corrective, 14)]
    [InlineData(ControlType.Detective, 13)]
    [InlineData(ControlType.Preventive, 83)]
    public void So_many_controls_are_of_a_type(ControlType type, int count) => Assert.Equal(count, Standard.Controls.Count(c => c.Types.Contains(type)));

    [Fact]
    public void Every_value_is_called_something_in_both_languages()
    {
        Check(Enum.GetValues<ControlTheme>());
        Check(Enum.GetValues<ControlType>());
        Check(Enum.GetValues<InformationSecurityProperty>());
        Check(Enum.GetValues<CybersecurityConcept>());
        Check(Enum.GetValues<OperationalCapability>());
        Check(Enum.GetValues<SecurityDomain>());
        Assert.Equal("識別情報及びアクセスの管理", ControlAttributes.TitleOf(OperationalCapability.IdentityAndAccessManagement).Ja);

        static void Check<T>(T[] values)
            where T : struct, Enum => Assert.All(values, v => Assert.NotEmpty(ControlAttributes.TitleOf(v).En));
    }
}
