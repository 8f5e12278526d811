namespace Surety.Lwm2m.Server.Tests.Restart;

/// <summary>A state directory, removed at the end.</summary>
internal sealed class StateDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("surety-state-").FullName;

    public IEnumerable<string> Segments => Directory.EnumerateFiles(Path, "registrations.*.log").Order(StringComparer.Ordinal);

    /// <summary>The files as they are now: what a process that was killed now leaves.</summary>
    public StateDirectory Copy()
    {
        var copy = new StateDirectory();
        foreach (string file in Directory.EnumerateFiles(Path))
            File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
        return copy;
    }

    /// <summary>What a server would find: a line for each registration, with its observations.</summary>
    public string[] Read(DateTimeOffset now)
    {
        var time = new FixedTime(now);
        using var server = new Lwm2mServer(new() { StateDirectory = Path, RestartGrace = TimeSpan.Zero }, new TestAdmission(), new RecordingEvents(), time);
        return Describe(server.Registrations);
    }

    public static string[] Describe(RegistrationStore registrations) => [.. registrations.ToArray().Select(r => Describe(r, registrations)).Order(StringComparer.Ordinal)];

    private static string Describe(Registration r, RegistrationStore registrations)
    {
        string observations = string.Join(' ', registrations.ObservationsOf(r).Select(o => $"{o}?{string.Join('&', o.Queries)}:{o.Accept}").Order(StringComparer.Ordinal));
        return $"{r.Endpoint} {r.Id} {r.Device} {r.Tenant} {r.Version} {r.Bindings} {r.QueueMode} {r.Lifetime} {r.Peer.Key} {r.IsSecure} {r.ExpiresAt:O} {r.RegisteredAt:O} "
            + $"{r.EndpointType} {r.SmsNumber} {System.Text.Encoding.UTF8.GetString(r.ObjectList.Span)} [{observations}]";
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Surety.Testing.ManualTime().CreateTimer(callback, state, dueTime, period);
    }
}
