using System.Text.RegularExpressions;
using Surety.Server.Storage;

namespace Surety.Server.Hosting.Settings;

/// <summary>Several nodes as one platform.</summary>
internal sealed partial record ClusterSettings
{
    /// <summary>Redis connection string, in the form of StackExchange.Redis. Default none: one node.</summary>
    public required string? Redis { get; init; }

    /// <summary>The cluster's name, with which its keys begin. Default <c>surety</c>: most have one cluster on a Redis.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Where other nodes reach this node's REST API. Default none: the first of <c>Urls</c>, with <c>PublicHost</c> in the place of "any address".
    /// </summary>
    public required Uri? Advertise { get; init; }

    public static ClusterSettings Read(SettingsReader reader, DatabaseSettings database)
    {
        const string key = "Cluster:Redis";
        const string nameKey = "Cluster:Name";
        var redis = reader.Text(key, null, "Redis connection string; turns clustering on");
        var name = reader.Text(nameKey, "surety", "the cluster's name, for several clusters on one Redis")!;
        var advertise = reader.HttpUri("Cluster:Advertise", "where other nodes reach this node's REST API");
        if (redis is not null && database.Provider != DatabaseProvider.Postgres)
            reader.Mistake(key, "nodes of a cluster share a database, and SQLite is one node's: set Surety:Database:Provider to Postgres, with its ConnectionString");
        if (redis is not null && !IsConnectionString(redis))
            reader.Mistake(key, "is not a connection string of Redis; write for example redis.example.org:6379,password=...,ssl=true");
        if (!NamePattern().IsMatch(name))
            reader.Mistake(nameKey, $"'{name}' is not 1 to 32 letters, digits and '-'");
        if (advertise is { PathAndQuery: not "/" })
            reader.Mistake("Cluster:Advertise", $"'{advertise}' has a path; write scheme, host and port alone, http://10.0.0.5:8080");
        return new ClusterSettings { Redis = redis, Name = name, Advertise = advertise };
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return StackExchange.Redis.ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,32}$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
