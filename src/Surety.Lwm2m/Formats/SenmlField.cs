namespace Surety.Lwm2m;

/// <summary>The fields of SenML records; the comments give the labels of SenML CBOR (RFC 8428, table 6).</summary>
internal enum SenmlField
{
    /// <summary>Something else, which a receiver ignores.</summary>
    Unknown,

    /// <summary>-1</summary>
    BaseVersion,

    /// <summary>-2</summary>
    BaseName,

    /// <summary>-3</summary>
    BaseTime,

    /// <summary>-4</summary>
    BaseUnit,

    /// <summary>-5</summary>
    BaseValue,

    /// <summary>-6</summary>
    BaseSum,

    /// <summary>0</summary>
    Name,

    /// <summary>1</summary>
    Unit,

    /// <summary>2</summary>
    Value,

    /// <summary>3</summary>
    StringValue,

    /// <summary>4</summary>
    BooleanValue,

    /// <summary>5</summary>
    Sum,

    /// <summary>6</summary>
    Time,

    /// <summary>7</summary>
    UpdateTime,

    /// <summary>8</summary>
    DataValue,

    /// <summary><c>vlo</c>, LwM2M's own</summary>
    ObjectLinkValue,
}
