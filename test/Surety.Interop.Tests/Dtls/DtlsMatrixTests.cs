using System.Net.Security;

namespace Surety.Interop.Tests.Dtls;

/// <summary>The table of suites and peers in <c>docs/dtls.md</c> is what the tests run.</summary>
public sealed class DtlsMatrixTests
{
    private const string Both = "C S";

    [Fact]
    public void The_documented_table_is_what_runs()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Surety.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        string[] documented = [.. File.ReadLines(Path.Combine(folder, "docs", "dtls.md")).Where(line => line.Contains("_WITH_", StringComparison.Ordinal) && line.Count(c => c == '|') == 8)];
        string[] run = [.. BouncyCastleTests.Suites.Select(row => row.Data).Select(Describe)];
        Assert.Equal(run.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    private static string Describe(TlsCipherSuite suite)
    {
        bool isOpenSsl = OpenSslDtlsTests.CertificateSuites.Concat(OpenSslDtlsTests.PskSuites).Any(row => row.Data.Item2 == suite);
        string gnuTls = GnuTlsTests.Suites.Any(row => row.Data.Item2 == suite) ? Both : GnuTlsTests.ServerSuites.Any(row => row.Data.Item2 == suite) ? "S" : "-";
        string[] badNetwork = [.. LibraryPeerTests.SuitesAndLosses.Select(row => row.Data).Where(data => data.Item3 == suite).GroupBy(data => data.Item1).Where(losses => losses.Count() == 2).Select(losses => losses.Key)];
        return $"| {suite.ToString()["TLS_".Length..]} | {(isOpenSsl ? Both : "-")} | {gnuTls} | {Library(LibraryPeer.MbedTls, suite)} | {Library(LibraryPeer.WolfSsl, suite)} | {Both} | "
            + (badNetwork.Contains(LibraryPeer.MbedTls) ? "mbedTLS |" : badNetwork.Contains(LibraryPeer.WolfSsl) ? "wolfSSL |" : BouncyCastleTests.SuitesAndLosses.Count(row => row.Data.Item1 == suite) == 2 ? "BouncyCastle |" : "- |");
    }

    private static string Library(string library, TlsCipherSuite suite) =>
        LibraryPeerTests.Suites.Any(row => row.Data.Item1 == library && row.Data.Item3 == suite) ? Both : "-";
}
