namespace IsmsFunctions.Testing;

/// <summary>The repository that the tests lie in.</summary>
public static class Repository
{
    /// <summary>Its folder: the one with the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The settings of the organisation that samples, rehearsals and most tests begin with.</summary>
    public static string SampleOrganization { get; } = Path.Combine(Root, "scripts", "sample", "isms.json");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "IsmsFunctions.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No IsmsFunctions.sln above {AppContext.BaseDirectory}; the tests run from inside the repository.");
    }
}
