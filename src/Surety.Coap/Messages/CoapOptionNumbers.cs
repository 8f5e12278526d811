namespace Surety.Coap;

/// <summary>What the number of an option says about it (RFC 7252, 5.4.6), and what its definition allows.</summary>
public static class CoapOptionNumbers
{
    /// <summary>A receiver that does not know a critical option must not process the message.</summary>
    public static bool IsCritical(this CoapOptionNumber number) => ((int)number & 1) != 0;

    /// <summary>A proxy that does not know an unsafe option must not forward the message.</summary>
    public static bool IsUnsafe(this CoapOptionNumber number) => ((int)number & 2) != 0;

    /// <summary>Not part of the cache key; only meaningful for safe-to-forward options.</summary>
    public static bool IsNoCacheKey(this CoapOptionNumber number) => ((int)number & 0x1E) == 0x1C;

    /// <summary>The definition of an option that this stack recognises in a request or response.</summary>
    /// <returns>False when it does not: critical ones are then refused, elective ones ignored.</returns>
    internal static bool TryGetDefinition(CoapOptionNumber number, out OptionDefinition definition)
    {
        definition = number switch
        {
            CoapOptionNumber.IfMatch => new(0, 8, Repeatable: true),
            CoapOptionNumber.UriHost => new(1, 255),
            CoapOptionNumber.ETag => new(1, 8, Repeatable: true),
            CoapOptionNumber.IfNoneMatch => new(0, 0),
            CoapOptionNumber.Observe => new(0, 3),
            CoapOptionNumber.UriPort => new(0, 2),
            CoapOptionNumber.LocationPath => new(0, 255, Repeatable: true),
            CoapOptionNumber.UriPath => new(0, 255, Repeatable: true),
            CoapOptionNumber.ContentFormat => new(0, 2),
            CoapOptionNumber.MaxAge => new(0, 4),
            CoapOptionNumber.UriQuery => new(0, 255, Repeatable: true),
            CoapOptionNumber.HopLimit => new(1, 1),
            CoapOptionNumber.Accept => new(0, 2),
            CoapOptionNumber.LocationQuery => new(0, 255, Repeatable: true),
            CoapOptionNumber.Block2 => new(0, 3),
            CoapOptionNumber.Block1 => new(0, 3),
            CoapOptionNumber.Size2 => new(0, 4),
            CoapOptionNumber.ProxyUri => new(1, 1034),
            CoapOptionNumber.ProxyScheme => new(1, 255),
            CoapOptionNumber.Size1 => new(0, 4),
            CoapOptionNumber.Echo => new(1, 40),
            CoapOptionNumber.NoResponse => new(0, 1),
            CoapOptionNumber.RequestTag => new(0, 8, Repeatable: true),
            _ => default,
        };
        return definition.IsKnown;
    }

    internal readonly record struct OptionDefinition(int MinLength, int MaxLength, bool Repeatable = false)
    {
        private readonly bool _isKnown = true;

        public bool IsKnown => _isKnown;

        public bool Allows(int length, bool isRepeated) => length >= MinLength && length <= MaxLength && (!isRepeated || Repeatable);
    }
}
