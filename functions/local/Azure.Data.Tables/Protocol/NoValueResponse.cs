using System.Globalization;

namespace Azure.Data.Tables.Protocol;

/// <summary>The answer to a conditional read that found nothing.</summary>
internal sealed class NoValueResponse<T>(Response response) : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T? Value => throw new InvalidOperationException(
        string.Create(CultureInfo.InvariantCulture, $"Status: {response.Status}, Service returned no content"));

    public override Response GetRawResponse() => response;
}
