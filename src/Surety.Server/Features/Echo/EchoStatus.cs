namespace Surety.Server.Features.Echo;

/// <summary>What became of a desired value. The numbers are the contract's. (connect, EchoResourceDesired.)</summary>
internal enum EchoStatus
{
    /// <summary>The device was not asked yet, or has not answered.</summary>
    Pending = 0,

    /// <summary>The device has it.</summary>
    Done = 1,

    /// <summary>The device has refused it, or was not reached in time.</summary>
    Failed = 2,
}
