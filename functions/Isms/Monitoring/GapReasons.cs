namespace Isms.Monitoring;

/// <summary>Why a part of evidence is missing.</summary>
public static class GapReasons
{
    /// <summary>The service kept asking to wait for longer than the run may take.</summary>
    public const string ThrottledOut = "throttled-out";

    /// <summary>The tenant's licence does not include it.</summary>
    public const string NotLicensed = "not-licensed";

    /// <summary>The app lacks the permission, or has it but its token does not carry it yet.</summary>
    public const string PermissionPending = "permission-pending";

    /// <summary>This cloud does not have it, or the service no longer keeps it.</summary>
    public const string NotOffered = "not-offered";

    /// <summary>The service failed or contradicted itself.</summary>
    public const string ServiceError = "service-error";

    /// <summary>Whether asking again later can help. A missing permission can be granted; a licence is bought for the time to come.</summary>
    public static bool CanBeClosedLater(string reason) => reason is ThrottledOut or ServiceError or PermissionPending;
}
