using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the parameter of a function that runs on a schedule.</summary>
public sealed class TimerTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Sets the schedule.</summary>
    /// <param name="schedule">
    /// An NCRONTAB expression of six fields, seconds first (five are taken as starting with minutes), a time span such as
    /// <c>00:30:00</c>, or the name of a setting between percent signs.
    /// </param>
    public TimerTriggerAttribute(string schedule)
    {
        Schedule = schedule;
        UseMonitor = true;
    }

    /// <summary>The schedule.</summary>
    public string Schedule { get; private set; }

    /// <summary>Whether occurrences are recorded, so that one missed while the app was down is made up for at its start. True unless set.</summary>
    public bool UseMonitor { get; set; }

    /// <summary>Whether the function also runs at each start of the app.</summary>
    public bool RunOnStartup { get; set; }
}
