using System.Net;
using Microsoft.Extensions.Configuration;
using Surety.Server.Hosting;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;

namespace Surety.Server.Tests.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public void Without_any_setting_the_defaults_of_the_documentation_hold()
    {
        var settings = Read();
        Assert.Equal("data", settings.DataDirectory);
        Assert.Equal(DatabaseProvider.Sqlite, settings.Database.Provider);
        Assert.Null(settings.Database.ConnectionString);
        Assert.Null(settings.Cluster.Redis);
        Assert.Equal(IPEndPoint.Parse("0.0.0.0:5684"), settings.Lwm2m.Coaps);
        Assert.Equal(IPEndPoint.Parse("0.0.0.0:5684"), settings.Lwm2m.CoapsTcp);
        Assert.Null(settings.Lwm2m.Coap);
        Assert.Null(settings.Lwm2m.CoapTcp);
        Assert.Equal(IPEndPoint.Parse("0.0.0.0:5784"), settings.Bootstrap.Coaps);
        Assert.Equal(IPEndPoint.Parse("0.0.0.0:5784"), settings.Bootstrap.CoapsTcp);
        Assert.Equal(Environment.MachineName, settings.PublicHost);
        Assert.Equal("admin@localhost", settings.FirstRun.AdminEmail);
        Assert.Null(settings.FirstRun.AdminPassword);
        Assert.Equal("Default", settings.FirstRun.AccountName);
        Assert.Equal(1_572_864, settings.Rest.MaxRequestBodySize);
        Assert.Null(settings.Telemetry.OtlpEndpoint);
    }

    [Fact]
    public void The_documentation_names_every_setting_with_its_default_and_no_other()
    {
        var documented = File.ReadLines(Path.Combine(Repository.Root, "docs", "settings.md")).Where(line => line.StartsWith("| `Surety:", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToDictionary(cells => cells[1].Trim('`'), cells => cells[2].Trim('`'));
        var known = SuretySettings.Describe().ToDictionary(setting => $"Surety:{setting.Key}", setting => setting.Key == "PublicHost" ? "the machine's name" : setting.Default);
        Assert.Equal(known.OrderBy(s => s.Key, StringComparer.Ordinal), documented.OrderBy(s => s.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_can_be_set()
    {
        var settings = Read(
            ("DataDirectory", "/var/lib/surety"), ("Database:Provider", "postgres"), ("Database:ConnectionString", "Host=db;Database=surety"),
            ("Lwm2m:Coaps", "[::]:5684"), ("Lwm2m:CoapsTcp", "none"), ("Lwm2m:Coap", "127.0.0.1:5683"), ("Lwm2m:CoapTcp", "127.0.0.1:5683"),
            ("Bootstrap:Coaps", ""), ("Bootstrap:CoapsTcp", "NONE"), ("PublicHost", "iot.example.org"), ("FirstRun:AdminEmail", "a@b"),
            ("FirstRun:AdminPassword", "eight888"), ("FirstRun:AccountName", "Acme"), ("Rest:MaxRequestBodySize", "2000000"),
            ("Telemetry:OtlpEndpoint", "http://collector:4317"), ("Certificates:ExpiredGraceDays", "0"), ("DeviceEvents:RetentionDays", "7"));
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromDays(7)), (settings.Certificates.ExpiredGrace, settings.DeviceEvents.Retention));
        Assert.Equal(DatabaseProvider.Postgres, settings.Database.Provider);
        Assert.Equal(IPEndPoint.Parse("[::]:5684"), settings.Lwm2m.Coaps);
        Assert.Null(settings.Lwm2m.CoapsTcp);
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:5683"), settings.Lwm2m.Coap);
        Assert.Null(settings.Bootstrap.Coaps);
        Assert.Null(settings.Bootstrap.CoapsTcp);
        Assert.Equal("iot.example.org", settings.PublicHost);
        Assert.Equal("Acme", settings.FirstRun.AccountName);
        Assert.Equal(2_000_000, settings.Rest.MaxRequestBodySize);
        Assert.Equal(new Uri("http://collector:4317"), settings.Telemetry.OtlpEndpoint);
    }

    [Theory]
    [InlineData("Lwm2m:Coapz", "x", "Surety:Lwm2m:Coapz is not a setting; the nearest is Surety:Lwm2m:Coaps.")]
    [InlineData("DataDir", "x", "the nearest is Surety:DataDirectory.")]
    [InlineData("Datbase:Provider", "Sqlite", "the nearest is Surety:Database:Provider.")]
    [InlineData("Lwm2m", "0.0.0.0:5684", "Surety:Lwm2m is not a setting")]
    [InlineData("Lwm2m:Coaps:Port", "5684", "Surety:Lwm2m:Coaps:Port is not a setting; the nearest is Surety:Lwm2m:Coaps")]
    public void An_unknown_key_is_an_error_that_names_the_nearest_one(string key, string value, string expected) =>
        Assert.Contains(expected, Mistakes((key, value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Lwm2m:Coaps", "5684", "has no port")]
    [InlineData("Lwm2m:Coaps", "0.0.0.0", "has no port")]
    [InlineData("Lwm2m:Coaps", "::1", "has no port")]
    [InlineData("Lwm2m:Coaps", "::1:5684", "has no port")]
    [InlineData("Lwm2m:Coaps", "localhost:5684", "'localhost' is not an IP address")]
    [InlineData("Lwm2m:Coaps", "*:5684", "'*' is not an IP address")]
    [InlineData("Lwm2m:Coaps", ":5684", "'' is not an IP address")]
    [InlineData("Lwm2m:Coaps", "1:5684", "'1' is not an IP address")]
    [InlineData("Lwm2m:Coaps", "0.0.0.0:65536", "'65536' is not a port")]
    [InlineData("Lwm2m:Coaps", "0.0.0.0:-1", "'-1' is not a port")]
    [InlineData("Lwm2m:Coaps", "0.0.0.0:coaps", "'coaps' is not a port")]
    [InlineData("Lwm2m:Coap", "0.0.0.0:5684", "0.0.0.0:5684 is also the address of Surety:Lwm2m:Coaps")]
    [InlineData("Bootstrap:CoapsTcp", "0.0.0.0:5684", "is also the address of Surety:Lwm2m:CoapsTcp")]
    [InlineData("Database:Provider", "Oracle", "'Oracle' is not one of Sqlite, Postgres")]
    [InlineData("Database:Provider", "1", "'1' is not one of Sqlite, Postgres")]
    [InlineData("Database:Provider", "Postgres", "Surety:Database:ConnectionString: is missing")]
    [InlineData("Database:ConnectionString", "nonsense", "is not a list of name=value pairs")]
    [InlineData("PublicHost", "http://example.org", "is not a host name")]
    [InlineData("FirstRun:AdminEmail", "nobody", "is not an e-mail address")]
    [InlineData("FirstRun:AdminPassword", "short", "must have 8 to 512 characters")]
    [InlineData("Est:Https", "0.0.0.0:5684", "is also the address of Surety:Lwm2m:CoapsTcp")]
    [InlineData("Est:ServerKeyGeneration", "maybe", "'maybe' is not true or false")]
    [InlineData("Est:EnrollmentsPerHour", "0", "'0' is not a whole number from 1 to 100000")]
    [InlineData("Certificates:ExpiredGraceDays", "-1", "'-1' is not a whole number from 0 to 7300")]
    [InlineData("DeviceEvents:RetentionDays", "0", "'0' is not a whole number from 1 to 3650")]
    [InlineData("Rest:MaxRequestBodySize", "much", "'much' is not a whole number from 65536 to 1073741824")]
    [InlineData("Rest:MaxRequestBodySize", "1", "'1' is not a whole number")]
    [InlineData("Telemetry:OtlpEndpoint", "collector", "'collector' is not a URI like")]
    [InlineData("Cluster:Redis", "localhost", "set Surety:Database:Provider to Postgres")]
    [InlineData("Cluster:Name", "a b", "is not 1 to 32 letters, digits and '-'")]
    [InlineData("Cluster:Advertise", "http://10.0.0.5:8080/api", "has a path")]
    public void A_value_that_cannot_be_used_is_an_error_that_says_why(string key, string value, string expected)
    {
        var mistakes = Mistakes((key, value));
        Assert.Contains(expected, mistakes, StringComparison.Ordinal);
        Assert.Contains("Surety:", mistakes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_not_repeated_in_an_error() =>
        Assert.DoesNotContain("secret", Mistakes(("FirstRun:AdminPassword", "secret")), StringComparison.Ordinal);

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var lines = Mistakes(("Lwm2m:Coaps", "x"), ("Database:Provider", "y"), ("Nonsense", "z")).Split(Environment.NewLine);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public void Keys_may_be_written_in_any_case() => Assert.Equal("here", Read(("datadirectory", "here")).DataDirectory);

    private static SuretySettings Read(params (string Key, string Value)[] values) => SuretySettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(pair => $"Surety:{pair.Key}", pair => (string?)pair.Value)).Build());

    private static string Mistakes(params (string Key, string Value)[] values) => Assert.Throws<StartupException>(() => Read(values)).Message;
}
