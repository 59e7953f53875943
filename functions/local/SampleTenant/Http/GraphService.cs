using SampleTenant.OData;

namespace SampleTenant.Http;

/// <summary>Answers Graph requests, whether they come by themselves or in a batch.</summary>
internal sealed class GraphService
{
    private readonly RouteTable routes = new();
    private readonly Throttle throttle;
    private readonly RequestLedger ledger;

    public GraphService(SampleTenantOptions options, TenantModel model, RequestLedger ledger)
    {
        this.ledger = ledger;
        throttle = new Throttle(options);

        // Before those with a placeholder: "delta" would pass for an id.
        DeltaRoutes.Map(routes, model);
        DirectoryRoutes.Map(routes, model);
        ApplicationRoutes.Map(routes, model);
        LogRoutes.Map(routes, model, options);
        PolicyRoutes.Map(routes, model);
        SecurityRoutes.Map(routes, model, options);
        MailRoutes.Map(routes, model, ledger);
    }

    public GraphResponse Answer(GraphRequest request)
    {
        GraphResponse response;
        try
        {
            if (request.Faults.Select(GraphErrors.Of).FirstOrDefault(error => error is not null) is { } fault)
            {
                throw fault;
            }

            request = WithQuery(request);
            throttle.Admit(request);
            response = Write(request, routes.Answer(request));
        }
        catch (GraphException error)
        {
            response = GraphErrors.Write(error, request.Now, request.RequestId, request.ClientRequestId);
        }

        ledger.Count($"/{request.Version}/{request.Path}", response.Status, response.Rows);
        return response;
    }

    private static GraphRequest WithQuery(GraphRequest request)
    {
        request = request with { Query = QueryOptions.Parse(request.QueryString) };
        return request.Query.SkipToken is { } token
            ? request with { Token = SkipToken.Decode(token, request.Listing) ?? throw GraphException.BadRequest("Invalid skip token.") }
            : request;
    }

    private static GraphResponse Write(GraphRequest request, GraphAnswer answer) => answer switch
    {
        GraphAnswer.Collection collection => PageWriter.Write(request, collection.Source),
        GraphAnswer.Entity entity => PageWriter.WriteEntity(request, entity.Source, entity.IsSingleton),
        GraphAnswer.Count count => PlainCount(PageWriter.Count(request, count.Source, request.RowContext())),
        _ => new GraphResponse(202),
    };

    private static GraphResponse PlainCount(long count)
    {
        var response = new GraphResponse(200) { ContentType = "text/plain" };
        response.Body.Add(System.Text.Encoding.ASCII.GetBytes(count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return response;
    }
}
