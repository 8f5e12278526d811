using System.Net;
using System.Text;
using Surety.Coap;

namespace Surety.Fuzz.Targets.Coap;

/// <summary>URIs: what is read stays the same through its text and through the options of a request.</summary>
internal sealed class CoapUriTarget : FuzzTarget
{
    private static readonly IPEndPoint Destination = new(IPAddress.Loopback, 5683);

    public override string Name => "coap-uri";

    public override int MaxLength => 400;

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. new[] { "coap://", "coaps+tcp://", "[::1]", "%25", "%2e", "..", "/./", "?", "&", "#", "@", ":5683", "%", "é", "[fe80::1%251]" }.Select(Encoding.UTF8.GetBytes)];

    public override void Run(ReadOnlySpan<byte> input, FeatureSet features)
    {
        string text = Encoding.UTF8.GetString(input);
        if (!CoapUri.TryParse(text, out CoapUri? uri, out string? reason))
        {
            Assert.NotNull(reason);
            features.AddText(0, reason);
            return;
        }

        features.Add(1, uri.Scheme.Length);
        features.AddAmount(2, uri.PathAndQuery.Count(c => c == '/'));
        features.AddAmount(3, uri.PathAndQuery.Count(c => c == '%'));
        features.Add(4, uri.Address is null ? 0 : uri.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 1 : 2);
        Assert.InRange(uri.Port, 1, 65535);
        Assert.StartsWith("/", uri.PathAndQuery, StringComparison.Ordinal);
        Assert.Equal(uri, CoapUri.Parse(uri.ToString()));

        var options = new CoapOptions();
        try
        {
            uri.AddTo(options, Destination);
        }
        catch (ArgumentException)
        {
            // A segment that no option can hold.
            features.Add(5, 0);
            return;
        }

        Assert.DoesNotContain(options, o => o.Key == CoapOptionNumber.UriPath && o.Value.Span is [(byte)'.'] or [(byte)'.', (byte)'.']);
        // A name that was percent-encoded is none that 6.5 composes a URI of.
        if (uri.Address is null && uri.Host.Any(c => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.')))
            return;
        CoapUri? composed = CoapUri.FromOptions(uri.Scheme, options, Destination);
        Assert.NotNull(composed);
        var again = new CoapOptions();
        composed.AddTo(again, Destination);
        Assert.Equal(options.Select(Describe), again.Select(Describe));

        static string Describe(KeyValuePair<CoapOptionNumber, ReadOnlyMemory<byte>> option) => $"{option.Key} {Convert.ToHexString(option.Value.Span)}";
    }
}
