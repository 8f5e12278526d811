using System.Globalization;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.Extensions.Logging.Console;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Cluster;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;

namespace Surety.Server.Hosting;

/// <summary>Starts the platform, and says in one readable message why it does not start.</summary>
internal static class SuretyHost
{
    /// <summary>Exit code for what the operator must change before the server can start.</summary>
    public const int CannotStart = 2;

    /// <summary>Exit code of a node that has lost its place in the cluster: it may start again.</summary>
    public const int LostPlace = 3;

    // SQLite works on the thread that asks it, for as long as half a second when there is much to write. The pool of a machine with one or two processors has
    // no thread left then, and takes its time to make another: nothing is delivered meanwhile (bench/RESULTS.md, Notifications).
    private const int MinWorkers = 8;

    /// <summary>The version of this program.</summary>
    public static string Version { get; } =
        typeof(SuretyHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Runs until the process is told to stop. The result is the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        try
        {
            var commandLine = CommandLine.Parse(args);
            if (commandLine.Version)
                await output.WriteLineAsync(Version);
            else if (commandLine.Help)
                await output.WriteAsync(Usage());
            if (commandLine.Version || commandLine.Help)
                return 0;

            ThreadPool.GetMinThreads(out var workers, out var completions);
            ThreadPool.SetMinThreads(Math.Max(workers, MinWorkers), completions);
            await using var lines = commandLine.Demo ? LiveLinesOver(output) : null;
            await using var app = Build(commandLine, lines ?? output);
            await StartAsync(app);
            await app.WaitForShutdownAsync();
            return app.Services.GetService<ClusterNode>() is { HasLostLease: true } ? LostPlace : 0;
        }
        catch (StartupException error)
        {
            await errors.WriteLineAsync($"Surety cannot start.{Environment.NewLine}{error.Message}");
            return CannotStart;
        }
    }

    /// <summary>Makes the platform, which does nothing yet.</summary>
    /// <param name="commandLine">What the operator wants.</param>
    /// <param name="output">Lines for people.</param>
    /// <param name="time">The clock; null for the machine's.</param>
    /// <exception cref="StartupException">The settings are mistaken.</exception>
    public static WebApplication Build(CommandLine commandLine, TextWriter output, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateBuilder([.. commandLine.Configuration]);
        DefaultConfiguration.Apply(builder.Configuration, builder.Configuration, commandLine.Demo);
        var settings = SuretySettings.Read(builder.Configuration);
        RestAddresses.Check(builder.Configuration);

        // Lines for people have no place among lines for machines.
        var isForMachines = builder.Configuration["Logging:Console:FormatterName"] == ConsoleFormatterNames.Json;
        var demo = new DemoOptions(commandLine.Demo, isForMachines ? null : output as LiveLines);
        builder.Services.AddSingleton(demo);
        builder.Services.AddSingleton(services => new StartupReport(
            isForMachines ? null : output, services.GetRequiredService<ILogger<StartupReport>>()));
        builder.AddPlatform(settings, demo);
        if (time is not null)
            builder.Services.AddSingleton(time);

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => Report(app));
        app.UsePlatform();
        return app;
    }

    /// <summary>Brings the store up to date, makes the first account when there is none, and listens.</summary>
    /// <exception cref="StartupException">The store cannot be used, or an address is taken.</exception>
    public static async Task StartAsync(WebApplication app)
    {
        app.Services.GetRequiredService<StartupReport>().Add("Surety", Version);
        // Holding the directory comes first: nothing below may run twice on the same files.
        app.Services.GetRequiredService<DataDirectory>();
        await app.JoinClusterAsync();
        await app.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(app.Lifetime.ApplicationStopping);
        await app.Services.GetRequiredService<FirstRun>().RunAsync(app.Lifetime.ApplicationStopping);
        try
        {
            await app.StartAsync();
            await app.ServeClusterAsync();
        }
        catch (Exception error)
        {
            // What has begun ends as it does at a stop, without a word of its own.
            app.Lifetime.StopApplication();
            if (error is IOException or SocketException || error.Source?.Contains("Kestrel", StringComparison.Ordinal) == true)
                throw new StartupException($"An address cannot be used: {error.Message} (Urls is {app.Configuration["Urls"]})", error);
            throw;
        }
    }

    private static LiveLines LiveLinesOver(TextWriter output)
    {
        var isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var lines = new LiveLines(output, isTerminal ? () => Console.WindowWidth : null);
        // The log writes there, too, and must not write over them.
        if (isTerminal)
            Console.SetOut(lines);
        return lines;
    }

    private static void Report(WebApplication app)
    {
        var report = app.Services.GetRequiredService<StartupReport>();
        foreach (var url in app.Urls)
        {
            // An address that means all of them cannot be opened in a browser.
            var link = url.Replace("//[::]", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal);
            report.Add("REST API", $"{link}  (documentation: {link}/docs)");
        }

        report.Print();
    }

    private static string Usage()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine("Surety, the platform for secure IoT device management.");
        text.WriteLine();
        text.WriteLine("  --demo       also start simulated devices");
        text.WriteLine("  --help       this text");
        text.WriteLine("  --version    the version");
        text.WriteLine();
        text.WriteLine("Settings: --Key value, the environment (Surety__Lwm2m__Coaps) or appsettings.json in the working directory.");
        text.WriteLine();
        WriteSetting("Urls", DefaultConfiguration.Urls, "REST API and console");
        foreach (var setting in SuretySettings.Describe())
            WriteSetting($"{SettingsReader.Root}:{setting.Key}", setting.Default, setting.Meaning);
        return text.ToString();

        void WriteSetting(string key, string defaultValue, string meaning) =>
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {key,-34} {defaultValue,-22} {meaning}"));
    }
}
