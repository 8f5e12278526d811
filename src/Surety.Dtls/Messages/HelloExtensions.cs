using System.Text;

namespace Surety.Dtls;

/// <summary>The extensions of a ClientHello or ServerHello that are known here. Null is absent.</summary>
internal sealed class HelloExtensions
{
    // RFC 6066, 3: a name of the DNS has at most 255 bytes.
    private const int MaxServerName = 255;

    public string? ServerName { get; set; }

    /// <summary>An empty server_name, with which a server says that it has looked at the name.</summary>
    public bool AcknowledgesServerName { get; set; }

    /// <summary>2^(8 + this) bytes.</summary>
    public byte? MaxFragmentLength { get; set; }

    public ushort[]? Groups { get; set; }

    /// <summary>Uncompressed points are among the formats; null without the extension.</summary>
    public bool? UncompressedPoints { get; set; }

    public ushort[]? SignatureSchemes { get; set; }

    public byte[][]? ApplicationProtocols { get; set; }

    /// <summary>Of a ServerHello, the one selected.</summary>
    public byte[]? ClientCertificateTypes { get; set; }

    /// <summary>Of a ServerHello, the one selected.</summary>
    public byte[]? ServerCertificateTypes { get; set; }

    public bool EncryptThenMac { get; set; }

    public bool ExtendedMasterSecret { get; set; }

    public ushort? RecordSizeLimit { get; set; }

    /// <summary>Empty in a ServerHello, and in a ClientHello without a ticket.</summary>
    public byte[]? SessionTicket { get; set; }

    public byte[]? ConnectionId { get; set; }

    public ConnectionIdForm ConnectionIdForm { get; set; }

    public bool ReturnRoutabilityCheck { get; set; }

    public byte[]? RenegotiationInfo { get; set; }

    /// <summary>All types that were there, in order; also those that are not known.</summary>
    public List<ExtensionType> Types { get; } = [];

    /// <summary>Reads what stands behind the compression methods.</summary>
    /// <returns>False when it cannot be decoded.</returns>
    public static bool TryRead(ref WireReader reader, bool isServer, out HelloExtensions extensions)
    {
        extensions = new HelloExtensions();
        if (reader.IsEmpty)
            return reader.IsValid;
        var list = new WireReader(reader.Vector16());
        while (!list.IsEmpty)
        {
            var type = (ExtensionType)list.UInt16();
            var data = new WireReader(list.Vector16());
            // RFC 5246, 7.4.1.4: none may be there twice.
            if (!list.IsValid || extensions.Types.Contains(type) || !extensions.TryReadOne(type, ref data, isServer))
                return false;
            extensions.Types.Add(type);
        }

        return reader.IsComplete;
    }

    /// <summary>Writes them, with the length of the whole; nothing when there are none.</summary>
    public void Write(WireWriter writer, bool isServer)
    {
        var list = new WireWriter();
        WriteAll(list, isServer);
        if (list.Length > 0)
            writer.Vector16(list.Written);
    }

    private bool TryReadOne(ExtensionType type, ref WireReader data, bool isServer)
    {
        switch (type)
        {
            case ExtensionType.ServerName:
                return isServer ? (AcknowledgesServerName = data.IsComplete) : TryReadServerName(ref data);
            case ExtensionType.MaxFragmentLength:
                MaxFragmentLength = data.UInt8();
                return data.IsComplete;
            case ExtensionType.SupportedGroups:
                Groups = data.UInt16s();
                return data.IsComplete && Groups.Length > 0;
            case ExtensionType.EcPointFormats:
                UncompressedPoints = data.Vector8().Contains((byte)0);
                return data.IsComplete;
            case ExtensionType.SignatureAlgorithms:
                SignatureSchemes = data.UInt16s();
                return data.IsComplete && SignatureSchemes.Length > 0;
            case ExtensionType.ApplicationLayerProtocolNegotiation:
                return TryReadProtocols(ref data);
            case ExtensionType.ClientCertificateType:
                ClientCertificateTypes = CertificateTypes(ref data, isServer);
                return data.IsComplete && ClientCertificateTypes.Length > 0;
            case ExtensionType.ServerCertificateType:
                ServerCertificateTypes = CertificateTypes(ref data, isServer);
                return data.IsComplete && ServerCertificateTypes.Length > 0;
            case ExtensionType.EncryptThenMac:
                return EncryptThenMac = data.IsComplete;
            case ExtensionType.ExtendedMasterSecret:
                return ExtendedMasterSecret = data.IsComplete;
            case ExtensionType.RecordSizeLimit:
                RecordSizeLimit = data.UInt16();
                return data.IsComplete;
            case ExtensionType.SessionTicket:
                SessionTicket = data.Rest().ToArray();
                return true;
            case ExtensionType.ConnectionId:
                ConnectionId = data.Vector8().ToArray();
                ConnectionIdForm = ConnectionIdForm.Rfc9146;
                return data.IsComplete;
            case ExtensionType.ConnectionIdDraft05 when ConnectionId is null:
                ConnectionId = data.Vector8().ToArray();
                ConnectionIdForm = ConnectionIdForm.Draft05;
                return data.IsComplete;
            case ExtensionType.ReturnRoutabilityCheck:
                return ReturnRoutabilityCheck = data.IsComplete;
            case ExtensionType.RenegotiationInfo:
                RenegotiationInfo = data.Vector8().ToArray();
                return data.IsComplete;
            default:
                return true;
        }
    }

    private bool TryReadServerName(ref WireReader data)
    {
        var names = new WireReader(data.Vector16());
        while (!names.IsEmpty)
        {
            byte kind = names.UInt8();
            ReadOnlySpan<byte> name = names.Vector16();
            // Devices put addresses there, which are no names; whether one is known is decided elsewhere.
            if (kind == 0 && ServerName is null && name.Length is > 0 and <= MaxServerName && Ascii.IsValid(name))
                ServerName = Encoding.ASCII.GetString(name);
        }

        return names.IsValid && data.IsComplete;
    }

    private bool TryReadProtocols(ref WireReader data)
    {
        var list = new WireReader(data.Vector16());
        List<byte[]> protocols = [];
        while (!list.IsEmpty)
        {
            ReadOnlySpan<byte> protocol = list.Vector8();
            if (protocol.IsEmpty)
                return false;
            protocols.Add(protocol.ToArray());
        }

        ApplicationProtocols = [.. protocols];
        return list.IsValid && data.IsComplete && protocols.Count > 0;
    }

    private void WriteAll(WireWriter list, bool isServer)
    {
        if (ServerName is not null)
            Extension(list, ExtensionType.ServerName, w => WriteServerName(w, ServerName));
        else if (AcknowledgesServerName)
            Extension(list, ExtensionType.ServerName, static _ => { });
        if (RenegotiationInfo is not null)
            Extension(list, ExtensionType.RenegotiationInfo, w => w.Vector8(RenegotiationInfo));
        if (MaxFragmentLength is { } length)
            Extension(list, ExtensionType.MaxFragmentLength, w => w.UInt8(length));
        if (Groups is not null)
            Extension(list, ExtensionType.SupportedGroups, w => w.UInt16s(Groups));
        if (UncompressedPoints == true)
            Extension(list, ExtensionType.EcPointFormats, static w => w.Vector8([0]));
        if (SignatureSchemes is not null)
            Extension(list, ExtensionType.SignatureAlgorithms, w => w.UInt16s(SignatureSchemes));
        if (ApplicationProtocols is not null)
            Extension(list, ExtensionType.ApplicationLayerProtocolNegotiation, w => WriteProtocols(w, ApplicationProtocols));
        if (ClientCertificateTypes is not null)
            Extension(list, ExtensionType.ClientCertificateType, w => WriteCertificateTypes(w, ClientCertificateTypes, isServer));
        if (ServerCertificateTypes is not null)
            Extension(list, ExtensionType.ServerCertificateType, w => WriteCertificateTypes(w, ServerCertificateTypes, isServer));
        if (EncryptThenMac)
            Extension(list, ExtensionType.EncryptThenMac, static _ => { });
        if (ExtendedMasterSecret)
            Extension(list, ExtensionType.ExtendedMasterSecret, static _ => { });
        if (RecordSizeLimit is { } limit)
            Extension(list, ExtensionType.RecordSizeLimit, w => w.UInt16(limit));
        if (SessionTicket is not null)
            Extension(list, ExtensionType.SessionTicket, w => w.Bytes(SessionTicket));
        if (ConnectionId is not null)
            Extension(list, ConnectionIdForm == ConnectionIdForm.Draft05 ? ExtensionType.ConnectionIdDraft05 : ExtensionType.ConnectionId, w => w.Vector8(ConnectionId));
        if (ReturnRoutabilityCheck)
            Extension(list, ExtensionType.ReturnRoutabilityCheck, static _ => { });
    }

    private static void Extension(WireWriter list, ExtensionType type, Action<WireWriter> write)
    {
        var data = new WireWriter(64);
        write(data);
        list.UInt16((int)type);
        list.Vector16(data.Written);
    }

    private static void WriteServerName(WireWriter writer, string name)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(name);
        writer.UInt16(bytes.Length + 3);
        writer.UInt8(0);
        writer.Vector16(bytes);
    }

    private static void WriteProtocols(WireWriter writer, byte[][] protocols)
    {
        writer.UInt16(protocols.Sum(protocol => protocol.Length + 1));
        foreach (byte[] protocol in protocols)
            writer.Vector8(protocol);
    }

    private static void WriteCertificateTypes(WireWriter writer, byte[] types, bool isServer)
    {
        if (isServer)
            writer.UInt8(types[0]);
        else
            writer.Vector8(types);
    }

    private static byte[] CertificateTypes(ref WireReader data, bool isServer) => isServer ? [data.UInt8()] : data.Vector8().ToArray();
}
