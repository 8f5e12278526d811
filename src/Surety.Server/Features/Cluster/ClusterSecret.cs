using System.Security.Cryptography;
using Surety.Server.Hosting;

namespace Surety.Server.Features.Cluster;

/// <summary>What nodes prove to each other that they are of one cluster with: a key that follows from <c>secrets.key</c>.</summary>
internal sealed class ClusterSecret(SecretProtector secrets)
{
    /// <summary>The header with the proof.</summary>
    public const string Header = "Surety-Node";

    private readonly byte[] _key = secrets.DeriveKey("requests between nodes of a cluster");

    public byte[] Prove(ReadOnlySpan<byte> message) => HMACSHA256.HashData(_key, message);
}
