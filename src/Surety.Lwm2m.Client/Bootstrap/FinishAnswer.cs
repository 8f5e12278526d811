using Surety.Coap;

namespace Surety.Lwm2m.Client;

/// <summary>The answer to a Bootstrap-Finish, which may have to wait for a disk. Under the client's lock.</summary>
/// <param name="onAnswered">Told what is answered.</param>
internal sealed class FinishAnswer(Action<OperationError?> onAnswered)
{
    /// <summary>The answer; null: not known yet.</summary>
    public CoapResponse? Response { get; private set; }

    /// <summary>Where a late answer goes.</summary>
    public DeferredResponse? Later { get; set; }

    public void Complete(OperationError? error)
    {
        Response = error is null ? new CoapResponse(CoapCode.Changed) : CoapResponse.Error(error.Code, error.Reason);
        onAnswered(error);
        Later?.Complete(Response);
    }
}
