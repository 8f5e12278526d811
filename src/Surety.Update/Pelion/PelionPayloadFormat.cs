namespace Surety.Update;

/// <summary>What the payload of one of Pelion's manifests is.</summary>
public enum PelionPayloadFormat
{
    /// <summary>The image.</summary>
    RawBinary = 1,

    /// <summary>A <see cref="PelionPatch"/>, which makes the image of the one before.</summary>
    ArmPatchStream = 5,

    /// <summary>A package of several images.</summary>
    Combined = 6,

    /// <summary>The image, encrypted with a key that the service adds.</summary>
    EncryptedRaw = 257,

    /// <summary>A combined package, encrypted likewise.</summary>
    EncryptedCombined = 262,
}
