namespace SampleTenant.Directory;

/// <summary>What a random number is for; two topics never share their numbers.</summary>
internal static class Topic
{
    public const ulong UserId = 1;
    public const ulong UserKind = 2;
    public const ulong Department = 3;
    public const ulong Hired = 4;
    public const ulong Left = 5;
    public const ulong Person = 6;
    public const ulong Activity = 7;
    public const ulong Registration = 8;
    public const ulong GroupId = 20;
    public const ulong GroupMember = 21;
    public const ulong GroupFacts = 22;
    public const ulong ServicePrincipalId = 30;
    public const ulong ApplicationId = 31;
    public const ulong AppFacts = 32;
    public const ulong Credential = 33;
    public const ulong Grant = 34;
    public const ulong AppRole = 35;
    public const ulong RoleAssignment = 40;
    public const ulong RoleSchedule = 41;
    public const ulong SignIn = 50;
    public const ulong SignInRow = 51;
    public const ulong SignInUser = 52;
    public const ulong SignInTime = 53;
    public const ulong Audit = 60;
    public const ulong AuditRow = 61;
    public const ulong Policy = 70;
    public const ulong Device = 80;
    public const ulong Risk = 81;
    public const ulong Alert = 82;
    public const ulong Score = 83;
    public const ulong Simulation = 84;
    public const ulong Review = 85;
    public const ulong Tenant = 90;
    public const ulong Request = 91;
    public const ulong Fault = 92;
}
