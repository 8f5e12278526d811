using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surety.Device;

/// <summary>
/// A device's operational identity on disk, key and certificate in one file each, so that one rename changes them together:
/// <c>candidate.key</c>, a key whose certificate is being asked for; <c>candidate.pem</c>, an identity that has not worked yet;
/// <c>operational.pem</c>, the one that has. A power cut leaves a state that is listed here.
/// </summary>
/// <param name="files">The files.</param>
internal sealed class IdentityStore(IdentityFiles files)
{
    private const string KeyFile = "candidate.key";
    private const string CandidateFile = "candidate.pem";
    private const string OperationalFile = "operational.pem";
    private const string AuthoritiesFile = "authorities.pem";
    private const string TimeFile = "time";

    private readonly Lock _lock = new();

    /// <summary>The identity that has worked; null: there is none.</summary>
    public DeviceIdentity? Operational { get; private set; } = ReadIdentity(files, OperationalFile);

    /// <summary>The identity that has not worked yet; null: there is none.</summary>
    public DeviceIdentity? Candidate { get; private set; } = ReadIdentity(files, CandidateFile);

    /// <summary>The last time that is known to have been; null: none.</summary>
    public DateTimeOffset? LastKnownTime { get; private set; } = ReadTime(files);

    /// <summary>The key whose certificate is to be asked for: that of an enrolment that was interrupted, or a fresh one on P-256, stored before anybody hears of it.</summary>
    /// <exception cref="IOException">It cannot be stored.</exception>
    public ECDsa OpenKey()
    {
        lock (_lock)
        {
            var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            if (files.Read(KeyFile) is { } text)
            {
                try
                {
                    key.ImportFromPem(text);
                    // A power cut may have come between the certificate and the deletion of this file: a renewal has a key of its own.
                    if (!IsKeyOf(Candidate, key) && !IsKeyOf(Operational, key))
                        return key;
                    key.Dispose();
                    key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                }
                catch (Exception e) when (e is ArgumentException or CryptographicException)
                {
                    // Not ours, or damaged: another one.
                    key.Dispose();
                    key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                }
            }

            files.Write(KeyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
            return key;
        }
    }

    /// <summary>Stores a certificate for the key of <see cref="OpenKey"/> beside the identity that works.</summary>
    /// <exception cref="IOException">It cannot be stored.</exception>
    public void AddCandidate(ECDsa key, X509Certificate2 certificate, IEnumerable<X509Certificate2> intermediates)
    {
        lock (_lock)
        {
            X509Certificate2[] chain = [certificate, .. intermediates];
            files.Write(CandidateFile, key.ExportPkcs8PrivateKeyPem() + "\n" + string.Concat(chain.Select(element => element.ExportCertificatePem() + "\n")));
            Candidate = ReadIdentity(files, CandidateFile);
            files.Delete(KeyFile);
        }
    }

    /// <summary>The candidate has worked: it takes the place of the operational identity.</summary>
    /// <exception cref="IOException">The files do not let it.</exception>
    public void Confirm()
    {
        lock (_lock)
        {
            if (Candidate is null)
                return;
            files.Rename(CandidateFile, OperationalFile);
            Operational = Candidate;
            Candidate = null;
        }
    }

    /// <summary>The candidate does not work, and the operational identity does.</summary>
    /// <exception cref="IOException">The files do not let it.</exception>
    public void Reject()
    {
        lock (_lock)
        {
            files.Delete(CandidateFile);
            Candidate = null;
        }
    }

    /// <summary>Keeps the authority's certificates, as the EST server gave them.</summary>
    /// <exception cref="IOException">They cannot be stored.</exception>
    public void SetAuthorities(IEnumerable<X509Certificate2> certificates)
    {
        lock (_lock)
            files.Write(AuthoritiesFile, string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem() + "\n")));
    }

    /// <summary>Remembers that a time has been.</summary>
    /// <exception cref="IOException">It cannot be stored.</exception>
    public void SetLastKnownTime(DateTimeOffset time)
    {
        lock (_lock)
        {
            files.Write(TimeFile, time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + "\n");
            LastKnownTime = time;
        }
    }

    /// <summary>Forgets the operational identity, as a factory reset does; the factory identity is elsewhere, and stays.</summary>
    /// <exception cref="IOException">The files do not let it.</exception>
    public void Clear()
    {
        lock (_lock)
        {
            foreach (string name in new[] { CandidateFile, OperationalFile, KeyFile, AuthoritiesFile })
                files.Delete(name);
            Candidate = Operational = null;
        }
    }

    private static bool IsKeyOf(DeviceIdentity? identity, ECDsa key) =>
        identity is not null && identity.Certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo());

    private static DeviceIdentity? ReadIdentity(IdentityFiles files, string name)
    {
        try
        {
            return files.Read(name) is { } text ? DeviceIdentity.FromPemText(text) : null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static DateTimeOffset? ReadTime(IdentityFiles files) =>
        long.TryParse(files.Read(TimeFile), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
