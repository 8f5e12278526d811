using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Api;

namespace Surety.Server.Features.Bootstrap;

/// <summary>Checks rules as they come in, and reads their instances.</summary>
internal static class BootstrapRuleCheck
{
    private const int MaxInstances = 50;
    private const int MaxResources = 200;
    private const int MaxUri = 255;

    /// <exception cref="ApiException">400, with all that is wrong.</exception>
    public static void Validate(BootstrapRuleContent content, ObjectModelRegistry models)
    {
        var errors = new List<ErrorField>();
        CheckMatch(content.Match, errors);
        CheckServer(content.Server, errors);
        if (content.Redirect.Length > 0 && !(content.Redirect.Length <= MaxUri && CoapUri.TryParse(content.Redirect, out var redirect, out _) && redirect.IsSecure))
            errors.Add(new ErrorField("redirect", "must be coaps://host:port or coaps+tcp://host:port"));
        if (content.Redirect.Length > 0 && content.Instances.Count > 0)
            errors.Add(new ErrorField("instances", "must be empty with redirect: the other bootstrap server writes them"));
        if (content.Observations.Count > 0 && (content.Redirect.Length > 0 || content.Server.Uri is not null))
            errors.Add(new ErrorField("observations", "must be empty with redirect and server.uri: who serves the devices there observes them"));
        ReadInstances(content.Instances, models, errors);
        BootstrapRuleObservations.Read(content.Observations, models, errors);
        if (errors.Count > 0)
            throw ApiException.Invalid(errors);
    }

    /// <summary>The instances of a rule as writes; what is wrong is added to <paramref name="errors"/>.</summary>
    public static IReadOnlyList<BootstrapOperation.Write> ReadInstances(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> instances, ObjectModelRegistry models, List<ErrorField> errors)
    {
        var writes = new List<BootstrapOperation.Write>();
        if (instances.Count > MaxInstances)
            errors.Add(new ErrorField("instances", $"must have at most {MaxInstances} members"));
        foreach (var (text, values) in instances.Take(MaxInstances))
        {
            var name = $"instances.{ApiException.Shorten(text)}";
            if (!Lwm2mPath.TryParse(text, out var path) || !path.IsInstance)
                errors.Add(new ErrorField(name, "must be the path of an instance: /16/0"));
            else if (path.ObjectId == CoreObjects.Server || path.ObjectId == CoreObjects.Security || CoreObjects.IsSecret(path.ObjectId))
                errors.Add(new ErrorField(name, "is what the rule writes by itself; see server"));
            else if (models.Find(path.ObjectId) is not { } model)
                errors.Add(new ErrorField(name, $"has object {path.ObjectId}, whose definition is not known; put its XML into the folder objects of the data directory"));
            else if (values is null || values.Count is 0 or > MaxResources)
                errors.Add(new ErrorField(name, $"must have 1 to {MaxResources} resources"));
            else if (ReadValues(path, model, values, name, errors) is { Count: > 0 } entries)
                writes.Add(new BootstrapOperation.Write(path, entries));
        }

        return writes;
    }

    /// <summary>The first certificate of a text in PEM; null when there is none.</summary>
    public static byte[]? ReadCertificate(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return certificate.RawData;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static void CheckMatch(BootstrapRuleMatch match, List<ErrorField> errors)
    {
        foreach (var (name, value) in new[] { ("endpoint_name", match.EndpointName), ("endpoint_type", match.EndpointType), ("device_class", match.DeviceClass) })
        {
            if (value is { Length: 0 or > 255 })
                errors.Add(new ErrorField($"match.{name}", "must have 1 to 255 characters; leave it out to match all"));
        }
    }

    private static void CheckServer(BootstrapRuleServer server, List<ErrorField> errors)
    {
        if (server.Uri is { } uri && !(uri.Length <= MaxUri && CoapUri.TryParse(uri, out var parsed, out _) && parsed.IsSecure))
            errors.Add(new ErrorField("server.uri", "must be coaps://host:port or coaps+tcp://host:port"));
        if (server.Certificate is { } pem && ReadCertificate(pem) is null)
            errors.Add(new ErrorField("server.certificate", "must be a certificate in PEM"));
        if (server.Certificate is not null && server.Uri is null)
            errors.Add(new ErrorField("server.certificate", "goes with server.uri: this platform's server has its own authority"));
        if (server.SecurityMode is not (null or (int)SecurityMode.PreSharedKey or (int)SecurityMode.RawPublicKey or (int)SecurityMode.Certificate or (int)SecurityMode.CertificateWithEst))
            errors.Add(new ErrorField("server.security_mode", "must be 4 (EST), 2 (certificate), 1 (raw public key) or 0 (pre-shared key)"));
        else if (server.SecurityMode is { } mode && BootstrapKeys.IsMadeFor((SecurityMode)mode))
            CheckMadeKey(server, mode, errors);
        if (server.SecurityMode is null or (int)SecurityMode.CertificateWithEst && server.Uri is not null && server.Certificate is null)
            errors.Add(new ErrorField("server.certificate", "is required with server.uri: the device must know the authority of that server"));
        try
        {
            ToSettings(server, "U").Validate();
        }
        catch (ArgumentException error)
        {
            errors.Add(new ErrorField("server", $"cannot be used: {error.Message}"));
        }
    }

    private static void CheckMadeKey(BootstrapRuleServer server, int mode, List<ErrorField> errors)
    {
        if (server.Uri is not null)
            errors.Add(new ErrorField("server.uri", $"does not go with security_mode {mode}: another server would not know the key that is made here"));
        if (server.Binding is { } binding && !binding.Contains('U', StringComparison.Ordinal))
            errors.Add(new ErrorField("server.binding", $"must have U with security_mode {mode}, which goes over DTLS alone"));
    }

    /// <summary>The server account that a rule gives.</summary>
    public static ServerAccountSettings ToSettings(BootstrapRuleServer server, string binding) =>
        new(server.ShortServerId ?? 1, server.Lifetime ?? BootstrapRuleServer.DefaultLifetime)
        {
            DefaultMinimumPeriod = server.MinimumPeriod,
            DefaultMaximumPeriod = server.MaximumPeriod,
            Binding = server.Binding ?? binding,
        };

    private static List<ResourceEntry> ReadValues(
        Lwm2mPath instance, ObjectModel model, IReadOnlyDictionary<string, JsonElement> values, string name, List<ErrorField> errors)
    {
        var entries = new List<ResourceEntry>();
        foreach (var (key, value) in values)
        {
            var field = $"{name}.{ApiException.Shorten(key)}";
            if (!ushort.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || model.Find(id) is not { Type: not ResourceType.None } resource)
            {
                errors.Add(new ErrorField(field, $"is no resource with a value of {model.Name} ({model.Id})"));
                continue;
            }

            var path = instance.Append(id);
            if (!resource.IsMultiple)
            {
                Add(path, value, resource, field, entries, errors);
                continue;
            }

            if (value.ValueKind != JsonValueKind.Array)
            {
                errors.Add(new ErrorField(field, $"must be an array: {resource.Name} is a multiple resource"));
                continue;
            }

            ushort index = 0;
            foreach (var item in value.EnumerateArray().Take(MaxResources))
                Add(path.Append(index++), item, resource, field, entries, errors);
        }

        return entries;
    }

    private static void Add(Lwm2mPath path, JsonElement value, ResourceModel resource, string field, List<ResourceEntry> entries, List<ErrorField> errors)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "1",
            JsonValueKind.False => "0",
            _ => null,
        };
        if (text is not null && ResourceValue.TryParse(resource.Type, text, out var parsed))
            entries.Add(new ResourceEntry(path, parsed));
        else
            errors.Add(new ErrorField(field, $"must be of type {resource.Type}{(resource.Type == ResourceType.Opaque ? ", in base64" : "")}"));
    }
}
