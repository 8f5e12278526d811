using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Connect;

/// <summary>The platform's ids as the LwM2M server knows them: the same 128 bits.</summary>
internal static class DeviceIds
{
    public static DeviceId ToDeviceId(this EntityId id) => new(new UInt128(id.High, id.Low));

    public static TenantId ToTenantId(this EntityId id) => new(new UInt128(id.High, id.Low));

    public static EntityId ToEntityId(this DeviceId id) => new((ulong)(id.Value >> 64), (ulong)id.Value);

    public static EntityId ToEntityId(this TenantId id) => new((ulong)(id.Value >> 64), (ulong)id.Value);
}
