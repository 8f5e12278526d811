using System.Runtime.InteropServices;

namespace Surety.Interop.Tests.Pki;

/// <summary>A SoftHSM token with a key on each curve; pkcs11-tool made them, inside. It can be taken away and put back.</summary>
public sealed partial class SoftHsm : IAsyncLifetime
{
    public const string Module = "/usr/lib/softhsm/libsofthsm2.so";
    public const string Pin = "1234";

    private readonly string _folder = Directory.CreateTempSubdirectory("surety-hsm").FullName;

    public string Folder => _folder;

    public static string Uri(string key, string pin = Pin) => $"pkcs11:token=surety;object={key};type=private?module-path={Module}&pin-value={pin}";

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "tokens"));
        string configuration = Path.Combine(_folder, "softhsm2.conf");
        await File.WriteAllTextAsync(configuration, $"directories.tokendir = {Path.Combine(_folder, "tokens")}\n");
        // SoftHSM asks the C library, which .NET's own environment does not reach; children inherit .NET's.
        Assert.Equal(0, SetEnvironment("SOFTHSM2_CONF", configuration, 1));
        Environment.SetEnvironmentVariable("SOFTHSM2_CONF", configuration);
        await ForeignProcess.RunAsync("softhsm2-util", "softhsm2", "--init-token", "--free", "--label", "surety", "--so-pin", "12345678", "--pin", Pin);
        await MakeKeyAsync("EC:prime256v1", "01", "p256");
        await MakeKeyAsync("EC:secp384r1", "02", "p384");
    }

    public void TakeAway() => Directory.Move(Path.Combine(_folder, "tokens"), Path.Combine(_folder, "away"));

    public void PutBack() => Directory.Move(Path.Combine(_folder, "away"), Path.Combine(_folder, "tokens"));

    public static Task<string> ListAsync() => ForeignProcess.RunAsync("pkcs11-tool", "opensc", "--module", Module, "--login", "--pin", Pin, "--token-label", "surety", "--list-objects");

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static Task MakeKeyAsync(string type, string id, string label) => ForeignProcess.RunAsync(
        "pkcs11-tool", "opensc", "--module", Module, "--login", "--pin", Pin, "--token-label", "surety", "--keypairgen", "--key-type", type, "--id", id, "--label", label);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
