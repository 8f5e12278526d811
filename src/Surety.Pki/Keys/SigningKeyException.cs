using System.Security.Cryptography;

namespace Surety.Pki;

/// <summary>A key cannot be opened, or cannot sign now; the message says why and what to do.</summary>
public sealed class SigningKeyException(string message, Exception? inner = null) : CryptographicException(message, inner);
