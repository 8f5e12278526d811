using System.Buffers;
using Surety.Coap;

namespace Surety.Lwm2m.Client;

public sealed partial class ServerSession
{
    // Written anew for each look at it, compared, and mostly thrown away.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_links;

    private string RegistrationPath => Lwm2mClient.PathAt(Uri, "rd");

    private RegistrationContent CurrentContent()
    {
        BindingModes modes = BindingModes.None;
        foreach (char letter in Server.Binding)
            modes |= letter switch { 'U' => BindingModes.Udp, 'T' => BindingModes.Tcp, _ => BindingModes.None };
        // A binding that this client has no way for is not told.
        if (modes == BindingModes.None || (modes & ~_client.Bindings) != 0)
            modes = Uri.IsReliable ? BindingModes.Tcp : BindingModes.Udp;
        string binding = (modes.HasFlag(BindingModes.Udp) ? "U" : "") + (modes.HasFlag(BindingModes.Tcp) ? "T" : "") + (QueueMode ? "Q" : "");
        return new RegistrationContent(Server.Lifetime, modes, binding, WriteLinks());
    }

    private byte[] WriteLinks()
    {
        Lwm2mClientOptions options = _client.Options;
        var objects = new List<RegisteredObject>();
        foreach (Lwm2mObject item in _client.Objects.Items)
        {
            if (CoreObjects.IsSecret(item.Id) || (options.ProfileIds is not null && !_isProfileRefused && options.ProfileObjects.Contains(item.Id)))
                continue;
            objects.Add(new RegisteredObject(item.Id, VersionToName(item.Model), [.. item.Instances.Select(instance => instance.Id)]));
        }

        if (options.ProfileIds is not null && !_isProfileRefused && objects.Count == 0)
            return [];
        ArrayBufferWriter<byte> buffer = t_links ??= new ArrayBufferWriter<byte>(512);
        buffer.ResetWrittenCount();
        RegisteredObject.WritePayload(options.AlternatePath, AnnouncedFormats, objects, buffer);
        // Most times nothing has changed.
        return buffer.WrittenSpan.SequenceEqual(_registeredLinks) ? _registeredLinks : buffer.WrittenSpan.ToArray();
    }

    /// <summary>The formats beyond those that everybody has (LwM2M Core 6.2.1); TS 1.0 does not know the announcement.</summary>
    private ReadOnlySpan<ContentFormat> AnnouncedFormats => _client.Options.AnnouncesFormats && Version != Lwm2mVersion.V10 ? FormatsOf(Version) : default;

    private static ContentFormat[] FormatsOf(Lwm2mVersion version) => version == Lwm2mVersion.V11 ? Formats11 : Formats12;

    private static readonly ContentFormat[] Formats11 = [ContentFormat.Cbor, ContentFormat.SenmlJson, ContentFormat.SenmlCbor, ContentFormat.Lwm2mTlv];

    private static readonly ContentFormat[] Formats12 =
    [
        ContentFormat.Cbor, ContentFormat.SenmlJson, ContentFormat.SenmlCbor, ContentFormat.SenmlEtchJson, ContentFormat.SenmlEtchCbor, ContentFormat.Lwm2mTlv, ContentFormat.Lwm2mCbor,
    ];

    private static CoapRequest Request(CoapCode method, string path, IEnumerable<string> queries, byte[] links)
    {
        var request = new CoapRequest(method, path) { Payload = links };
        if (links.Length > 0)
            request.Options.Set(CoapOptionNumber.ContentFormat, ContentFormat.LinkFormat.Value);
        foreach (string query in queries)
            request.Options.Add(CoapOptionNumber.UriQuery, query);
        return request;
    }
}
