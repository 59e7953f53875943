using Isms.Training;

namespace IsmsFunctions.Training;

/// <summary>What the directory answered.</summary>
/// <param name="Accounts">All accounts of members that are in use; empty where it did not answer in full.</param>
/// <param name="Problem">Why it did not answer in full, as in the gaps of evidence; null when it did.</param>
public sealed record DirectoryReading(IReadOnlyList<DirectoryAccount> Accounts, string? Problem = null);

/// <summary>Knows who works in the organisation.</summary>
public interface IStaffDirectory
{
    /// <summary>Reads it.</summary>
    /// <param name="timeZone">The organisation's time zone, in which a day of joining is meant.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    Task<DirectoryReading> ReadAsync(string timeZone, CancellationToken cancellationToken);
}

/// <summary>The settings under <c>Training__</c>.</summary>
public sealed class TrainingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Training";

    /// <summary>
    /// Who says who works in the organisation: <c>Directory</c> (Microsoft Graph, the default), or <c>Settings</c> for organisations that do not grant the permission to
    /// read users: then it is the people of the settings, and campaigns may name others one by one.
    /// </summary>
    public string Roster { get; set; } = "Directory";
}
