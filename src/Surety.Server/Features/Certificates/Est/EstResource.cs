using System.Diagnostics.CodeAnalysis;
using Surety.Coap;

namespace Surety.Server.Features.Certificates;

/// <summary>A resource of EST: an operation, and a label that says which certificate of the device it is about.</summary>
/// <param name="Operation">What is asked for.</param>
/// <param name="Label">The label (RFC 7030, 3.2.2), which Pelion's clients use for the name of a certificate; null: none.</param>
internal readonly record struct EstResource(EstOperation Operation, string? Label)
{
    /// <summary>The longest label; longer than any certificate's name.</summary>
    public const int MaxLabelLength = 64;

    private static readonly (EstOperation Operation, string Short, string? Long)[] Names =
    [
        (EstOperation.CaCertificates, "crts", "cacerts"),
        (EstOperation.SimpleEnroll, "sen", "simpleenroll"),
        (EstOperation.SimpleReenroll, "sren", "simplereenroll"),
        (EstOperation.CsrAttributes, "att", "csrattrs"),
        (EstOperation.ServerKeyGeneration, "skg", "serverkeygen"),
        (EstOperation.ServerKeyCertificate, "skc", null),
    ];

    /// <summary>It is read, not asked to do something.</summary>
    public bool IsRead => Operation is EstOperation.CaCertificates or EstOperation.CsrAttributes;

    /// <summary>The server makes the key.</summary>
    public bool IsServerKey => Operation is EstOperation.ServerKeyGeneration or EstOperation.ServerKeyCertificate;

    /// <summary>The name of the certificate that is asked for.</summary>
    public string CertificateName => Label is null || Label.Equals(CertificateOrder.Lwm2m, StringComparison.OrdinalIgnoreCase) ? CertificateOrder.Lwm2m : Label;

    /// <summary>The short name of an operation, over CoAP.</summary>
    public static string ShortName(EstOperation operation) => Names.First(name => name.Operation == operation).Short;

    /// <summary>Reads a path over CoAP: <c>est</c> or <c>.well-known/est</c>, a label or none, and the short name (RFC 9148, 4.1).</summary>
    public static bool TryParse(RepeatedOptionReader path, out EstResource resource)
    {
        List<string> segments = [];
        // No path of EST has more.
        while (segments.Count < 5 && path.MoveNext())
            segments.Add(System.Text.Encoding.UTF8.GetString(path.Current));
        var root = segments is [".well-known", ..] ? 1 : 0;
        resource = default;
        return segments.Count > root && segments[root] == "est" && TryParse(segments[(root + 1)..], isShort: true, out resource);
    }

    /// <summary>Reads a path over HTTP: <c>/.well-known/est</c>, a label or none, and the long name (RFC 7030, 3.2.2).</summary>
    public static bool TryParse([NotNullWhen(true)] string? path, out EstResource resource)
    {
        const string root = "/.well-known/est/";
        resource = default;
        return path is not null && path.StartsWith(root, StringComparison.Ordinal) && TryParse([.. path[root.Length..].Split('/')], isShort: false, out resource);
    }

    private static bool TryParse(List<string> segments, bool isShort, out EstResource resource)
    {
        resource = default;
        if (segments.Count is 0 or > 2)
            return false;
        var name = segments[^1];
        var label = segments.Count == 2 ? segments[0] : null;
        foreach (var (operation, shortName, longName) in Names)
        {
            if (name != (isShort ? shortName : longName))
                continue;
            resource = new EstResource(operation, label);
            return label is null || (label.Length is > 0 and <= MaxLabelLength && label.All(c => c is > ' ' and < '\u007F'));
        }

        return false;
    }
}
