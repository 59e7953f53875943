using System.Text.Json;

namespace Isms.Monitoring;

/// <summary>What the analysis needs of a sign-in (Graph resource <c>signIn</c>); everything else stays in the raw row.</summary>
public record struct SignInRow
{
    /// <summary>When; the default for a row without a readable time.</summary>
    public DateTimeOffset Created { get; set; }

    /// <summary>The user's or service principal's object id.</summary>
    public string AccountId { get; set; }

    /// <summary>The user principal name, or the service principal's name.</summary>
    public string AccountName { get; set; }

    /// <summary>The application signed in to.</summary>
    public string App { get; set; }

    /// <summary>The kind of client, such as <c>Browser</c> or <c>IMAP4</c>.</summary>
    public string Client { get; set; }

    /// <summary>ISO 3166-1 alpha-2 code of where from.</summary>
    public string Country { get; set; }

    /// <summary>0 for success.</summary>
    public int ErrorCode { get; set; }

    /// <summary>Risk as Entra ID Protection sees it: <c>none</c>, <c>low</c>, <c>medium</c>, <c>high</c>, <c>hidden</c>.</summary>
    public string Risk { get; set; }

    /// <summary>Reads a row.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static SignInRow Read(ReadOnlySpan<byte> json)
    {
        var row = new SignInRow { AccountId = "", AccountName = "", App = "", Client = "", Country = "", Risk = "" };
        string? servicePrincipalId = null, servicePrincipalName = null;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("createdDateTime"u8))
            {
                reader.Read();
                row.Created = reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time : default;
            }
            else if (reader.ValueTextEquals("userId"u8))
            {
                row.AccountId = Text(ref reader);
            }
            else if (reader.ValueTextEquals("userPrincipalName"u8))
            {
                row.AccountName = Text(ref reader);
            }
            else if (reader.ValueTextEquals("servicePrincipalId"u8))
            {
                servicePrincipalId = Text(ref reader);
            }
            else if (reader.ValueTextEquals("servicePrincipalName"u8))
            {
                servicePrincipalName = Text(ref reader);
            }
            else if (reader.ValueTextEquals("appDisplayName"u8))
            {
                row.App = Text(ref reader);
            }
            else if (reader.ValueTextEquals("clientAppUsed"u8))
            {
                row.Client = Text(ref reader);
            }
            else if (reader.ValueTextEquals("riskLevelDuringSignIn"u8))
            {
                row.Risk = Text(ref reader);
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                reader.Read();
                row.ErrorCode = reader.TokenType == JsonTokenType.StartObject ? ErrorCodeIn(ref reader) : 0;
            }
            else if (reader.ValueTextEquals("location"u8))
            {
                reader.Read();
                row.Country = reader.TokenType == JsonTokenType.StartObject ? CountryIn(ref reader) : "";
            }
            else
            {
                reader.Skip();
            }
        }

        if (row.AccountId.Length == 0)
        {
            row.AccountId = servicePrincipalId ?? "";
            row.AccountName = servicePrincipalName ?? "";
        }

        return row;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString()!;
        }

        reader.Skip();
        return "";
    }

    private static int ErrorCodeIn(ref Utf8JsonReader reader)
    {
        var code = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCode = reader.ValueTextEquals("errorCode"u8);
            reader.Read();
            if (isCode && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value))
            {
                code = value;
            }

            reader.Skip();
        }

        return code;
    }

    private static string CountryIn(ref Utf8JsonReader reader)
    {
        var country = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCountry = reader.ValueTextEquals("countryOrRegion"u8);
            reader.Read();
            if (isCountry && reader.TokenType == JsonTokenType.String)
            {
                country = reader.GetString()!;
            }

            reader.Skip();
        }

        return country;
    }
}
