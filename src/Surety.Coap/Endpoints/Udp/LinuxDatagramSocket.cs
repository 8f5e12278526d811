using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using static Surety.Coap.LinuxNative;

namespace Surety.Coap;

/// <summary>
/// recvmmsg and sendmmsg over buffers in native memory: one system call a batch and no allocation. On a wildcard address every datagram
/// tells which of our addresses it came to, so that the answer leaves from there: a host with several addresses would otherwise answer
/// from one the peer does not know.
/// </summary>
internal sealed unsafe class LinuxDatagramSocket : DatagramSocket
{
    // cmsghdr and an in6_pktinfo or in_pktinfo, aligned.
    private const int ControlSize = 48;
    private const int MaxLocalAddresses = 255;

    private readonly int _socket;
    private readonly int _event;
    private readonly Lock _eventLock = new();
    private readonly bool _isIPv6;
    private readonly bool _hasPacketInfo;
    private readonly Batch _incoming;
    private readonly Batch _outgoing;
    private readonly PeerKey[] _localAddresses = new PeerKey[MaxLocalAddresses + 1];
    private int _localCount = 1;
    private int _receivedCount;
    private int _outgoingCount;
    private bool _isDisposed;

    public LinuxDatagramSocket(Socket socket, int outgoingSize)
        : base(socket, outgoingSize)
    {
        _socket = (int)socket.Handle;
        _isIPv6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
        IPAddress bound = ((IPEndPoint)socket.LocalEndPoint!).Address;
        _hasPacketInfo = bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any) || PeerKey.FromAddress(new IPEndPoint(bound, 0)).IsMulticast;
        if (_hasPacketInfo)
        {
            Span<byte> on = [1, 0, 0, 0];
            if (_isIPv6)
                socket.SetRawSocketOption(IpProtoIpv6, Ipv6RecvPktInfo, on);
            else
                socket.SetRawSocketOption(IpProtoIp, IpPktInfo, on);
        }

        _event = EventFd(0, EfdNonblock | EfdCloexec);
        if (_event < 0)
            throw new SocketException(Marshal.GetLastPInvokeError());
        _incoming = new Batch(IncomingSize, _hasPacketInfo);
        _outgoing = new Batch(outgoingSize, _hasPacketInfo);
    }

    public override int OutgoingCount => _outgoingCount;

    public override int Receive()
    {
        _incoming.Reset(_receivedCount, _hasPacketInfo);
        _receivedCount = Math.Max(ReceiveMessages(_socket, _incoming.Messages, BatchSize, MsgDontWait, null), 0);
        return _receivedCount;
    }

    public override Span<byte> GetReceived(int index, out PeerKey peer, out bool isMulticast, out bool isTruncated)
    {
        MultiMessage* message = _incoming.Messages + index;
        isTruncated = (message->Header.Flags & MsgTrunc) != 0;
        byte local = ReadLocalAddress(&message->Header, out isMulticast);
        peer = ReadAddress((RawAddress*)message->Header.Name, local);
        return new Span<byte>(message->Header.Vectors->Base, (int)Math.Min(message->Length, (uint)IncomingSize));
    }

    public override void Wait(int milliseconds)
    {
        PollDescriptor* descriptors = stackalloc PollDescriptor[2];
        descriptors[0] = new PollDescriptor { Descriptor = _socket, Events = PollIn };
        descriptors[1] = new PollDescriptor { Descriptor = _event, Events = PollIn };
        if (Poll(descriptors, 2, milliseconds) > 0 && descriptors[1].Returned != 0)
        {
            ulong count;
            _ = Read(_event, &count, sizeof(ulong));
        }
    }

    public override void Wake()
    {
        // A descriptor that was closed may be another's by now.
        lock (_eventLock)
        {
            if (_isDisposed)
                return;
            ulong one = 1;
            _ = Write(_event, &one, sizeof(ulong));
        }
    }

    public override Span<byte> Rent(scoped in PeerKey peer)
    {
        MessageHeader* header = &_outgoing.Messages[_outgoingCount].Header;
        WriteAddress((RawAddress*)header->Name, peer, &header->NameLength);
        WriteLocalAddress(header, peer.LocalIndex);
        return new Span<byte>(header->Vectors->Base, OutgoingSize);
    }

    public override void Commit(int length) => _outgoing.Messages[_outgoingCount++].Header.Vectors->Length = (nuint)length;

    public override void Flush()
    {
        int sent = 0;
        while (sent < _outgoingCount)
        {
            int result = SendMessages(_socket, _outgoing.Messages + sent, (uint)(_outgoingCount - sent), 0);
            if (result > 0)
            {
                sent += result;
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error is Eintr)
                continue;
            // This datagram cannot go: no route, refused by a filter, no buffers. UDP may lose it; the others go on.
            sent++;
        }

        _outgoingCount = 0;
    }

    public override void Discard() => _outgoingCount = 0;

    public override void Dispose()
    {
        base.Dispose();
        lock (_eventLock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _ = Close(_event);
        }

        _incoming.Dispose();
        _outgoing.Dispose();
    }

    private static PeerKey ReadAddress(RawAddress* address, byte local)
    {
        ushort port = BinaryPrimitives.ReverseEndianness(address->Port);
        return address->Family == AfInet
            ? PeerKey.FromIPv4(BinaryPrimitives.ReverseEndianness(address->Address4), port, local)
            : PeerKey.FromIPv6(new ReadOnlySpan<byte>(address->Address6, 16), port, address->Scope, local);
    }

    private void WriteAddress(RawAddress* address, in PeerKey peer, uint* length)
    {
        address->Port = BinaryPrimitives.ReverseEndianness(peer.Port);
        if (!_isIPv6)
        {
            address->Family = AfInet;
            address->Address4 = BinaryPrimitives.ReverseEndianness(peer.IPv4);
            *length = 16;
            return;
        }

        address->Family = AfInet6;
        address->Address4 = 0; // sin6_flowinfo
        peer.CopyIPv6To(new Span<byte>(address->Address6, 16));
        address->Scope = peer.Scope;
        *length = 28;
    }

    private byte ReadLocalAddress(MessageHeader* header, out bool isMulticast)
    {
        isMulticast = false;
        if (!_hasPacketInfo || header->ControlLength < (nuint)sizeof(ControlHeader))
            return 0;
        var control = (ControlHeader*)header->Control;
        byte* data = (byte*)(control + 1);
        PeerKey local;
        if (control->Level == IpProtoIp && control->Type == IpPktInfo)
            local = PeerKey.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(data + 8, 4)), 0, 0);
        else if (control->Level == IpProtoIpv6 && control->Type == Ipv6PktInfo)
            local = PeerKey.FromIPv6(new ReadOnlySpan<byte>(data, 16), 0, *(uint*)(data + 16), 0);
        else
            return 0;
        isMulticast = local.IsMulticast;
        return isMulticast ? (byte)0 : IndexOf(local);
    }

    private byte IndexOf(in PeerKey local)
    {
        for (int i = 1; i < _localCount; i++)
        {
            if (_localAddresses[i] == local)
                return (byte)i;
        }

        if (_localCount > MaxLocalAddresses)
            return 0;
        _localAddresses[_localCount] = local;
        return (byte)_localCount++;
    }

    private void WriteLocalAddress(MessageHeader* header, byte index)
    {
        if (index == 0)
        {
            header->ControlLength = 0;
            return;
        }

        PeerKey local = _localAddresses[index];
        var control = (ControlHeader*)header->Control;
        byte* data = (byte*)(control + 1);
        if (_isIPv6)
        {
            control->Level = IpProtoIpv6;
            control->Type = Ipv6PktInfo;
            control->Length = (nuint)sizeof(ControlHeader) + 20;
            local.CopyIPv6To(new Span<byte>(data, 16));
            *(uint*)(data + 16) = local.Scope;
            header->ControlLength = (nuint)sizeof(ControlHeader) + 24;
            return;
        }

        control->Level = IpProtoIp;
        control->Type = IpPktInfo;
        control->Length = (nuint)sizeof(ControlHeader) + 12;
        *(int*)data = 0;
        BinaryPrimitives.WriteUInt32BigEndian(new Span<byte>(data + 4, 4), local.IPv4);
        *(int*)(data + 8) = 0;
        header->ControlLength = (nuint)sizeof(ControlHeader) + 16;
    }

    /// <summary>The structures of a batch, each pointing to its buffer, in one block of native memory.</summary>
    private readonly struct Batch
    {
        public readonly MultiMessage* Messages;
        private readonly byte* _buffers;

        public Batch(int size, bool hasControl)
        {
            nuint each = (nuint)(sizeof(IoVector) + sizeof(RawAddress) + 4 + ControlSize);
            Messages = (MultiMessage*)NativeMemory.AllocZeroed(BatchSize, (nuint)sizeof(MultiMessage) + each);
            _buffers = (byte*)NativeMemory.AllocZeroed(BatchSize, (nuint)size);
            byte* extra = (byte*)(Messages + BatchSize);
            for (int i = 0; i < BatchSize; i++, extra += each)
            {
                var vector = (IoVector*)extra;
                vector->Base = _buffers + ((nint)i * size);
                vector->Length = (nuint)size;
                ref MessageHeader header = ref Messages[i].Header;
                header.Vectors = vector;
                header.VectorCount = 1;
                header.Name = extra + sizeof(IoVector);
                header.NameLength = (uint)sizeof(RawAddress);
                header.Control = extra + sizeof(IoVector) + sizeof(RawAddress) + 4;
                header.ControlLength = hasControl ? ControlSize : (nuint)0;
            }
        }

        /// <summary>The kernel has written lengths; put the room back.</summary>
        public void Reset(int count, bool hasControl)
        {
            for (int i = 0; i < count; i++)
            {
                Messages[i].Header.NameLength = (uint)sizeof(RawAddress);
                Messages[i].Header.ControlLength = hasControl ? ControlSize : (nuint)0;
            }
        }

        public void Dispose()
        {
            NativeMemory.Free(Messages);
            NativeMemory.Free(_buffers);
        }
    }
}
