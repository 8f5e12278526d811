namespace Surety.Server.Features.Directory;

/// <summary>What a device's record is to say from now on.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="State">
/// Its state. <see cref="DeviceState.Bootstrapped"/> also sets <c>bootstrapped_timestamp</c>, and leaves a registered device registered: its registration
/// goes on until the device replaces it, which is no change of state.
/// </param>
/// <param name="At">When it changed.</param>
/// <param name="EndpointType">The LwM2M <c>et</c> that the device sent; null keeps what is there.</param>
internal readonly record struct DeviceStateChange(EntityId DeviceId, DeviceState State, DateTimeOffset At, string? EndpointType = null);
