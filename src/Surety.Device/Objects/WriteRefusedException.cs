namespace Surety.Device;

/// <summary>A value that a server wants to write is refused: thrown from <c>On...Writing</c> of a class with <see cref="Lwm2mObjectAttribute"/>.</summary>
/// <param name="reason">What is wrong; the server is told.</param>
public sealed class WriteRefusedException(string reason) : Exception(reason)
{
    /// <summary>It is not the value that is wrong: nothing may be written now. The answer is 4.05, and otherwise 4.00 (LwM2M Transport, table 6.7-4).</summary>
    public bool IsNotAllowed { get; init; }
}
