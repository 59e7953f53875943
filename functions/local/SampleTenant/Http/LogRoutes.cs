using SampleTenant.Logs;

namespace SampleTenant.Http;

/// <summary>Sign-ins and directory audits.</summary>
internal static class LogRoutes
{
    public static void Map(RouteTable routes, TenantModel model, SampleTenantOptions options)
    {
        routes.Get("auditLogs/signIns", (request, _) =>
        {
            var kinds = request.IsBeta ? SignInSource.KindsOf(request.Query.Filter) : [SignInKind.InteractiveUser];
            return new GraphAnswer.Collection(new SignInSource(model, kinds, Visibility(request, options), request.IsBeta)
            {
                Type = "microsoft.graph.signIn",
                Context = "auditLogs/signIns",
                DefaultPageSize = 1000,
                MaximalPageSize = 1000,
            });
        });
        routes.Get("auditLogs/directoryAudits", (request, _) => new GraphAnswer.Collection(new AuditSource(model, Visibility(request, options))
        {
            Type = "microsoft.graph.directoryAudit",
            Context = "auditLogs/directoryAudits",
            DefaultPageSize = 1000,
            MaximalPageSize = 1000,
        }));
    }

    private static LogVisibility Visibility(GraphRequest request, SampleTenantOptions options)
    {
        var late = request.Fault(FaultKind.LateRows);
        return new LogVisibility(
            TimeSpan.FromDays(options.RetentionDays),
            options.IngestionLag,
            late?.Fraction ?? 0,
            TimeSpan.FromSeconds(late?.DelaySeconds ?? 0));
    }
}
