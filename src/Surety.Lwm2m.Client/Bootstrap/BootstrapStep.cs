namespace Surety.Lwm2m.Client;

/// <summary>Something that happened on the Bootstrap Interface.</summary>
/// <param name="State">The state it led to, or happened in.</param>
/// <param name="Text">What happened, in words; without secrets.</param>
public readonly record struct BootstrapStep(BootstrapState State, string Text);
