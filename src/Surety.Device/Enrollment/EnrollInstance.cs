using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Client;

namespace Surety.Device;

/// <summary>
/// Object 35011 of Pelion's clients: a server orders that a certificate is renewed. A POST to <c>/35011/0/27002</c> names the certificate in TLV of
/// its own (type and length 16 bits each, most significant byte first; type 1 is the name, ended by NUL); the answer comes when it is done, with a
/// number as text: 0, or what went wrong.
/// </summary>
internal sealed class EnrollInstance : ObjectInstance
{
    internal const ushort ObjectId = 35011;
    internal const ushort Enroll = 27002;

    private const ushort NameType = 1;
    private const ushort OptionalFlag = 0x8000;
    private const string CertificateName = "LWM2M";

    private static readonly ObjectModel Definition = new(
        ObjectId, ObjectVersion.Default, ObjectVersion.Default, "Certificate Renewal", isMultiple: false, isMandatory: false,
        [new ResourceModel(Enroll, "Enroll", ResourceOperations.Execute, IsMultiple: false, IsMandatory: true, ResourceType.None, "", "")]);

    private readonly DeviceEnrollment _enrollment;

    public EnrollInstance(DeviceEnrollment enrollment)
        : base(Definition)
    {
        _enrollment = enrollment;
        OnPost(Enroll, RenewAsync);
    }

    /// <summary>The statuses of Pelion's certificate enrolment client.</summary>
    private enum Status
    {
        Success = 0,
        Error = 0x0500,
        ItemNotFound = 0x0504,
        DeviceBusy = 0x0505,
        BadInputFromServer = 0x0506,
        EstError = 0x0507,
        StorageError = 0x0508,
        ForbiddenRequest = 0x050E,
    }

    /// <summary>Reads the name; false when the bytes are no such TLV, or hold something that must be understood and is not.</summary>
    internal static bool TryReadName(ReadOnlySpan<byte> tlv, out string name)
    {
        name = "";
        bool isFound = false;
        while (!tlv.IsEmpty)
        {
            if (tlv.Length < 4)
                return false;
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(tlv), length = BinaryPrimitives.ReadUInt16BigEndian(tlv[2..]);
            if (tlv.Length - 4 < length)
                return false;
            ReadOnlySpan<byte> value = tlv.Slice(4, length);
            tlv = tlv[(4 + length)..];
            if (type == NameType && !isFound && length > 1 && value[^1] == 0)
            {
                name = Encoding.ASCII.GetString(value[..^1]);
                isFound = true;
            }
            else if ((type & OptionalFlag) == 0)
                return false;
        }

        return isFound;
    }

    private async ValueTask<ReadOnlyMemory<byte>> RenewAsync(ReadOnlyMemory<byte> order, CancellationToken cancellationToken)
    {
        Status status = await TryRenewAsync(order, cancellationToken).ConfigureAwait(false);
        if (status == Status.Success)
            _ = UseLaterAsync();
        return Encoding.ASCII.GetBytes(((int)status).ToString(CultureInfo.InvariantCulture));
    }

    private async Task<Status> TryRenewAsync(ReadOnlyMemory<byte> order, CancellationToken cancellationToken)
    {
        if (!TryReadName(order.Span, out string name))
            return Status.BadInputFromServer;
        // The factory's certificate is nobody's to renew.
        if (string.Equals(name, "BOOTSTRAP", StringComparison.OrdinalIgnoreCase))
            return Status.ForbiddenRequest;
        if (!string.Equals(name, CertificateName, StringComparison.OrdinalIgnoreCase))
            return Status.ItemNotFound;
        try
        {
            await _enrollment.RenewAsync(cancellationToken).ConfigureAwait(false);
            return Status.Success;
        }
        catch (RenewalBusyException)
        {
            return Status.DeviceBusy;
        }
        catch (Exception e) when (e is EstException or CoapExchangeException)
        {
            _enrollment.LogRenewalRefused(e.Message);
            return Status.EstError;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _enrollment.LogRenewalRefused(e.Message);
            return Status.StorageError;
        }
        catch (CryptographicException e)
        {
            _enrollment.LogRenewalRefused(e.Message);
            return Status.Error;
        }
    }

    /// <summary>The server has its answer before the connection changes.</summary>
    private async Task UseLaterAsync()
    {
        await Task.Delay(DeviceEnrollment.TimeToAnswer, _enrollment.Time).ConfigureAwait(false);
        _enrollment.UseCandidate();
    }
}
