using IsmsFunctions.Hosting;
using Microsoft.Extensions.Hosting;

IsmsApp.Build(args).Run();
