using System.Globalization;
using Surety.Server.Api;
using Surety.Server.Api.Filters;

namespace Surety.Server.Features.Certificates;

/// <summary>The fields that trusted certificates can be filtered by. (certificates, "Trusted certificates".)</summary>
internal static class TrustedCertificateFilters
{
    // The last day that there is, less some: a sum of days that is larger means all.
    private const int MaxDays = 100_000;

    /// <summary>The filters, for a question asked <paramref name="now"/>.</summary>
    public static FilterSet<TrustedCertificate> At(DateTimeOffset now) => new FilterSet<TrustedCertificate>()
        .Equality("certificate_fingerprint", certificate => certificate.Fingerprint, value => value.ToLowerInvariant())
        .Equality("enrollment_mode", certificate => certificate.EnrollmentMode, ParseSwitch)
        .Condition("expire", FilterFormat.Number, days =>
        {
            var end = now.AddDays(ParseDays(days));
            return certificate => certificate.Validity <= end;
        })
        .Equality("name", certificate => certificate.Name, value => value)
        .Equality("owner", certificate => certificate.OwnerId, ParseOwner)
        .Equality("service", certificate => certificate.Service, ParseChoice<TrustedCertificateService>)
        .Equality("status", certificate => certificate.Status, ParseChoice<TrustedCertificateStatus>)
        .Condition("valid", FilterFormat.Switch, value =>
        {
            var valid = ParseSwitch(value);
            return certificate => certificate.Validity > now == valid;
        })
        .OptionalNumber("device_execution_mode", certificate => certificate.DeviceExecutionMode)
        .Like("issuer", certificate => certificate.Issuer)
        .Like("subject", certificate => certificate.Subject);

    private static bool ParseSwitch(string value) => bool.TryParse(value, out var result) ? result : throw new FormatException("must be true or false");

    private static int ParseDays(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
        ? Math.Min(days, MaxDays)
        : throw new FormatException("must be a number of days");

    private static EntityId? ParseOwner(string value) => EntityId.TryParse(value.Trim(), out var id)
        ? id
        : throw new FormatException("must be an id of 32 hexadecimal digits");

    private static T ParseChoice<T>(string value)
        where T : struct, Enum => EnumNames.TryParse<T>(value.Trim(), out var choice)
            ? choice
            : throw new FormatException($"must be one of {string.Join(", ", EnumNames.Of(typeof(T)))}");
}
