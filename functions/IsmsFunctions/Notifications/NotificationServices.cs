using IsmsFunctions.Monitoring.Graph;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsmsFunctions.Notifications;

/// <summary>Registers notifications.</summary>
public static class NotificationServices
{
    /// <summary>Adds the outbox, and the transport that the settings choose.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<NotificationOptions>().Bind(configuration.GetSection(NotificationOptions.Section));
        return services
            .AddSingleton<Outbox>()
            .AddSingleton<Notifier>()
            .AddSingleton<INotifier>(p => p.GetRequiredService<Notifier>())
            .AddSingleton(CreateTransport);
    }

    private static IMailTransport CreateTransport(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<NotificationOptions>>().Value;
        return options.Transport switch
        {
            MailTransportKind.None => new NoTransport(),
            MailTransportKind.Folder when options.Folder is { Length: > 0 } folder => new FolderTransport(folder),
            MailTransportKind.Folder => throw new InvalidOperationException("Notifications__Transport is Folder: Notifications__Folder must name it."),
            MailTransportKind.Graph => new GraphTransport(services.GetRequiredService<GraphHttp>()),
            _ => throw new InvalidOperationException($"Notifications__Transport '{options.Transport}' is not known."),
        };
    }
}
