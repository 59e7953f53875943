namespace Azure.Data.Tables.Protocol;

/// <summary>Fetches a page: the continuation token (null for the first), the page size, and whether to wait without blocking.</summary>
internal delegate ValueTask<Page<T>> FetchPage<T>(string? continuationToken, int? pageSize, bool async)
    where T : notnull;

/// <summary>Pages fetched while they are enumerated.</summary>
internal sealed class AsyncPagedQuery<T>(FetchPage<T> fetch, int? pageSize, CancellationToken cancellation) : AsyncPageable<T>(cancellation)
    where T : notnull
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = await fetch(continuationToken, pageSizeHint ?? pageSize, async: true).ConfigureAwait(false);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(continuationToken));
    }
}

/// <summary>Pages fetched while they are enumerated, blocking.</summary>
internal sealed class PagedQuery<T>(FetchPage<T> fetch, int? pageSize, CancellationToken cancellation) : Pageable<T>(cancellation)
    where T : notnull
{
    public override IEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = fetch(continuationToken, pageSizeHint ?? pageSize, async: false).Result();
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(continuationToken));
    }
}
