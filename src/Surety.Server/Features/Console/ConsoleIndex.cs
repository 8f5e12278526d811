using System.Security.Cryptography;
using System.Text;

namespace Surety.Server.Features.Console;

/// <summary>The console's page: with each answer it has a new nonce, which styles that its scripts make carry (CSP 3, 7.1).</summary>
internal sealed class ConsoleIndex
{
    private const string Place = """<meta name="csp-nonce" content="">""";
    private const int NonceBytes = 16;

    private readonly string _before;
    private readonly string _after;

    /// <exception cref="InvalidDataException">The page has no place for the nonce.</exception>
    public ConsoleIndex(ReadOnlySpan<byte> html)
    {
        var text = Encoding.UTF8.GetString(html);
        var place = text.IndexOf(Place, StringComparison.Ordinal);
        if (place < 0)
            throw new InvalidDataException($"console/index.html has no {Place}");
        (_before, _after) = (text[..place], text[(place + Place.Length)..]);
    }

    /// <summary>Makes the page and the policy that goes with it.</summary>
    /// <remarks>Scripts are files of the server's own, requests go to the server alone, and nothing may frame the page.</remarks>
    public (byte[] Page, string Policy) Make()
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        var page = Encoding.UTF8.GetBytes($"""{_before}<meta name="csp-nonce" content="{nonce}">{_after}""");
        var policy = $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
            + "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        return (page, policy);
    }
}
