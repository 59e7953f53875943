namespace SampleTenant.Directory;

/// <summary>A department of the sample organisation.</summary>
/// <param name="Number">Its position in <see cref="TenantDirectory.Departments"/>.</param>
/// <param name="Code">A short name for addresses, such as <c>sales</c>.</param>
/// <param name="Ja">Its Japanese name.</param>
/// <param name="En">Its English name.</param>
/// <param name="Weight">How many of a hundred people work there.</param>
public sealed record Department(int Number, string Code, string Ja, string En, int Weight)
{
    private static readonly Department[] Catalogue =
    [
        new(0, "admin", "管理部", "Administration", 8),
        new(1, "it", "情報システム部", "IT", 6),
        new(2, "sales", "営業部", "Sales", 28),
        new(3, "engineering", "開発部", "Engineering", 30),
        new(4, "hr", "人事部", "HR", 5),
        new(5, "planning", "経営企画部", "Corporate Planning", 4),
        new(6, "manufacturing", "製造部", "Manufacturing", 13),
        new(7, "quality", "品質保証部", "Quality Assurance", 6),
    ];

    /// <summary>A handful of people need no eight departments.</summary>
    internal static IReadOnlyList<Department> For(int users) => Catalogue[..(users < 12 ? 3 : users < 100 ? 6 : 8)];
}
