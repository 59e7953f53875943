namespace SampleTenant.Logs;

/// <summary>What sign-ins are made of: places, clients, outcomes.</summary>
internal static class SignInFacts
{
    public static readonly (string City, string State, string Country, double Latitude, double Longitude)[] Home =
    [
        ("Chiyoda-Ku", "Tokyo", "JP", 35.69402, 139.75358), ("Minato-Ku", "Tokyo", "JP", 35.65807, 139.75159), ("Yokohama-Shi", "Kanagawa", "JP", 35.44778, 139.6425),
        ("Osaka-Shi", "Osaka", "JP", 34.69374, 135.50218), ("Nagoya-Shi", "Aichi", "JP", 35.18147, 136.90641), ("Fukuoka-Shi", "Fukuoka", "JP", 33.6, 130.41667),
        ("Sapporo-Shi", "Hokkaido", "JP", 43.06667, 141.35), ("Sendai-Shi", "Miyagi", "JP", 38.26889, 140.87194),
    ];

    public static readonly (string City, string State, string Country, double Latitude, double Longitude)[] Abroad =
    [
        ("Singapore", "Central Singapore", "SG", 1.28967, 103.85007), ("Ho Chi Minh City", "Ho Chi Minh", "VN", 10.82302, 106.62965),
        ("Seattle", "Washington", "US", 47.60621, -122.33207), ("Frankfurt Am Main", "Hessen", "DE", 50.11552, 8.68417),
        ("Moscow", "Moskva", "RU", 55.75222, 37.61556), ("Lagos", "Lagos", "NG", 6.45407, 3.39467), ("Beijing", "Beijing Shi", "CN", 39.9075, 116.39723),
    ];

    public static readonly string[] LegacyClients =
        ["IMAP4", "Exchange ActiveSync", "Authenticated SMTP", "POP3", "Exchange Web Services", "Other clients"];

    public static readonly (int Code, string? Reason)[] Failures =
    [
        (50126, "Error validating credentials due to invalid username or password."),
        (50074, "Strong Authentication is required."),
        (50076, "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access this resource."),
        (50053, "The account is locked, you've tried to sign in too many times with an incorrect user ID or password."),
        (500121, "Authentication failed during strong authentication request."),
        (53003, "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance."),
        (50140, "This error occurred due to 'Keep me signed in' interrupt when the user was signing-in."),
        (50055, "The password is expired."),
    ];

    public static readonly (int Code, string? Reason) DisabledAccount = (50057, "The user account is disabled.");

    public static readonly (string System, string Browser)[] Devices =
    [
        ("Windows11", "Edge 138.0.0"), ("Windows10", "Edge 137.0.0"), ("Windows11", "Chrome 138.0.0"), ("MacOs", "Safari 18.4"),
        ("Ios 18.5", "Mobile Safari"), ("Android 15", "Chrome Mobile 138.0.0"), ("Windows10", "Rich Client 5.0.0.0"),
    ];
}
