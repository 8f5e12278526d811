namespace Surety.Dtls;

/// <summary>A message of a flight, kept to be sent again.</summary>
/// <param name="Type">What it is.</param>
/// <param name="IsProtected">It belongs to the new epoch.</param>
/// <param name="Content">A whole handshake message, or the content of a record.</param>
internal readonly record struct FlightRecord(ContentType Type, bool IsProtected, byte[] Content);
