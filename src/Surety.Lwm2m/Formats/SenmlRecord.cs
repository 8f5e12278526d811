namespace Surety.Lwm2m;

/// <summary>One SenML record while it is read: its fields may come in any order (RFC 8428, 4.1 and 4.2).</summary>
internal ref struct SenmlRecord
{
    private int _seen;

    public ReadOnlySpan<byte> Name;
    public bool HasName;
    public bool HasBaseName;
    public double Time;
    public bool HasTime;
    public double BaseValue;
    public bool HasBaseValue;
    public ResourceValue Value;

    /// <summary>Whether the record has a field that a Fetch Pack must not have (RFC 8790, 3.1).</summary>
    public bool HasOtherField;

    public readonly bool HasValue => !Value.IsNone;

    /// <summary>Sets the value; a record has one at most.</summary>
    public bool TrySetValue(ResourceValue value)
    {
        if (HasValue) return false;
        Value = value;
        return true;
    }

    /// <summary>Notes a field; false when the record has it already.</summary>
    public bool TryMark(SenmlField field)
    {
        int bit = 1 << (int)field;
        bool isNew = (_seen & bit) == 0;
        _seen |= bit;
        return isNew;
    }
}
