namespace Surety.Server.Features.Notifications;

/// <summary>The first byte of an event's record: the member of the envelope that it goes to. Values are never used for something else.</summary>
internal enum ChannelEventKind : byte
{
    Notification = 1,
    Registration = 2,
    RegistrationUpdate = 3,
    Deregistration = 4,
    RegistrationExpired = 5,
    AsyncResponse = 6,
}
