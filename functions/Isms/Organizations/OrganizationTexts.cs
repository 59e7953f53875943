using Isms.Text;

namespace Isms.Organizations;

/// <summary>How the organisation is spoken of.</summary>
public static class OrganizationTexts
{
    /// <summary>A role's name, such as ISMS管理責任者.</summary>
    public static LocalizedText NameOf(Role role) => Texts.Get("role-name." + role);
}
