using System.Net.Security;
using System.Text;

namespace Surety.Dtls;

/// <summary>Sessions as bytes, to go on in another process or node. The bytes hold keys: whoever keeps them encrypts them.</summary>
internal static class SavedSession
{
    private const byte Version = 2;

    /// <summary>
    /// Records that a session may have sent between being saved and being restored: 2^24, sixteen million in the seconds between. A session can
    /// be restored as many times before its numbers run out.
    /// </summary>
    public const ulong Reserve = 1UL << 24;

    [Flags]
    private enum Properties : byte
    {
        IsServer = 1,
        HasExtendedMasterSecret = 2,
        IsResumed = 4,
        HasConnectionId = 8,
        ChecksReturnRoutability = 16,
    }

    public static byte[] Write(DtlsSession session)
    {
        var writer = new WireWriter(512);
        writer.UInt8(Version);
        writer.UInt64(session.Number);
        session.Address.WriteTo(writer.Take(PeerAddress.Size));
        writer.UInt16((int)session.CipherSuite);
        Properties properties = (session.IsServer ? Properties.IsServer : 0) | (session.HasExtendedMasterSecret ? Properties.HasExtendedMasterSecret : 0)
            | (session.IsResumed ? Properties.IsResumed : 0) | (session.HasConnectionId ? Properties.HasConnectionId : 0)
            | (session.ChecksReturnRoutability ? Properties.ChecksReturnRoutability : 0);
        writer.UInt8((int)properties);
        writer.UInt8((int)session.ConnectionIdForm);
        writer.Vector8(session.PeerConnectionId);
        writer.Vector8(session.Keys.Block);
        writer.UInt64(session.NextSequenceNumber);
        writer.UInt64(session.Window.Next);
        writer.UInt16(session.MaxContent);
        writer.Vector8(session.ApplicationProtocol is { } protocol ? Encoding.ASCII.GetBytes(protocol) : []);
        session.Peer.Write(writer);
        writer.Vector16(!session.IsServer && session.Resumption is { } resumption ? resumption.ToBytes() : []);
        return writer.ToArray();
    }

    /// <summary>Reads a session.</summary>
    /// <param name="bytes">What <see cref="Write"/> gave.</param>
    /// <param name="session">The session; no nonce that it had used will come again, and nothing that it had received is taken again.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DtlsSession? session)
    {
        session = null;
        var reader = new WireReader(bytes);
        byte version = reader.UInt8();
        ulong number = reader.UInt64();
        ReadOnlySpan<byte> address = reader.Bytes(PeerAddress.Size);
        var suite = CipherSuite.Find((TlsCipherSuite)reader.UInt16());
        var properties = (Properties)reader.UInt8();
        var form = (ConnectionIdForm)reader.UInt8();
        byte[] cid = reader.Vector8().ToArray(), keys = reader.Vector8().ToArray();
        ulong next = reader.UInt64(), received = reader.UInt64();
        int maxContent = reader.UInt16();
        string protocol = Encoding.ASCII.GetString(reader.Vector8());
        bool hasPeer = PeerCredential.TryRead(ref reader, out PeerCredential peer);
        ReadOnlySpan<byte> resumption = reader.Vector16();
        if (!reader.IsComplete || !hasPeer || version != Version || suite is null || keys.Length != suite.Cipher.KeyBlockLength || form > ConnectionIdForm.Draft05
            || next > RecordHeader.MaxSequenceNumber || received > RecordHeader.MaxSequenceNumber + 1 || maxContent == 0)
            return false;
        bool isServer = properties.HasFlag(Properties.IsServer);
        session = new DtlsSession(number, PeerAddress.ReadFrom(address), isServer, suite, peer)
        {
            ApplicationProtocol = protocol.Length > 0 ? protocol : null,
            HasExtendedMasterSecret = properties.HasFlag(Properties.HasExtendedMasterSecret),
            IsResumed = properties.HasFlag(Properties.IsResumed),
            Resumption = DtlsResumption.TryRead(resumption, out DtlsResumption? value) ? value : null,
        };
        session.Adopt(
            new TrafficKeys(suite.Cipher, keys, isServer), cid, form, properties.HasFlag(Properties.HasConnectionId), properties.HasFlag(Properties.ChecksReturnRoutability), next + Reserve,
            ReplayWindow.After(received), maxContent);
        return true;
    }
}
