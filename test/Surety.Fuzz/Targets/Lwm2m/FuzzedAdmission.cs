using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Fuzz.Targets.Lwm2m;

/// <summary>Takes everybody by name, some at once and some when the script says so; on secured endpoints names are those of the credentials.</summary>
internal sealed class FuzzedAdmission : IDeviceAdmission
{
    // None that a log of another server would have.
    private static readonly UInt128 FirstDevice = UInt128.One << 100;

    private readonly Dictionary<string, DeviceId> _devices = [];
    private readonly Queue<(TaskCompletionSource<DeviceResolution> Source, string Endpoint)> _waiting = new();

    /// <summary>Devices are found later.</summary>
    public bool IsSlow { get; set; }

    public Admission Admit(in CoapPeer peer, string? endpoint)
    {
        string? name = peer.Identity is PeerIdentity.PreSharedKey key ? System.Text.Encoding.UTF8.GetString(key.Identity.Span) : endpoint;
        if (name is null || (endpoint ?? name) != name)
            return Admission.Refuse(CoapCode.BadRequest, "no name, or another than in the credentials");
        return name.StartsWith('!') ? Admission.Refuse(CoapCode.Forbidden, "not this one") : Admission.Accept(default, name);
    }

    public ValueTask<DeviceResolution> ResolveAsync(Admission admission, RegistrationParameters parameters)
    {
        if (!IsSlow)
            return ValueTask.FromResult(Resolve(admission.Endpoint));
        // Goes on where it is completed, so that a run is the same every time.
        var source = new TaskCompletionSource<DeviceResolution>();
        _waiting.Enqueue((source, admission.Endpoint));
        return new(source.Task);
    }

    public void CompleteOne()
    {
        if (_waiting.TryDequeue(out (TaskCompletionSource<DeviceResolution> Source, string Endpoint) waiting))
            waiting.Source.SetResult(Resolve(waiting.Endpoint));
    }

    public void CompleteAll()
    {
        IsSlow = false;
        while (_waiting.Count > 0)
            CompleteOne();
    }

    private DeviceResolution Resolve(string endpoint)
    {
        if (!_devices.TryGetValue(endpoint, out DeviceId device))
            _devices[endpoint] = device = new DeviceId(FirstDevice + (uint)_devices.Count);
        return DeviceResolution.Accept(device);
    }
}
