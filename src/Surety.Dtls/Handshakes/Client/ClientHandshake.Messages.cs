using System.Net.Security;
using System.Security.Cryptography;
using System.Text;

namespace Surety.Dtls;

/// <content>What the states do.</content>
internal sealed partial class ClientHandshake
{
    /// <summary>Takes over what the server has chosen.</summary>
    /// <exception cref="DtlsAlertException">It was not offered.</exception>
    public void Accept(ServerHello hello)
    {
        HelloExtensions chosen = hello.Extensions, offered = _hello.Extensions;
        if (hello.Version != ProtocolVersion.Dtls12)
            throw new DtlsAlertException(AlertDescription.ProtocolVersion, $"the server chose version {hello.Version:x4}");
        if (!_hello.CipherSuites.Contains(hello.CipherSuite) || hello.Compression != 0 || CipherSuite.Find((TlsCipherSuite)hello.CipherSuite) is not { } suite)
            throw new DtlsAlertException(AlertDescription.IllegalParameter, "the server chose what was not offered");
        int other = chosen.Types.FindIndex(type => !WasOffered(type));
        if (other >= 0)
            throw new DtlsAlertException(AlertDescription.UnsupportedExtension, $"the server answers extension {chosen.Types[other]}, which was not sent");
        if (chosen.RenegotiationInfo is { Length: > 0 })
            throw new DtlsAlertException(AlertDescription.HandshakeFailure, "the server believes that this is a renegotiation");
        if (!suite.Cipher.IsAead && !chosen.EncryptThenMac)
            throw new DtlsAlertException(AlertDescription.HandshakeFailure, "the server chose CBC without encrypt-then-MAC");
        if (Options.RequireExtendedMasterSecret && !chosen.ExtendedMasterSecret)
            throw new DtlsAlertException(AlertDescription.HandshakeFailure, "the server has no extended master secret, which is required here");

        Suite = suite;
        _serverRandom = hello.Random;
        _sessionId = hello.SessionId;
        HasExtendedMasterSecret = chosen.ExtendedMasterSecret;
        ExpectsTicket = chosen.SessionTicket is not null;
        ApplicationProtocol = chosen.ApplicationProtocols is [{ } protocol] ? Encoding.ASCII.GetString(protocol) : null;
        if (ApplicationProtocol is not null && !Options.ApplicationProtocols.Contains(ApplicationProtocol))
            throw new DtlsAlertException(AlertDescription.IllegalParameter, "the server chose a protocol that was not offered");
        ServerCertificateType = SelectType(chosen.ServerCertificateTypes, offered.ServerCertificateTypes);
        ClientCertificateType = SelectType(chosen.ClientCertificateTypes, offered.ClientCertificateTypes);
        if (chosen.RecordSizeLimit is { } limit)
            MaxPlaintext = limit >= 64 ? Math.Min((int)limit, 1 << 14) : throw new DtlsAlertException(AlertDescription.IllegalParameter, "the server asks for records of less than 64 bytes");
        if (chosen.ConnectionId is { } connectionId)
        {
            PeerConnectionId = connectionId;
            ConnectionIdForm = chosen.ConnectionIdForm;
            ExpectsConnectionId = Context.Options.ConnectionIdLength > 0;
            ChecksReturnRoutability = chosen.ReturnRoutabilityCheck;
        }

        IsResumed = Options.Resumption is { } resumption && _hello.SessionId.Length > 0 && hello.SessionId.AsSpan().SequenceEqual(_hello.SessionId);
        if (!IsResumed)
            return;
        // RFC 5246, F.1.4; RFC 7627, 5.3: it must be what it was.
        if (Options.Resumption!.Suite != suite || Options.Resumption.HasExtendedMasterSecret != HasExtendedMasterSecret)
            throw new DtlsAlertException(AlertDescription.HandshakeFailure, "the server resumes another session than the client");
        MasterSecret = Options.Resumption.MasterSecret;
        Peer = Options.Resumption.Peer;
        Keys = KeySchedule.Keys(Crypto, suite, MasterSecret, _hello.Random, _serverRandom, isServer: false);
    }

    public void VerifyPeer(IReadOnlyList<byte[]> chain)
    {
        if (chain.Count == 0)
            throw new DtlsAlertException(AlertDescription.BadCertificate, "the server has shown no certificate");
        _serverKey = Signatures.GetPublicKey(chain[0], ServerCertificateType);
        PeerVerification verification = ServerCertificateType == CertificateType.RawPublicKey
            ? Options.Verifier!.VerifyRawPublicKey(chain[0], isServer: true)
            : Options.Verifier!.VerifyCertificate(chain, isServer: true, Options.ServerName, Clock);
        Peer = verification.Credential ?? throw new DtlsAlertException(verification.Alert, verification.Problem ?? "the server is not trusted");
    }

    /// <summary>Verifies the server's key and agrees with it.</summary>
    public void Accept(in ServerKeyExchange message)
    {
        if (!_groups.Contains(message.Group))
            throw new DtlsAlertException(AlertDescription.IllegalParameter, "the server chose a group that was not offered");
        if (Suite!.HasCertificates
            && !Signatures.Verify(Crypto, _serverKey, message.Scheme, [.. _hello.Random, .. _serverRandom, .. message.Parameters], message.Signature))
            throw new DtlsAlertException(AlertDescription.DecryptError, "the server has not the private key of its certificate");
        using KeyShare share = Crypto.CreateKeyShare(message.Group);
        byte[] secret = new byte[KeyShare.MaxSecretLength];
        int length = share.Derive(message.PublicKey, secret);
        if (length == 0)
            throw new DtlsAlertException(AlertDescription.IllegalParameter, "the server's public key is not on the curve");
        _secret = secret[..length];
        CryptographicOperations.ZeroMemory(secret);
        _ownPublicKey = share.PublicKey.ToArray();
    }

    /// <summary>The server wants a certificate.</summary>
    public bool TryAccept(WireReader certificateRequest)
    {
        bool takesEcdsa = certificateRequest.Vector8().Contains(EcdsaSign);
        ushort[] schemes = certificateRequest.UInt16s();
        certificateRequest.Vector16();
        _requestedSchemes = takesEcdsa ? schemes : [];
        return certificateRequest.IsComplete;
    }

    public void AcceptTicket(byte[] ticket) => _ticket = ticket.Length > 0 ? ticket : null;

    /// <summary>Sends flight 5.</summary>
    public HandshakeState Answer()
    {
        BeginFlight();
        DtlsCertificate? certificate = null;
        if (_requestedSchemes is not null)
        {
            certificate = Options.Certificate is { } own && _requestedSchemes.Contains((ushort)own.Scheme)
                && (own.Chain.Count > 0 || ClientCertificateType == CertificateType.RawPublicKey) ? own : null;
            Add(HandshakeType.Certificate, writer => CertificateMessage.Write(writer, ClientCertificateType, certificate));
        }

        Add(HandshakeType.ClientKeyExchange, WriteClientKeyExchange);
        Agree();
        if (certificate is not null)
        {
            byte[] signature = certificate.Sign(Transcript);
            Add(HandshakeType.CertificateVerify, writer =>
            {
                writer.UInt16((int)certificate.Scheme);
                writer.Vector16(signature);
            });
        }

        AddFinished(Suite!, MasterSecret);
        SendFlight();
        return new ExpectServerFinished(this);
    }

    /// <summary>The server's Finished is in hand.</summary>
    public HandshakeState FinishAfter(HandshakeMessage finished)
    {
        VerifyFinished(Suite!, MasterSecret, finished);
        if (IsResumed)
        {
            BeginFlight();
            AddFinished(Suite!, MasterSecret);
            SendFlight(isLast: true);
        }

        Complete(new DtlsSession(Number, Address, isServer: false, Suite!, Peer)
        {
            ApplicationProtocol = ApplicationProtocol,
            HasExtendedMasterSecret = HasExtendedMasterSecret,
            IsResumed = IsResumed,
            Resumption = CreateResumption(),
        });
        return Established.Instance;
    }

    private DtlsResumption? CreateResumption()
    {
        if (IsResumed)
            return _ticket is null ? Options.Resumption : Options.Resumption!.With([], _ticket);
        if (_ticket is null && _sessionId.Length == 0)
            return null;
        return new(Suite!, MasterSecret, HasExtendedMasterSecret, Peer.WithoutRawData(), Clock) { SessionId = _ticket is null ? _sessionId : [], Ticket = _ticket };
    }

    private void Agree()
    {
        byte[] premaster = Suite!.HasPsk ? KeySchedule.PskPremaster(_secret, Options.PreSharedKey!.Key.Span) : _secret;
        MasterSecret = DeriveKeys(Suite, HasExtendedMasterSecret, premaster, _serverRandom);
        CryptographicOperations.ZeroMemory(premaster);
        CryptographicOperations.ZeroMemory(_secret);
    }

    private void WriteClientKeyExchange(WireWriter writer)
    {
        if (Suite!.HasPsk)
        {
            writer.Vector16(Options.PreSharedKey!.Identity.Span);
            // The server now knows the identity; that it knows the key is what its Finished proves.
            Peer = new PeerCredential.PreSharedKey(Options.PreSharedKey.Identity.ToArray());
        }

        if (Suite.HasEcdhe)
            writer.Vector8(_ownPublicKey);
    }

    private bool WasOffered(ExtensionType type)
    {
        HelloExtensions offered = _hello.Extensions;
        return type switch
        {
            ExtensionType.ServerName => offered.ServerName is not null,
            ExtensionType.EcPointFormats => offered.UncompressedPoints is not null,
            ExtensionType.ApplicationLayerProtocolNegotiation => offered.ApplicationProtocols is not null,
            ExtensionType.ClientCertificateType => offered.ClientCertificateTypes is not null,
            ExtensionType.ServerCertificateType => offered.ServerCertificateTypes is not null,
            ExtensionType.EncryptThenMac => offered.EncryptThenMac,
            ExtensionType.ExtendedMasterSecret => true,
            ExtensionType.RecordSizeLimit => offered.RecordSizeLimit is not null,
            ExtensionType.SessionTicket => offered.SessionTicket is not null,
            ExtensionType.ConnectionId => offered.ConnectionId is not null,
            ExtensionType.ReturnRoutabilityCheck => offered.ReturnRoutabilityCheck,
            // RFC 5746, 3.4: the signalling suite stands for it.
            ExtensionType.RenegotiationInfo => true,
            _ => false,
        };
    }

    private static CertificateType SelectType(byte[]? chosen, byte[]? offered)
    {
        if (chosen is null)
            return CertificateType.X509;
        return offered!.Contains(chosen[0]) ? (CertificateType)chosen[0] : throw new DtlsAlertException(AlertDescription.IllegalParameter, "the server chose a certificate type that was not offered");
    }
}
