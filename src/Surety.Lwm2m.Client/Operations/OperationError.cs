using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>Why an operation was refused.</summary>
/// <param name="Code">The response code (LwM2M Transport, tables 6.7-3 and 6.7-4).</param>
/// <param name="Reason">For the diagnostic payload.</param>
internal sealed record OperationError(CoapCode Code, string Reason)
{
    public static OperationError NotFound(Lwm2mPath path) => new(CoapCode.NotFound, $"there is no {path}");

    /// <summary>A path that the resource tree cannot have (LwM2M Transport 6.4.4).</summary>
    public static OperationError NoResourceInstances(Lwm2mPath path) => new(CoapCode.MethodNotAllowed, $"{path.Parent} has no resource instances");
}
