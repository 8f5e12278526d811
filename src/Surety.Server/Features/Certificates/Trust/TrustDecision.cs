using System.Diagnostics.CodeAnalysis;

namespace Surety.Server.Features.Certificates;

/// <summary>Whether a peer is believed, and which device it then is.</summary>
/// <param name="Claim">The device, when it is believed.</param>
/// <param name="Refusal">Why not, when it is not.</param>
internal readonly record struct TrustDecision(DeviceClaim Claim, TrustRefusal? Refusal)
{
    public bool IsBelieved([NotNullWhen(false)] out TrustRefusal? refusal)
    {
        refusal = Refusal;
        return refusal is null;
    }
}
