using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("IsmsFunctions.Tests")]
[assembly: InternalsVisibleTo("LocalRuntime.Tests")]
