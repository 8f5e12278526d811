namespace Surety.Lwm2m;

public readonly partial struct ResourceValue
{
    /// <summary>
    /// The same value as another type, when nothing is lost: numbers between Integer, UnsignedInteger, Float and Time; 0 and 1 to Boolean;
    /// text to Objlnk, CoreLink and back.
    /// </summary>
    /// <param name="type">The wanted type.</param>
    /// <param name="converted">The converted value.</param>
    /// <returns>False when the value has no exact counterpart.</returns>
    public bool TryConvert(ResourceType type, out ResourceValue converted)
    {
        ResourceType own = Type;
        if (own == type)
        {
            converted = this;
            return true;
        }

        converted = default;
        switch (type)
        {
            case ResourceType.Integer when TryGetInt64(out long integer):
                converted = FromInteger(integer);
                return true;
            case ResourceType.UnsignedInteger when TryGetUInt64(out ulong unsigned):
                converted = FromUnsigned(unsigned);
                return true;
            case ResourceType.Float when own != ResourceType.Time && TryGetNumber(out double number):
                converted = FromFloat(number);
                return true;
            case ResourceType.Time when own == ResourceType.Float:
                double seconds = AsFloat();
                if (!double.IsFinite(seconds)) return false;
                converted = FromTime(seconds);
                return true;
            case ResourceType.Time when TryGetInt64(out long time):
                converted = FromTime(time);
                return true;
            case ResourceType.Boolean when TryGetInt64(out long bit) && bit is 0 or 1:
                converted = FromBoolean(bit == 1);
                return true;
            case ResourceType.ObjectLink when own == ResourceType.String && Lwm2m.ObjectLink.TryParse(AsString(), out ObjectLink link):
                converted = FromObjectLink(link);
                return true;
            case ResourceType.CoreLink when own == ResourceType.String:
                converted = FromCoreLink(AsString());
                return true;
            case ResourceType.String when own == ResourceType.CoreLink:
                converted = FromString(AsString());
                return true;
            case ResourceType.String when own == ResourceType.ObjectLink:
                converted = FromString(AsObjectLink().ToString());
                return true;
            default:
                return false;
        }
    }

    /// <summary>The whole number of a numeric value, when it fits.</summary>
    private bool TryGetInt64(out long number)
    {
        number = _bits;
        switch (Type)
        {
            case ResourceType.Integer:
                return true;
            case ResourceType.UnsignedInteger:
                return _bits >= 0;
            case ResourceType.Float:
                return Numbers.TryToInt64(AsFloat(), out number);
            case ResourceType.Time:
                return ReferenceEquals(_reference, Marker.Time);
            default:
                return false;
        }
    }

    private bool TryGetUInt64(out ulong number)
    {
        number = (ulong)_bits;
        switch (Type)
        {
            case ResourceType.Integer:
                return _bits >= 0;
            case ResourceType.UnsignedInteger:
                return true;
            case ResourceType.Float:
                return Numbers.TryToUInt64(AsFloat(), out number);
            case ResourceType.Time:
                return ReferenceEquals(_reference, Marker.Time) && _bits >= 0;
            default:
                return false;
        }
    }
}
