using System.Globalization;
using System.Text;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// The credentials of a development device as C source: the symbols that Pelion's device client looks for in
/// <c>mbed_cloud_dev_credentials.c</c>.
/// </summary>
internal static class SecurityFile
{
    private const int BytesALine = 12;

    /// <summary>Writes the source.</summary>
    /// <param name="id">The endpoint name, until the device has one of its own.</param>
    /// <param name="account">Whose device it is.</param>
    /// <param name="bootstrapUri">The bootstrap server, with <c>aid</c>.</param>
    /// <param name="certificate">DER of the developer certificate.</param>
    /// <param name="key">Its key, PKCS #8.</param>
    /// <param name="root">DER of the authority above the bootstrap server.</param>
    public static string Write(EntityId id, EntityId account, string bootstrapUri, ReadOnlySpan<byte> certificate, ReadOnlySpan<byte> key, ReadOnlySpan<byte> root)
    {
        var source = new StringBuilder();
        Line(source, "// Credentials of a development device, made by Surety. They hold a private key: keep them out of public repositories,");
        Line(source, "// and never ship a product with them.");
        Line(source, "");
        Line(source, "#ifndef __MBED_CLOUD_DEV_CREDENTIALS_H__");
        Line(source, "#define __MBED_CLOUD_DEV_CREDENTIALS_H__");
        Line(source, "");
        Line(source, "#include <inttypes.h>");
        Line(source, "");
        Text(source, "BOOTSTRAP_ENDPOINT_NAME", id.ToString());
        Text(source, "ACCOUNT_ID", account.ToString());
        Text(source, "BOOTSTRAP_SERVER_URI", bootstrapUri);
        Line(source, "");
        Bytes(source, "BOOTSTRAP_DEVICE_CERTIFICATE", certificate);
        Bytes(source, "BOOTSTRAP_SERVER_ROOT_CA_CERTIFICATE", root);
        Bytes(source, "BOOTSTRAP_DEVICE_PRIVATE_KEY", key);
        Text(source, "MANUFACTURER", "dev_manufacturer");
        Text(source, "MODEL_NUMBER", "dev_model_num");
        Text(source, "SERIAL_NUMBER", "0");
        Text(source, "DEVICE_TYPE", "dev_device_type");
        Text(source, "HARDWARE_VERSION", "dev_hardware_version");
        Line(source, "const uint32_t MBED_CLOUD_DEV_MEMORY_TOTAL_KB = 0;");
        Line(source, "");
        Line(source, "#endif");
        return source.ToString();
    }

    private static void Text(StringBuilder source, string name, string value) => Line(source, $"const char MBED_CLOUD_DEV_{name}[] = \"{Escape(value)}\";");

    private static void Bytes(StringBuilder source, string name, ReadOnlySpan<byte> value)
    {
        var symbol = $"MBED_CLOUD_DEV_{name}";
        Line(source, $"const uint8_t {symbol}[] = {{");
        for (var start = 0; start < value.Length; start += BytesALine)
        {
            source.Append("   ");
            foreach (var one in value.Slice(start, Math.Min(BytesALine, value.Length - start)))
                source.Append(CultureInfo.InvariantCulture, $" 0x{one:x2},");
            Line(source, "");
        }

        Line(source, "};");
        Line(source, $"const uint32_t {symbol}_SIZE = sizeof({symbol});");
        Line(source, "");
    }

    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static void Line(StringBuilder source, string text) => source.Append(text).Append('\n');
}
