using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Extensions.Timer.Listener;

[assembly: WorkerExtensionStartup(typeof(TimerExtensionStartup))]
[assembly: InternalsVisibleTo("LocalRuntime.Tests")]
