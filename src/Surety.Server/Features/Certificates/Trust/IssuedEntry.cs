namespace Surety.Server.Features.Certificates;

/// <summary>What is known of an issued certificate, in 24 bytes.</summary>
/// <param name="Device">The device it was issued to.</param>
/// <param name="Account">Its account, by <see cref="AccountNumbers"/>.</param>
/// <param name="Status">What the certificate counts for.</param>
internal readonly record struct IssuedEntry(EntityId Device, int Account, IssuedCertificateStatus Status);
