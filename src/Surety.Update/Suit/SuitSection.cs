namespace Surety.Update;

/// <summary>The command sequences of a manifest (draft-ietf-suit-manifest, 8.4; suit-trust-domains; suit-update-management), in the order in which they are run.</summary>
public enum SuitSection
{
    /// <summary>Gets the manifests that this one depends on.</summary>
    DependencyResolution = 15,

    /// <summary>Gets the images.</summary>
    PayloadFetch = 16,

    /// <summary>Checks what was fetched before it is installed.</summary>
    CandidateVerification = 18,

    /// <summary>Puts the images where they belong.</summary>
    Install = 20,

    /// <summary>Checks the images, at each start.</summary>
    Validate = 7,

    /// <summary>Prepares them to run.</summary>
    Load = 8,

    /// <summary>Runs them.</summary>
    Invoke = 9,

    /// <summary>Takes them away.</summary>
    Uninstall = 24,
}
