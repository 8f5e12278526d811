namespace Surety.Server.Features.Audit;

/// <summary>The member holds a secret, or what a secret could be found out with: the audit log says that it has changed, and never to what.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
