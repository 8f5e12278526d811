namespace Surety.Update;

/// <summary>Parameters of components (draft-ietf-suit-manifest, 8.4.8; suit-trust-domains; suit-update-management; suit-firmware-encryption).</summary>
public enum SuitParameter
{
    /// <summary>16 bytes.</summary>
    VendorIdentifier = 1,

    /// <summary>16 bytes.</summary>
    ClassIdentifier = 2,

    /// <summary>A <see cref="SuitDigest"/>.</summary>
    ImageDigest = 3,

    /// <summary>Seconds since 1970.</summary>
    UseBefore = 4,

    /// <summary>A number.</summary>
    ComponentSlot = 5,

    /// <summary>Whether commands are run in their order.</summary>
    StrictOrder = 12,

    /// <summary>Whether a condition that does not hold ends the sequence, and nothing else.</summary>
    SoftFailure = 13,

    /// <summary>Bytes.</summary>
    ImageSize = 14,

    /// <summary>Bytes to be written or compared.</summary>
    Content = 18,

    /// <summary>How the image is encrypted.</summary>
    EncryptionInfo = 19,

    /// <summary>Where the image is.</summary>
    Uri = 21,

    /// <summary>The index of the component that is copied.</summary>
    SourceComponent = 22,

    /// <summary>What the component is run with.</summary>
    InvokeArguments = 23,

    /// <summary>16 bytes.</summary>
    DeviceIdentifier = 24,

    /// <summary>How it is downloaded.</summary>
    FetchArguments = 25,

    /// <summary>Percent.</summary>
    MinimumBattery = 26,

    /// <summary>How urgent it is.</summary>
    UpdatePriority = 27,

    /// <summary>How versions compare.</summary>
    Version = 28,

    /// <summary>What is waited for.</summary>
    WaitInfo = 29,
}
