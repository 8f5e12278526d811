namespace Surety.Server.Features.Directory;

/// <summary>What became of a <see cref="DeviceEnrolment"/>.</summary>
internal enum DeviceEnrolmentOutcome
{
    /// <summary>The device has a record.</summary>
    Enrolled,

    /// <summary>The device is suspended; its record was not touched.</summary>
    Suspended,

    /// <summary>As many devices as may share the certificate do.</summary>
    TooManySharing,

    /// <summary>A device with a production certificate has the name, and this one has none.</summary>
    NameIsOfProduction,

    /// <summary>The name cannot be stored.</summary>
    NameNotStorable,
}
