using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Surety.Pki;

/// <summary>Where a key is in a token (RFC 7512): <c>pkcs11:token=ca;object=root?module-path=/usr/lib/softhsm/libsofthsm2.so&amp;pin-source=/run/secrets/pin</c>.</summary>
internal sealed record Pkcs11Uri
{
    public const string Scheme = "pkcs11:";

    public string? Token { get; private set; }

    public string? TokenSerial { get; private set; }

    public string? Label { get; private set; }

    public byte[]? Id { get; private set; }

    public string? PinValue { get; private set; }

    /// <summary>A file that holds the PIN.</summary>
    public string? PinSource { get; private set; }

    public string? ModulePath { get; private set; }

    /// <summary>The token as it is called in messages; there is no PIN in it.</summary>
    public string TokenName => Token is not null ? $"'{Token}'" : TokenSerial is not null ? $"with the serial number '{TokenSerial}'" : "(any)";

    /// <summary>The key as it is called in messages.</summary>
    public string KeyName => Label is not null ? $"'{Label}'" : $"with id {Convert.ToHexStringLower(Id ?? [])}";

    public static bool TryParse(string text, [NotNullWhen(true)] out Pkcs11Uri? uri, [NotNullWhen(false)] out string? problem)
    {
        uri = null;
        var result = new Pkcs11Uri();
        problem = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? null : $"a URI of a key in a token begins with '{Scheme}'";
        if (problem is not null)
            return false;
        string[] parts = text[Scheme.Length..].Split('?', 2);
        IEnumerable<string> attributes = [.. parts[0].Split(';'), .. parts.Length > 1 ? parts[1].Split('&') : []];
        foreach (string attribute in attributes.Where(a => a.Length > 0))
        {
            problem = result.Set(attribute);
            if (problem is not null)
                return false;
        }

        if (result.Label is null && result.Id is null)
        {
            problem = "the URI names no key: 'object=' (its label) or 'id=' is wanted";
            return false;
        }

        uri = result;
        return true;
    }

    /// <summary>A path, or a URI without the PIN, for messages.</summary>
    public static string WithoutSecrets(string source)
    {
        int pin = source.IndexOf("pin-value=", StringComparison.Ordinal);
        if (pin < 0)
            return source;
        int end = source.AsSpan(pin).IndexOfAny(';', '&', '?');
        return source[..pin] + "pin-value=..." + (end < 0 ? "" : source[(pin + end)..]);
    }

    private string? Set(string attribute)
    {
        int equals = attribute.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || !TryDecode(attribute[(equals + 1)..], out byte[]? bytes))
            return "an attribute of the URI is not name=value, percent-encoded";
        string name = attribute[..equals], value = Encoding.UTF8.GetString(bytes);
        switch (name)
        {
            case "token":
                Token = value;
                break;
            case "serial":
                TokenSerial = value;
                break;
            case "object":
                Label = value;
                break;
            case "id":
                Id = bytes;
                break;
            case "type":
                return value == "private" ? null : "the URI names no private key: 'type=private' is wanted, or none";
            case "pin-value":
                PinValue = value;
                break;
            case "pin-source":
                PinSource = value.StartsWith("file:", StringComparison.Ordinal) ? value["file:".Length..] : value;
                break;
            case "module-path":
                ModulePath = value;
                break;
            // RFC 7512, 2.3: what else identifies a token narrows the search; what is not understood must not be ignored.
            default:
                return $"the attribute '{name}' of the URI is not understood; known are token, serial, object, id, type, pin-value, pin-source and module-path";
        }

        return null;
    }

    private static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        var result = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                result.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
                continue;
            }

            if (i + 2 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                bytes = null;
                return false;
            }

            result.Add(value);
            i += 2;
        }

        bytes = [.. result];
        return true;
    }
}
