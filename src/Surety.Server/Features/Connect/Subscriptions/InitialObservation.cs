using Surety.Lwm2m;

namespace Surety.Server.Features.Connect;

/// <summary>What is observed of a device from its registration on, by a rule of its account.</summary>
/// <param name="Path">An object, instance, resource or resource instance.</param>
/// <param name="Attributes">What is written with Write-Attributes before the path is observed; may be empty.</param>
internal sealed record InitialObservation(Lwm2mPath Path, NotificationAttributes Attributes)
{
    /// <summary>The path with its attributes as they are written: <c>/3303/0/5700?pmin=10&amp;gt=30</c>.</summary>
    public override string ToString() => Attributes.IsEmpty ? Path.ToString() : $"{Path}?{string.Join('&', Attributes.ToQueries())}";
}
