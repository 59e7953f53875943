using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("LocalRuntime.Tests")]
