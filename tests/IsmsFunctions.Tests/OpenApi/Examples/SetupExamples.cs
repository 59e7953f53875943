using IsmsFunctions.Tests.Year;

namespace IsmsFunctions.Tests.OpenApi.Examples;

/// <summary>The first minutes of an installation: who works here, and the year begins.</summary>
internal static class SetupExamples
{
    public static async Task WalkAsync(ExampleWalk walk)
    {
        await walk.GetAsync("secretariat", "readiness");
        await walk.PutAsync("secretariat", "organization", YearPlay.Firm());
        await walk.GetAsync("secretariat", "organization");
        await walk.GetAsync("secretariat", "me");
        await walk.PostAsync("secretariat", "years/FY2026/start");
        await walk.GetAsync("secretariat", "years");
    }
}
