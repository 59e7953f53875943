namespace Microsoft.Azure.Functions.Worker;

/// <summary>The direction of a binding.</summary>
public enum BindingDirection
{
    /// <summary>Data comes in.</summary>
    In,

    /// <summary>Data goes out.</summary>
    Out,
}
