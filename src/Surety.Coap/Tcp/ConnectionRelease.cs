using System.Text;

namespace Surety.Coap;

/// <summary>Why, and how, one side wants a connection to end in order (RFC 8323, 5.5).</summary>
public sealed record ConnectionRelease
{
    private const int MaxHoldOffSeconds = 0xFF_FFFF;

    // A peer may name more; nobody needs them.
    private const int MaxAlternatives = 16;

    /// <summary>
    /// Authorities, <c>host:port</c>, to connect to instead, any of them. They inherit no trust from this connection (RFC 8323, 10.1).
    /// </summary>
    public IReadOnlyList<string> AlternativeAddresses { get; init; } = [];

    /// <summary>Do not come back before this time has passed; in whole seconds, up to 194 days. Null: nothing is asked.</summary>
    public TimeSpan? HoldOff { get; init; }

    /// <summary>For people.</summary>
    public string? Diagnostic { get; init; }

    internal static ConnectionRelease Read(in CoapMessage message)
    {
        List<string> addresses = [];
        TimeSpan? holdOff = null;
        foreach (CoapOption option in message.Options)
        {
            if (option.Number == SignalingOption.AlternativeAddress && option.Value.Length is >= 1 and <= 255 && addresses.Count < MaxAlternatives)
                addresses.Add(option.Text);
            else if (option.Number == SignalingOption.HoldOff && option.Value.Length <= 3)
                holdOff ??= TimeSpan.FromSeconds(option.UInt);
        }

        return new() { AlternativeAddresses = addresses, HoldOff = holdOff, Diagnostic = message.Payload.IsEmpty ? null : Encoding.UTF8.GetString(message.Payload) };
    }

    internal void Write(ref CoapMessageWriter writer)
    {
        foreach (string address in AlternativeAddresses)
            writer.Option(SignalingOption.AlternativeAddress, address);
        if (HoldOff is { } holdOff)
            writer.Option(SignalingOption.HoldOff, (uint)Math.Clamp(holdOff.TotalSeconds, 0, MaxHoldOffSeconds));
        if (Diagnostic is not null)
            writer.Payload(Encoding.UTF8.GetBytes(Diagnostic));
    }
}
