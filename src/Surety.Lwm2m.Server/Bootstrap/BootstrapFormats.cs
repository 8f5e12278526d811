using Surety.Coap;

namespace Surety.Lwm2m.Server;

/// <summary>The formats in which a device is written to, in the order in which they are tried.</summary>
internal static class BootstrapFormats
{
    /// <summary>
    /// What the device has taken before, what it prefers (<c>pct</c>), then what its version must know: TLV in LwM2M 1.0 (TS 1.0.2, 6.4), SenML since 1.1,
    /// LwM2M CBOR since 1.2 (Core TS 1.2.2, 7.5).
    /// </summary>
    /// <param name="progress">The device.</param>
    /// <param name="taken">What it has taken before.</param>
    /// <param name="refused">What it has refused.</param>
    public static IEnumerable<ContentFormat> Of(BootstrapProgress progress, ContentFormat? taken, IReadOnlyCollection<ContentFormat> refused)
    {
        IEnumerable<ContentFormat> known = progress.Version switch
        {
            Lwm2mVersion.V10 => [ContentFormat.Lwm2mTlv, ContentFormat.SenmlCbor, ContentFormat.SenmlJson, ContentFormat.Lwm2mJson],
            Lwm2mVersion.V11 => [ContentFormat.SenmlCbor, ContentFormat.SenmlJson, ContentFormat.Lwm2mTlv],
            _ => [ContentFormat.SenmlCbor, ContentFormat.SenmlJson, ContentFormat.Lwm2mCbor, ContentFormat.Lwm2mTlv],
        };
        return Prefer(taken).Concat(Prefer(progress.Request.PreferredContentFormat)).Concat(known).Distinct().Where(format => !refused.Contains(format));
    }

    /// <summary>The same for a Write; a single value may also go as it is.</summary>
    public static IEnumerable<ContentFormat> Of(
        BootstrapProgress progress, ContentFormat? taken, IReadOnlyCollection<ContentFormat> refused, Lwm2mPath path, IReadOnlyList<ResourceEntry> entries)
    {
        IEnumerable<ContentFormat> formats = Of(progress, taken, refused);
        return entries is [{ } single] && single.Path == path
            ? formats.Append(single.Value.Type == ResourceType.Opaque ? ContentFormat.OctetStream : ContentFormat.TextPlain)
            : formats;
    }

    private static IEnumerable<ContentFormat> Prefer(ContentFormat? format) => format is { } value ? [value] : [];
}
