using Surety.Coap;

namespace Surety.Lwm2m.Server.Tests.Bootstrap;

/// <summary>What a Bootstrap-Server tells, as lines.</summary>
internal sealed class BootstrapRecorder : IBootstrapEvents
{
    private readonly List<string> _lines = [];

    public bool HasEnded { get; private set; }

    public List<BootstrapAnswer> Answers { get; } = [];

    public string? Failure { get; private set; }

    public string[] Take()
    {
        lock (_lines)
        {
            string[] lines = [.. _lines];
            _lines.Clear();
            return lines;
        }
    }

    public void OnRefused(BootstrapRequest request, CoapCode code, string reason) => Add($"refused {request.EndpointName} {code}: {reason}");

    public void OnStarted(BootstrapSession session)
    {
        HasEnded = false;
        Add($"started {session.Device}");
    }

    public void OnStep(BootstrapSession session, BootstrapAnswer answer)
    {
        lock (_lines)
            Answers.Add(answer);
        Add($"{(answer.Operation is BootstrapOperation.Write write ? $"write {write.Path}" : answer.Operation)}: {answer.Code}");
    }

    public void OnFinished(BootstrapSession session) => End($"finished {session.Device}");

    public void OnFailed(BootstrapSession session)
    {
        Failure = session.Failure;
        End($"failed {session.Device}: {session.Failure}");
    }

    public void OnPackSent(BootstrapRequest request, IReadOnlyList<ResourceEntry> entries) => Add($"pack of {entries.Count} for {request.EndpointName}");

    private void End(string line)
    {
        Add(line);
        HasEnded = true;
    }

    private void Add(string line)
    {
        lock (_lines)
            _lines.Add(line);
    }
}
