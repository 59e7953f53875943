using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore")]
[assembly: InternalsVisibleTo("Microsoft.Azure.Functions.Worker.Extensions.Timer")]
[assembly: InternalsVisibleTo("Microsoft.Azure.Functions.Worker.Extensions.DurableTask")]
[assembly: InternalsVisibleTo("LocalRuntime.Tests")]
