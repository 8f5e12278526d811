namespace Surety.Update;

/// <summary>Conditions and directives (draft-ietf-suit-manifest, 8.4.9 and 8.4.10; suit-trust-domains; suit-update-management).</summary>
public enum SuitCode
{
    /// <summary>Condition: the device is of that vendor.</summary>
    VendorIdentifier = 1,

    /// <summary>Condition: the device is of that class.</summary>
    ClassIdentifier = 2,

    /// <summary>Condition: the component has that digest.</summary>
    ImageMatch = 3,

    /// <summary>Condition: it is earlier than that.</summary>
    UseBefore = 4,

    /// <summary>Condition: the component's active slot is that one.</summary>
    ComponentSlot = 5,

    /// <summary>Condition: the component is those bytes.</summary>
    CheckContent = 6,

    /// <summary>Condition: the manifest that this one depends on is whole.</summary>
    DependencyIntegrity = 7,

    /// <summary>Condition: the component is a manifest that this one depends on.</summary>
    IsDependency = 8,

    /// <summary>Directive: runs a manifest that this one depends on.</summary>
    ProcessDependency = 11,

    /// <summary>Directive: what follows is about that component.</summary>
    SetComponentIndex = 12,

    /// <summary>Condition: never holds.</summary>
    Abort = 14,

    /// <summary>Directive: runs the first sequence of some whose conditions hold.</summary>
    TryEach = 15,

    /// <summary>Directive: writes bytes of the manifest into the component.</summary>
    Write = 18,

    /// <summary>Directive: sets parameters that are not set yet.</summary>
    SetParameters = 19,

    /// <summary>Directive: sets parameters.</summary>
    OverrideParameters = 20,

    /// <summary>Directive: downloads into the component.</summary>
    Fetch = 21,

    /// <summary>Directive: copies another component into it.</summary>
    Copy = 22,

    /// <summary>Directive: runs the component.</summary>
    Invoke = 23,

    /// <summary>Condition: the device is that one.</summary>
    DeviceIdentifier = 24,

    /// <summary>Condition: the component does not have that digest.</summary>
    ImageNotMatch = 25,

    /// <summary>Condition: the battery has so much.</summary>
    MinimumBattery = 26,

    /// <summary>Condition: who is responsible agrees.</summary>
    UpdateAuthorized = 27,

    /// <summary>Condition: the component's version compares so.</summary>
    Version = 28,

    /// <summary>Directive: waits for something.</summary>
    Wait = 29,

    /// <summary>Directive: swaps two components.</summary>
    Swap = 31,

    /// <summary>Directive: runs a sequence.</summary>
    RunSequence = 32,

    /// <summary>Directive: takes the component away.</summary>
    Unlink = 33,
}
