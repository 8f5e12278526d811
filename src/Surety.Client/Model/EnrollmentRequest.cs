namespace Surety.Client;

/// <summary>The body of an enrollment.</summary>
internal sealed record EnrollmentRequest(string EnrollmentIdentity);
