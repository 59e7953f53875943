namespace IsmsFunctions.Hosting.Http;

/// <summary>What accompanies a decision.</summary>
/// <param name="Comment">A remark.</param>
/// <param name="Reason">Why, where a reason is due.</param>
public sealed record Remark(string? Comment = null, string? Reason = null);
