namespace Surety.Lwm2m;

/// <summary>The attributes of class NOTIFICATION by name.</summary>
[Flags]
public enum AttributeNames
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary><c>pmin</c></summary>
    MinimumPeriod = 1 << 0,

    /// <summary><c>pmax</c></summary>
    MaximumPeriod = 1 << 1,

    /// <summary><c>gt</c></summary>
    GreaterThan = 1 << 2,

    /// <summary><c>lt</c></summary>
    LessThan = 1 << 3,

    /// <summary><c>st</c></summary>
    Step = 1 << 4,

    /// <summary><c>epmin</c></summary>
    MinimumEvaluationPeriod = 1 << 5,

    /// <summary><c>epmax</c></summary>
    MaximumEvaluationPeriod = 1 << 6,

    /// <summary><c>edge</c></summary>
    Edge = 1 << 7,

    /// <summary><c>con</c></summary>
    Confirmable = 1 << 8,

    /// <summary><c>hqmax</c></summary>
    MaximumHistoricalQueue = 1 << 9,
}
