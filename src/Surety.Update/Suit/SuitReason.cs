namespace Surety.Update;

/// <summary>Why a manifest was not carried out (draft-ietf-suit-report, 4).</summary>
public enum SuitReason
{
    /// <summary>It was.</summary>
    Ok = 0,

    /// <summary>An argument or a parameter cannot be read.</summary>
    CborParse = 1,

    /// <summary>A command is not supported.</summary>
    CommandUnsupported = 5,

    /// <summary>A component is not the device's.</summary>
    ComponentUnsupported = 6,

    /// <summary>A parameter is missing or not supported.</summary>
    ParameterUnsupported = 8,

    /// <summary>A condition does not hold.</summary>
    ConditionFailed = 10,

    /// <summary>A directive failed.</summary>
    OperationFailed = 11,
}
