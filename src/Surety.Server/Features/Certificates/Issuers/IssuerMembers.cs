using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Surety.Server.Api;

namespace Surety.Server.Features.Certificates;

/// <summary>Attributes and credentials of issuers, type by type: which there are, and what they must be. (certificates, "Certificate issuers".)</summary>
internal static partial class IssuerMembers
{
    public const string HostUrl = "host_url";
    public const string CaCertificate = "ca_certificate";
    public const string CfsslLabel = "cfssl_label";
    public const string CfsslProfile = "cfssl_profile";
    public const string HmacHexKey = "hmac_hex_key";
    public const string EstLabel = "est_label";
    public const string Username = "username";
    public const string Password = "password";
    public const string ClientCertificate = "client_certificate";
    public const string PrivateKey = "private_key";
    public const string Passphrase = "passphrase";
    public const string ApiKey = "api_key";
    public const string ApiSecret = "api_secret";

    private const string AttributesField = "issuer_attributes";
    private const string CredentialsField = "issuer_credentials";
    private const int MaxUrl = 1000;

    /// <exception cref="ApiException">400, with every member that is wrong. Values are not repeated: they may be secrets.</exception>
    public static void CheckAttributes(CertificateIssuerType type, IReadOnlyDictionary<string, string> attributes)
    {
        (string Name, int MaxLength, bool IsRequired)[] known = type switch
        {
            CertificateIssuerType.CfsslAuth => [(HostUrl, MaxUrl, true), (CfsslLabel, 100, false), (CfsslProfile, 100, false), (CaCertificate, TrustedChain.MaxPemLength, false)],
            CertificateIssuerType.Est => [(HostUrl, MaxUrl, true), (EstLabel, 100, false), (CaCertificate, TrustedChain.MaxPemLength, false)],
            _ => [],
        };
        var errors = Check(AttributesField, attributes, known);
        if (attributes.TryGetValue(HostUrl, out var url) && url is { Length: > 0 } && UrlProblem(type, url) is { } problem)
            errors.Add(new ErrorField($"{AttributesField}.{HostUrl}", problem));
        if (attributes.TryGetValue(CaCertificate, out var pem) && pem is { Length: > 0 } && !TryReadCertificates(pem, out _))
            errors.Add(new ErrorField($"{AttributesField}.{CaCertificate}", "must be certificates in PEM"));
        if (attributes.TryGetValue(EstLabel, out var label) && label is { Length: > 0 } && !LabelPattern().IsMatch(label))
            errors.Add(new ErrorField($"{AttributesField}.{EstLabel}", "must be one segment of a path (RFC 7030, 3.2.2)"));
        Throw(errors);
    }

    /// <exception cref="ApiException">400, with every member that is wrong.</exception>
    public static void CheckCredentials(CertificateIssuerType type, IReadOnlyDictionary<string, string> credentials)
    {
        (string Name, int MaxLength, bool IsRequired)[] known = type switch
        {
            CertificateIssuerType.CfsslAuth => [(HmacHexKey, 64, true)],
            CertificateIssuerType.GlobalSign =>
                [(ApiKey, 1000, true), (ApiSecret, 250, true), (ClientCertificate, 3000, true), (PrivateKey, 3000, true), (Passphrase, 1000, false)],
            _ => [(Username, 255, false), (Password, 1000, false), (ClientCertificate, 3000, false), (PrivateKey, 3000, false), (Passphrase, 1000, false)],
        };
        var errors = Check(CredentialsField, credentials, known);
        if (credentials.TryGetValue(HmacHexKey, out var key) && key is { Length: > 0 } && !HexKeyPattern().IsMatch(key))
            errors.Add(new ErrorField($"{CredentialsField}.{HmacHexKey}", "must be 1 to 32 bytes in hexadecimal digits"));
        if (errors.Count == 0 && type == CertificateIssuerType.Est)
            errors.AddRange(CheckEst(credentials));
        Throw(errors);
    }

    /// <summary>Reads a client certificate with its key; null when there is none.</summary>
    /// <exception cref="CryptographicException">It cannot be used.</exception>
    public static X509Certificate2? ReadClientCertificate(IReadOnlyDictionary<string, string> credentials)
    {
        if (!credentials.TryGetValue(ClientCertificate, out var certificate) || !credentials.TryGetValue(PrivateKey, out var key))
            return null;
        try
        {
            return credentials.TryGetValue(Passphrase, out var passphrase)
                ? X509Certificate2.CreateFromEncryptedPem(certificate, key, passphrase)
                : X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (ArgumentException error)
        {
            throw new CryptographicException("The key is not the certificate's, or is not PEM.", error);
        }
    }

    /// <summary>Reads certificates in PEM, at least one.</summary>
    public static bool TryReadCertificates(string pem, out X509Certificate2Collection certificates)
    {
        certificates = [];
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return false;
        }

        return certificates.Count > 0;
    }

    private static List<ErrorField> CheckEst(IReadOnlyDictionary<string, string> credentials)
    {
        var errors = new List<ErrorField>();
        if (credentials.ContainsKey(Username) != credentials.ContainsKey(Password))
            errors.Add(new ErrorField($"{CredentialsField}.{Password}", "and username go together"));
        if (credentials.ContainsKey(ClientCertificate) != credentials.ContainsKey(PrivateKey))
            errors.Add(new ErrorField($"{CredentialsField}.{PrivateKey}", "and client_certificate go together"));
        if (!credentials.ContainsKey(Username) && !credentials.ContainsKey(ClientCertificate))
            errors.Add(new ErrorField(CredentialsField, "must have username and password, or client_certificate and private_key"));
        try
        {
            ReadClientCertificate(credentials)?.Dispose();
        }
        catch (CryptographicException)
        {
            errors.Add(new ErrorField($"{CredentialsField}.{ClientCertificate}", "and private_key cannot be used together: PEM, and the passphrase if the key is encrypted"));
        }

        return errors;
    }

    private static List<ErrorField> Check(string field, IReadOnlyDictionary<string, string> given, (string Name, int MaxLength, bool IsRequired)[] known)
    {
        var errors = new List<ErrorField>();
        foreach (var (name, maxLength, isRequired) in known)
        {
            if (!given.TryGetValue(name, out var value))
            {
                if (isRequired)
                    errors.Add(new ErrorField($"{field}.{name}", "is required"));
            }
            else if (value is null || value.Length == 0 || value.Length > maxLength)
            {
                errors.Add(new ErrorField($"{field}.{name}", $"must have 1 to {maxLength} characters"));
            }
        }

        foreach (var name in given.Keys.Where(name => known.All(one => one.Name != name)))
            errors.Add(new ErrorField($"{field}.{ApiException.Shorten(name)}", known.Length == 0 ? "is not known: this type has none" : $"is not known; known are {string.Join(", ", known.Select(one => one.Name))}"));
        return errors;
    }

    private static string? UrlProblem(CertificateIssuerType type, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return "must be a URL such as https://ca.example.com:8888, without user, query and fragment";
        // RFC 7030, 3.3: EST is HTTP over TLS; CFSSL's requests are authenticated, and its answers are certificates.
        return type == CertificateIssuerType.Est && uri.Scheme != "https" ? "must begin with https:// (RFC 7030, 3.3)" : null;
    }

    private static void Throw(List<ErrorField> errors)
    {
        if (errors.Count > 0)
            throw ApiException.Invalid(errors);
    }

    [GeneratedRegex(@"^([a-fA-F0-9][a-fA-F0-9]){1,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HexKeyPattern();

    [GeneratedRegex(@"^[A-Za-z0-9._~-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelPattern();
}
