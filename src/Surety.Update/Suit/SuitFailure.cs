namespace Surety.Update;

/// <summary>Ends a sequence; never leaves the processor.</summary>
internal sealed class SuitFailure(SuitReason reason, SuitCode code, SuitComponentId? component, string problem) : Exception(problem)
{
    public SuitReason Reason => reason;

    public SuitCode Code => code;

    public SuitComponentId? Component => component;
}
