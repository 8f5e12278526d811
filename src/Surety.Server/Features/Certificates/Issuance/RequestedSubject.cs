using System.Security.Cryptography;
using Surety.Coap;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// Checks the names in a device's request against the device. Names that are left out are no matter: the certificate has all of them. Pelion's
/// clients ask for L = device id, OU = account id, CN = endpoint name.
/// </summary>
internal static class RequestedSubject
{
    private const string CommonName = "2.5.4.3";
    private const string Locality = "2.5.4.7";
    private const string OrganizationalUnit = "2.5.4.11";

    /// <exception cref="CoapException">4.03: the names are another device's; 4.00: they cannot be read.</exception>
    public static void Check(CertificateOrder order)
    {
        try
        {
            foreach (var name in order.Request.Subject.EnumerateRelativeDistinguishedNames())
            {
                if (name.HasMultipleElements)
                    throw new CoapException(CoapCode.BadRequest, "the subject of the request has several names in one element; send CN, OU and L one by one");
                Check(order, name.GetSingleElementType().Value, name.GetSingleElementValue() ?? "");
            }
        }
        catch (CryptographicException)
        {
            throw new CoapException(CoapCode.BadRequest, "the subject of the request cannot be read");
        }
    }

    private static void Check(CertificateOrder order, string? type, string value)
    {
        var (what, expected) = type switch
        {
            CommonName => ("CN", order.EndpointName),
            OrganizationalUnit => ("OU", order.AccountId.ToString()),
            Locality => ("L", order.DeviceId.ToString()),
            _ => ("", value),
        };
        // Ids are hexadecimal digits of either case; names are exact.
        if (!value.Equals(expected, what == "CN" ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase))
            throw new CoapException(CoapCode.Forbidden, $"the request is for another device: its {what} is '{Api.ApiException.Shorten(value)}', this device has '{expected}'");
    }
}
