using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Surety.Dtls;

namespace Surety.Server.Features.Certificates;

/// <summary>The trust anchors of all accounts, with the accounts that trust them. Changed by one thread at a time, read by all.</summary>
internal sealed class AnchorOwners
{
    private readonly ConcurrentDictionary<UInt128, ImmutableArray<TrustOwner>> _owners = new();
    private readonly ConcurrentDictionary<UInt128, ImmutableArray<UInt128>> _above = new();
    private readonly Dictionary<EntityId, List<Entry>> _byAccount = [];

    /// <summary>What the LwM2M server believes.</summary>
    public TrustAnchorSet Lwm2m { get; } = new();

    /// <summary>What the bootstrap server believes.</summary>
    public TrustAnchorSet Bootstrap { get; } = new();

    public TrustAnchorSet Of(TrustedCertificateService service) => service == TrustedCertificateService.Lwm2m ? Lwm2m : Bootstrap;

    /// <summary>
    /// The accounts that have the anchor, for this server, active or not; and those that have an authority above it, as the uploaded chain shows:
    /// an account that uploads the intermediate of another must not get the devices of that one for it.
    /// </summary>
    public ImmutableArray<TrustOwner> Find(ReadOnlySpan<byte> thumbprint, TrustedCertificateService service)
    {
        var key = TrustKey.OfHash(thumbprint);
        var found = FindExact(key, service);
        if (!_above.TryGetValue(key, out var above))
            return found;
        foreach (var other in above)
            found = found.AddRange(FindExact(other, service).RemoveAll(owner => found.Any(known => known.AccountId == owner.AccountId)));
        return found;
    }

    /// <summary>Takes over what an account trusts now, in place of what it trusted before.</summary>
    /// <param name="account">The account.</param>
    /// <param name="rows">All its trusted certificates.</param>
    /// <returns>False when nothing is different.</returns>
    public bool Replace(EntityId account, IReadOnlyList<TrustedCertificate> rows)
    {
        var before = _byAccount.GetValueOrDefault(account) ?? [];
        List<Entry> after = [.. rows.Select(Read).OfType<Entry>()];
        if (before.Count == after.Count && before.Zip(after).All(pair => pair.First.Owner == pair.Second.Owner && pair.First.Thumbprint.AsSpan().SequenceEqual(pair.Second.Thumbprint)))
            return false;
        _byAccount[account] = after;
        foreach (var entry in after)
        {
            _owners.AddOrUpdate(TrustKey.OfHash(entry.Thumbprint), [entry.Owner], (_, owners) => owners.RemoveAll(owner => owner.TrustedCertificateId == entry.Owner.TrustedCertificateId).Add(entry.Owner));
            if (!entry.Above.IsEmpty)
                _above.AddOrUpdate(TrustKey.OfHash(entry.Thumbprint), entry.Above, (_, above) => [.. above.Union(entry.Above)]);
            // An INACTIVE one is an anchor as well: its devices are then refused with the reason, and not as those of strangers.
            Of(entry.Owner.Service).Add(entry.Certificate);
        }

        foreach (var entry in before.Where(entry => !after.Exists(other => other.Owner.TrustedCertificateId == entry.Owner.TrustedCertificateId && other.Thumbprint.AsSpan().SequenceEqual(entry.Thumbprint))))
            Remove(entry);
        return true;
    }

    private ImmutableArray<TrustOwner> FindExact(UInt128 key, TrustedCertificateService service) =>
        _owners.TryGetValue(key, out var owners) ? owners.RemoveAll(owner => owner.Service != service) : [];

    /// <summary>
    /// Null for what cannot be an anchor: something that is no certificate, and a certificate that is no authority, unless the platform has made it
    /// for developers - an account could upload the certificate of another's device otherwise, and have that device.
    /// </summary>
    private static Entry? Read(TrustedCertificate row)
    {
        try
        {
            // The certificate that is believed is the one with the fingerprint; the upload may have those above it, too.
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(row.Certificate);
            try
            {
                var trusted = chain.FirstOrDefault(certificate => IssuedCertificates.FingerprintOf(certificate.RawData) == row.Fingerprint);
                var isDeveloper = row.DeviceExecutionMode is not null;
                if (trusted is null || (!isDeveloper && trusted.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: true }))
                    return null;
                return new Entry(
                    new TrustOwner(row.AccountId, row.Id, row.Service, row.Status == TrustedCertificateStatus.Active, isDeveloper), trusted.RawData, SHA256.HashData(trusted.RawData),
                    [.. chain.Where(other => other != trusted).Select(other => TrustKey.Of(other.RawData))]);
            }
            finally
            {
                foreach (var certificate in chain)
                    certificate.Dispose();
            }
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private void Remove(Entry entry)
    {
        var key = TrustKey.OfHash(entry.Thumbprint);
        var rest = _owners.GetValueOrDefault(key, []).RemoveAll(owner => owner.TrustedCertificateId == entry.Owner.TrustedCertificateId);
        if (rest.IsEmpty)
        {
            _owners.TryRemove(key, out _);
            _above.TryRemove(key, out _);
        }
        else
        {
            _owners[key] = rest;
        }

        if (!rest.Any(owner => owner.Service == entry.Owner.Service))
            Of(entry.Owner.Service).Remove(entry.Thumbprint);
    }

    private sealed record Entry(TrustOwner Owner, byte[] Certificate, byte[] Thumbprint, ImmutableArray<UInt128> Above);
}
