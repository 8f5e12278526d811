namespace Surety.Coap;

/// <summary>The options of a request that decide its course, read in one walk. Absent numbers are -1.</summary>
internal struct RequestOptions
{
    public int ContentFormat = -1;
    public int Accept = -1;
    public int Observe = -1;
    public int NoResponse = -1;
    public long Block1 = -1;
    public long Block2 = -1;
    public long Size1 = -1;
    public int PathCount;
    public bool HasProxy;
    public bool HasCondition;

    /// <summary>Hop-Limit is 0 or beyond 255 (RFC 8768, 3).</summary>
    public bool HasBadHopLimit;

    /// <summary>The first critical option that is unknown, too long, or may not be repeated (RFC 7252, 5.4.1, 5.4.3, 5.4.5); 0: none.</summary>
    public int BadOption;

    private int _echoStart;
    private int _echoLength;

    public RequestOptions()
    {
    }

    public readonly ReadOnlySpan<byte> Echo(ReadOnlySpan<byte> optionBytes) => optionBytes.Slice(_echoStart, _echoLength);

    public static RequestOptions Read(in CoapMessage message)
    {
        var result = new RequestOptions();
        CoapOptionReader options = message.Options;
        int previous = -1;
        while (options.MoveNext())
        {
            int number = (int)options.Number;
            ReadOnlySpan<byte> value = options.Value;
            if (number == (int)CoapOptionNumber.UriPath && value.Length <= 255)
            {
                result.PathCount++;
                previous = number;
                continue;
            }

            bool isRepeated = number == previous;
            previous = number;
            if (number == (int)CoapOptionNumber.HopLimit && !isRepeated)
                result.HasBadHopLimit = CoapOption.ReadUInt(value[..Math.Min(value.Length, 4)]) is 0 or > byte.MaxValue;

            if (!CoapOptionNumbers.TryGetDefinition(options.Number, out CoapOptionNumbers.OptionDefinition definition)
                || !definition.Allows(value.Length, isRepeated))
            {
                if (options.Number.IsCritical() && result.BadOption == 0)
                    result.BadOption = number;
                continue;
            }

            result.Take(ref options);
        }

        return result;
    }

    private void Take(ref CoapOptionReader options)
    {
        ReadOnlySpan<byte> value = options.Value;
        switch (options.Number)
        {
            case CoapOptionNumber.Observe:
                Observe = (int)CoapOption.ReadUInt(value);
                break;
            case CoapOptionNumber.ContentFormat:
                ContentFormat = (int)CoapOption.ReadUInt(value);
                break;
            case CoapOptionNumber.Accept:
                Accept = (int)CoapOption.ReadUInt(value);
                break;
            case CoapOptionNumber.Block1:
                Block1 = CoapOption.ReadUInt(value);
                break;
            case CoapOptionNumber.Block2:
                Block2 = CoapOption.ReadUInt(value);
                break;
            case CoapOptionNumber.Size1:
                Size1 = CoapOption.ReadUInt(value);
                break;
            case CoapOptionNumber.NoResponse:
                NoResponse = (int)CoapOption.ReadUInt(value);
                break;
            case CoapOptionNumber.ProxyUri or CoapOptionNumber.ProxyScheme:
                HasProxy = true;
                break;
            case CoapOptionNumber.IfMatch or CoapOptionNumber.IfNoneMatch:
                HasCondition = true;
                break;
            case CoapOptionNumber.Echo:
                _echoStart = options.ValueStart;
                _echoLength = value.Length;
                break;
        }
    }

    /// <summary>RFC 7967, 2.1: a bit for each class of responses the client has no interest in.</summary>
    public readonly bool IsUnwanted(CoapCode code) => NoResponse > 0 && code.Class > 0 && (NoResponse & (1 << (code.Class - 1))) != 0;
}
