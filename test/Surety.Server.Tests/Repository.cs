using System.Reflection;

namespace Surety.Server.Tests;

/// <summary>Where the files of the repository are, for tests that hold the documents to the code.</summary>
internal static class Repository
{
    public static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;
}
