namespace Surety.Lwm2m;

/// <summary>What to do about an observation.</summary>
/// <param name="IsDue">Whether a notification goes out now. It counts as sent.</param>
/// <param name="NeedsSample">Whether the value must be measured now and be told to the trigger: epmax has passed.</param>
/// <param name="NextCheck">When to ask again if nothing changes before, in milliseconds of the same clock; null: only when something changes.</param>
public readonly record struct NotificationDecision(bool IsDue, bool NeedsSample, long? NextCheck);
