using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the parameter of a function that answers HTTP requests.</summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Any method, with a key of the function.</summary>
    public HttpTriggerAttribute()
    {
        AuthLevel = AuthorizationLevel.Function;
    }

    /// <summary>The given methods. As in the original, this leaves <see cref="AuthLevel"/> at its first value, anonymous.</summary>
    /// <param name="methods">The methods.</param>
    public HttpTriggerAttribute(params string[] methods)
    {
        Methods = methods;
    }

    /// <summary>Any method.</summary>
    /// <param name="authLevel">Which key a request must bring.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel)
    {
        AuthLevel = authLevel;
    }

    /// <summary>The given methods.</summary>
    /// <param name="authLevel">Which key a request must bring.</param>
    /// <param name="methods">The methods.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route below the app's prefix, with parameters as in ASP.NET Core; the function's name where it is not set.</summary>
    public string? Route { get; set; }

    /// <summary>The methods answered; null for any.</summary>
    public string[]? Methods { get; private set; }

    /// <summary>Which key a request must bring.</summary>
    public AuthorizationLevel AuthLevel { get; private set; }
}
