namespace Surety.Pki;

/// <summary>A device in a manifest.</summary>
/// <param name="EndpointName">Common name of its certificate.</param>
/// <param name="Serial">Serial number, hexadecimal.</param>
/// <param name="Sha256">Fingerprint of the certificate, hexadecimal: 64 digits.</param>
public sealed record FactoryDevice(string EndpointName, string Serial, string Sha256);
