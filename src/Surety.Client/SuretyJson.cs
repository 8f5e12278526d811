using System.Text.Json.Serialization;

namespace Surety.Client;

/// <summary>The JSON of the Service API, generated: nothing is reflected on, so trimming and AOT keep it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(ListPage<User>))]
[JsonSerializable(typeof(UserRequest))]
[JsonSerializable(typeof(ListPage<ApiKey>))]
[JsonSerializable(typeof(ApiKeyRequest))]
[JsonSerializable(typeof(ListPage<Application>))]
[JsonSerializable(typeof(ApplicationRequest))]
[JsonSerializable(typeof(ListPage<AccessKey>))]
[JsonSerializable(typeof(AccessKeyRequest))]
[JsonSerializable(typeof(ListPage<Device>))]
[JsonSerializable(typeof(DeviceUpdate))]
[JsonSerializable(typeof(SuspendRequest))]
[JsonSerializable(typeof(ListPage<DeviceEvent>))]
[JsonSerializable(typeof(ListPage<Enrollment>))]
[JsonSerializable(typeof(EnrollmentRequest))]
[JsonSerializable(typeof(BulkEnrollment))]
[JsonSerializable(typeof(ListPage<TrustedCertificate>))]
[JsonSerializable(typeof(TrustedCertificateRequest))]
[JsonSerializable(typeof(DeveloperCertificate))]
[JsonSerializable(typeof(DeveloperCertificateRequest))]
[JsonSerializable(typeof(Webhook))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(DeviceRequestBody))]
[JsonSerializable(typeof(AsyncId))]
[JsonSerializable(typeof(ChannelInfo))]
[JsonSerializable(typeof(NotificationMessage))]
[JsonSerializable(typeof(ListPage<DeviceGroup>))]
[JsonSerializable(typeof(DeviceGroupUpdate))]
[JsonSerializable(typeof(DeviceGroupMember))]
[JsonSerializable(typeof(DeviceSelection))]
[JsonSerializable(typeof(DeviceGroupChange))]
[JsonSerializable(typeof(ListPage<PolicyGroup>))]
[JsonSerializable(typeof(PolicyGroupRequest))]
[JsonSerializable(typeof(PolicyGroupMembers))]
[JsonSerializable(typeof(ListPage<DeviceQuery>))]
[JsonSerializable(typeof(DeviceQueryRequest))]
[JsonSerializable(typeof(ListPage<AuditEntry>))]
[JsonSerializable(typeof(DeviceEcho))]
[JsonSerializable(typeof(EchoRequest))]
[JsonSerializable(typeof(DeviceImport))]
[JsonSerializable(typeof(IReadOnlyList<Presubscription>))]
[JsonSerializable(typeof(IReadOnlyList<DeviceResource>))]
internal sealed partial class SuretyJson : JsonSerializerContext
{
    /// <summary>The shape of <typeparamref name="T"/>.</summary>
    public static System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> Of<T>() => (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)Default.GetTypeInfo(typeof(T))!;
}
