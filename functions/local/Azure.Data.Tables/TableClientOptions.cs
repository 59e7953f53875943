using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>How a client talks to the service.</summary>
public class TableClientOptions : ClientOptions
{
    /// <summary>Creates the default options for a version of the service.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06)
    {
        VersionString = serviceVersion switch
        {
            ServiceVersion.V2019_02_02 => "2019-02-02",
            ServiceVersion.V2020_12_06 => "2020-12-06",
            _ => throw new ArgumentOutOfRangeException(nameof(serviceVersion)),
        };
        foreach (var header in (string[])["x-ms-request-id", "DataServiceVersion"])
            Diagnostics.LoggedHeaderNames.Add(header);
    }

    internal string VersionString { get; }

    /// <summary>The versions of the service.</summary>
    public enum ServiceVersion
    {
        /// <summary>2019-02-02.</summary>
        V2019_02_02 = 1,

        /// <summary>2020-12-06, the first with Microsoft Entra authorization.</summary>
        V2020_12_06 = 2,
    }
}
