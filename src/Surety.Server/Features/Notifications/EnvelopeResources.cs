using System.Text.Json;
using Surety.Lwm2m;

namespace Surety.Server.Features.Notifications;

/// <summary>Writes what a device has registered, link by link. (connect, ResourcesData.)</summary>
internal static class EnvelopeResources
{
    private static readonly JsonEncodedText PathName = Envelope.Name("path");
    private static readonly JsonEncodedText Rt = Envelope.Name("rt");
    private static readonly JsonEncodedText If = Envelope.Name("if");
    private static readonly JsonEncodedText Ct = Envelope.Name("ct");
    private static readonly JsonEncodedText Obs = Envelope.Name("obs");

    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> objectList)
    {
        // The list is as a registration has it, which was refused if it could not be read.
        var root = RegistrationLinks.TryParse(objectList, out var parsed, out _) ? parsed.RootPath : "";
        foreach (var link in RegisteredLink.Read(objectList, root))
        {
            json.WriteStartObject();
            json.WriteString(PathName, link.Path);
            json.WriteString(Rt, link.ResourceTypes ?? "");
            json.WriteString(If, link.Interfaces ?? "");
            json.WriteString(Ct, MediaTypes.NamesOf(link.ContentFormats ?? ""));
            json.WriteBoolean(Obs, link.IsObservable);
            json.WriteEndObject();
        }
    }
}
