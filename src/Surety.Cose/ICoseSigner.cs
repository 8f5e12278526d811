namespace Surety.Cose;

/// <summary>A private key that signs, wherever it is.</summary>
public interface ICoseSigner
{
    /// <summary>What it signs with.</summary>
    CoseAlgorithm Algorithm { get; }

    /// <summary>Signs.</summary>
    /// <param name="toBeSigned">The Sig_structure (RFC 9052, 4.4), to be hashed as the algorithm says.</param>
    /// <returns>r and s, each as long as the curve's order (RFC 9053, 2.1).</returns>
    byte[] Sign(ReadOnlySpan<byte> toBeSigned);
}
