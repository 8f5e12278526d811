namespace Surety.Server.Features.Console;

/// <summary>A file of the console in the forms that it is embedded in; one of them is there.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Plain">As it is; null for texts.</param>
/// <param name="Brotli">Compressed with Brotli (RFC 7932); null for what is compressed already.</param>
/// <param name="Gzip">Compressed with gzip (RFC 1952); null for what is compressed already.</param>
internal sealed record ConsoleFile(string ContentType, ReadOnlyMemory<byte>? Plain, ReadOnlyMemory<byte>? Brotli, ReadOnlyMemory<byte>? Gzip);
