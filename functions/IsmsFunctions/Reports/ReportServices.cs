using Microsoft.Extensions.DependencyInjection;

namespace IsmsFunctions.Reports;

/// <summary>Registers reports.</summary>
public static class ReportServices
{
    /// <summary>Adds the monthly report; capabilities add their figures as <see cref="IReportSource"/>.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<ManagementReports>()
        .AddSingleton<ReportRounds>();
}
