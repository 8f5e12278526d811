using System.Globalization;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Audit;

namespace Surety.Server.Features.Connect;

/// <summary>
/// What the audit log says of requests that change something of a device: that it was asked, and what became of it. Of a payload its size alone, for
/// it may be a secret.
/// </summary>
internal static class DeviceRequestAudit
{
    private const string Entity = "device";

    /// <summary>Before the request is on its way; null for one that changes nothing.</summary>
    public static AuditRecord? Of(EntityId account, EntityId device, string endpointName, string asyncId, DeviceRequest request, string uri) => request.Method.IsSafe
        ? null
        : new AuditRecord(account, AuditActions.DeviceRequest, Entity, device.ToString())
        {
            EntityName = endpointName,
            Changes =
            [
                new AuditChange("method", null, DeviceRequests.MethodName(request.Method)), new AuditChange("uri", null, AuditValues.Format(uri)),
                new AuditChange("async_id", null, asyncId), new AuditChange("payload_bytes", null, request.Payload.Length.ToString(CultureInfo.InvariantCulture)),
            ],
        };

    /// <summary>When the outcome is known; null for a request that changes nothing.</summary>
    public static AuditRecord? Of(DeviceRequestRecord record, in QueueOutcome outcome)
    {
        if (!DeviceRequests.TryParseMethod(record.Method, out var method) || method.IsSafe)
            return null;
        var (status, error) = AsyncResponses.Describe(outcome);
        List<AuditChange> changes = [new("method", null, record.Method), new("uri", null, AuditValues.Format(record.Uri)), new("async_id", null, record.AsyncId)];
        if (error is not null)
            changes.Add(new AuditChange("error", null, AuditValues.Format(error)));
        return new AuditRecord(record.Account, AuditActions.DeviceResponse, Entity, record.Device.ToString()) { Status = status, Changes = changes };
    }
}
