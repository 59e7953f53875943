using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <content>Loggers that are silent during replay.</content>
public abstract partial class TaskOrchestrationContext
{
    private ILoggerFactory? replaySafeLoggerFactory;

    /// <summary>A factory of loggers that write nothing during replay.</summary>
    public virtual ILoggerFactory ReplaySafeLoggerFactory => replaySafeLoggerFactory ??= new ReplaySafeFactory(this);

    /// <summary>The factory of ordinary loggers.</summary>
    protected abstract ILoggerFactory LoggerFactory { get; }

    /// <summary>A logger that writes nothing during replay.</summary>
    public virtual ILogger CreateReplaySafeLogger(string categoryName)
        => new ReplaySafeLogger(this, UnwrappedLoggerFactory().CreateLogger(categoryName));

    /// <summary>A logger that writes nothing during replay.</summary>
    public virtual ILogger CreateReplaySafeLogger(Type type)
        => new ReplaySafeLogger(this, UnwrappedLoggerFactory().CreateLogger(type));

    /// <summary>A logger that writes nothing during replay.</summary>
    public virtual ILogger CreateReplaySafeLogger<T>()
        => new ReplaySafeLogger(this, UnwrappedLoggerFactory().CreateLogger<T>());

    // A context that wraps another one may hand on the inner one's replay-safe factory.
    private ILoggerFactory UnwrappedLoggerFactory()
    {
        var factory = LoggerFactory;
        for (var depth = 0; factory is ReplaySafeFactory wrapped; depth++)
        {
            if (depth == 10)
            {
                throw new InvalidOperationException(
                    "LoggerFactory leads back to itself; a wrapping context should return the inner context's ReplaySafeLoggerFactory.");
            }

            factory = wrapped.Underlying;
        }

        return factory;
    }

    private sealed class ReplaySafeLogger(TaskOrchestrationContext context, ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!context.IsReplaying)
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }

    private sealed class ReplaySafeFactory(TaskOrchestrationContext context) : ILoggerFactory
    {
        public ILoggerFactory Underlying => context.LoggerFactory;

        public ILogger CreateLogger(string categoryName)
            => new ReplaySafeLogger(context, context.UnwrappedLoggerFactory().CreateLogger(categoryName));

        public void AddProvider(ILoggerProvider provider)
            => throw new NotSupportedException("The replay-safe factory takes no providers.");

        public void Dispose()
        {
            // The underlying factory belongs to the host.
        }
    }
}
