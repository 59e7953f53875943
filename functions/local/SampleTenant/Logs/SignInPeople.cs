using SampleTenant.Directory;

namespace SampleTenant.Logs;

/// <summary>Decides who signs in: people who are there and at work, administrators more often, now and then somebody who has left.</summary>
internal sealed class SignInPeople(TenantModel model)
{
    private const int Attempts = 12;
    private long countedMinute = -1;
    private int count;

    public TenantUser Of(SignIn signIn)
    {
        if (signIn.IsOfDisabledAccount && model.LeaverIndex >= 0)
        {
            return model.User(model.LeaverIndex);
        }

        var bits = signIn.Part(7);
        var administrators = model.Roles.Administrators;
        var total = Count(signIn.Entry.Ticks);
        for (var attempt = 0; attempt < Attempts; attempt++, bits = Noise.Next(bits))
        {
            var index = signIn.IsAdministrator ? administrators[Noise.ToBelow(bits, administrators.Count)] : Noise.ToBelow(bits, total);
            var life = model.Directory.Lives.Of(index);
            if (life.IsEnabledAt(signIn.Entry.Ticks) && SignsIn(life.Kind, bits))
            {
                return model.User(index);
            }
        }

        return model.User(1);
    }

    public TenantApplication ProgramOf(SignIn signIn, DateTimeOffset when)
    {
        var programs = signIn.Kind == SignInKind.ManagedIdentity ? model.ManagedIdentities : model.Programs;
        for (var number = Noise.ToBelow(signIn.Part(7), programs.Count); number >= 0; number--)
        {
            if (programs[number].Created <= when)
            {
                return programs[number];
            }
        }

        return programs[0];
    }

    private static bool SignsIn(UserKind kind, ulong bits) => kind switch
    {
        UserKind.Stale or UserKind.BreakGlass or UserKind.Leaver => false,
        UserKind.Guest or UserKind.Shared => bits % 8 == 0,
        _ => true,
    };

    private int Count(long ticks)
    {
        var minute = ticks / TimeSpan.TicksPerMinute;
        if (minute != countedMinute)
        {
            countedMinute = minute;
            count = model.Directory.Lives.CountAt(ticks);
        }

        return count;
    }
}
