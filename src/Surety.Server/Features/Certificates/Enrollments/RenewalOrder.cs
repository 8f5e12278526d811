using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// The request that has a device renew a certificate: for Pelion's client 35011/0/27002 with the name (pelion-clients, 4.7), for others the
/// Bootstrap-Request Trigger, whereupon the bootstrap server has it enrol anew (LwM2M 1.1 Core, E.2: resource 9).
/// </summary>
internal static class RenewalOrder
{
    private const ushort CertificateObject = 35011;
    private const ushort EnrollResource = 27002;
    private const ushort ServerObject = 1;
    private const ushort BootstrapRequestTrigger = 9;

    // TLV of Pelion's client: type and length are 16 bits, big-endian; type 1 is the name, with the NUL of C.
    private const ushort NameType = 1;

    /// <summary>The order for a device; null when it cannot renew this certificate.</summary>
    public static DeviceRequest? For(Registration registration, string certificateName)
    {
        if (!registration.Links.InstancesOf(CertificateObject).IsEmpty)
        {
            return new DeviceRequest(CoapCode.Post, new Lwm2mPath(CertificateObject, 0, EnrollResource)) { ContentFormat = ContentFormat.TextPlain, Payload = NameOf(certificateName) };
        }

        if (certificateName != CertificateOrder.Lwm2m || registration.Version < Lwm2mVersion.V11 || registration.Links.InstancesOf(ServerObject) is not [var server, ..])
            return null;
        return DeviceRequest.Execute(server.Append(BootstrapRequestTrigger));
    }

    /// <summary>What a device that was ordered has answered: null when it has renewed or is about to; else why not, in words.</summary>
    public static string? Explain(DeviceRequest order, DeviceResponse response)
    {
        if (!response.IsSuccess)
            return $"the device refused: {response.Code}{(response.Diagnostic is { Length: > 0 and < 200 } words ? $" {words}" : "")}";
        if (order.Path[0] != CertificateObject || response.Payload.IsEmpty)
            return null;
        var text = Encoding.ASCII.GetString(response.Payload.Span);
        return text == "0" ? null : $"the device failed with status {Api.ApiException.Shorten(text)}{Meaning(text)}";
    }

    /// <summary>Whether a device has answered that it is renewing already (Pelion's CE_STATUS_DEVICE_BUSY, 0x0505).</summary>
    public static bool IsBusy(DeviceRequest order, DeviceResponse response) =>
        response.IsSuccess && order.Path[0] == CertificateObject && response.Payload.Span.SequenceEqual("1285"u8);

    private static string Meaning(string status) => int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == 1284
        ? ": it has no certificate of that name"
        : "";

    private static byte[] NameOf(string certificateName)
    {
        var name = Encoding.UTF8.GetBytes(certificateName + "\0");
        var payload = new byte[4 + name.Length];
        BinaryPrimitives.WriteUInt16BigEndian(payload, NameType);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(2), (ushort)name.Length);
        name.CopyTo(payload, 4);
        return payload;
    }
}
