using IsmsFunctions.Monitoring;
using IsmsFunctions.Monitoring.Graph;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Notifications;

/// <summary>Registers notifications.</summary>
public static class NotificationServices
{
    /// <summary>Adds the outbox, and the transports that the settings choose.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<NotificationOptions>().Bind(configuration.GetSection(NotificationOptions.Section));
        return services
            .AddSingleton<Outbox>()
            .AddSingleton<Dispatch>()
            .AddSingleton<OutboxSweep>()
            .AddSingleton<INotifier, Notifier>()
            .AddSingleton<ICollectorAlarm, CollectorAlarm>()
            .AddSingleton(CreateMailTransport)
            .AddSingleton(CreateTeamsTransport);
    }

    private static IMailTransport CreateMailTransport(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<NotificationOptions>>().Value;
        return options.Transport switch
        {
            MailTransportKind.None => new NoTransport(),
            MailTransportKind.Folder => new FolderTransport(FolderOf(options)),
            MailTransportKind.Graph => new GraphTransport(services.GetRequiredService<GraphHttp>()),
            _ => throw new InvalidOperationException($"Notifications__Transport '{options.Transport}' is not known."),
        };
    }

    private static ITeamsTransport CreateTeamsTransport(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<NotificationOptions>>().Value;
        return options.Transport switch
        {
            MailTransportKind.None => new NoTeamsTransport(),
            MailTransportKind.Folder => new TeamsFolderTransport(FolderOf(options)),
            _ => new TeamsWebhookTransport(
                services.GetRequiredService<IOptionsMonitor<NotificationOptions>>(),
                new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(15) }),
        };
    }

    private static string FolderOf(NotificationOptions options) => options.Folder is { Length: > 0 } folder
        ? folder
        : throw new InvalidOperationException("Notifications__Transport is Folder: Notifications__Folder must name it.");
}
