using System.Text;
using Surety.Coap;

namespace Surety.Server.Tests.Connect;

/// <summary>A request that reached a device.</summary>
internal sealed record DeviceCall(CoapCode Method, string Path, string Query, byte[] Payload, ContentFormat? ContentFormat, ContentFormat? Accept, int? Observe)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    public override string ToString() => $"{Method} {Path}{(Query.Length > 0 ? "?" : "")}{Query}{(Observe is null ? "" : $" observe={Observe}")}{(Payload.Length > 0 ? " " : "")}{Text}";
}
