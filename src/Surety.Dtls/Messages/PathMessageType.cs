namespace Surety.Dtls;

/// <summary>Messages of the return routability check (RFC 9853, 4): each is this and a cookie of eight bytes.</summary>
internal enum PathMessageType : byte
{
    PathChallenge = 0,
    PathResponse = 1,

    /// <summary>Answers a challenge of the enhanced check, which is not made here.</summary>
    PathDrop = 2,
}
