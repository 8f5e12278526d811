namespace Surety.Server.Features.PolicyGroups.Policies;

/// <summary>The features of the platform. Their names are those of the collections that they serve, as in the contract's example <c>update-campaigns</c>.</summary>
internal static class PlatformFeatures
{
    private static readonly List<Feature> Known = [];

    public static readonly Feature Accounts = AddAdministration("accounts");
    public static readonly Feature Users = AddAdministration("users");
    public static readonly Feature PolicyGroups = AddAdministration("policy-groups");
    public static readonly Feature Applications = AddAdministration("applications");
    public static readonly Feature IdentityProviders = AddAdministration("identity-providers");
    public static readonly Feature AuditLog = Add("audit-log", FeatureActions.None);
    public static readonly Feature Branding = Add("branding", FeatureActions.Get);
    public static readonly Feature Billing = Add("billing", FeatureActions.Get);

    // A key that no administrator makes has the groups of its maker, and only its owner changes it: ApiKeyService.
    public static readonly Feature ApiKeys = Add("api-keys", FeatureActions.All);

    public static readonly Feature Devices = Add("devices", FeatureActions.All);
    public static readonly Feature DeviceGroups = Add("device-groups", FeatureActions.All);
    public static readonly Feature DeviceQueries = Add("device-queries", FeatureActions.All);
    public static readonly Feature DeviceEvents = Add("device-events", FeatureActions.All);
    public static readonly Feature DeviceBlockCategories = Add("device-block-categories", FeatureActions.All);
    public static readonly Feature DeviceEnrollments = Add("device-enrollments", FeatureActions.All);
    public static readonly Feature FactoryManifests = Add("factory-manifests", FeatureActions.Get);
    public static readonly Feature SimulatedDevices = Add("simulated-devices", FeatureActions.Get);
    public static readonly Feature BootstrapRules = Add("bootstrap-rules", FeatureActions.All);

    public static readonly Feature TrustedCertificates = Add("trusted-certificates", FeatureActions.Get);
    public static readonly Feature DeveloperCertificates = Add("developer-certificates", FeatureActions.All);
    public static readonly Feature ServerCredentials = Add("server-credentials", FeatureActions.All);
    public static readonly Feature CertificateIssuers = Add("certificate-issuers", FeatureActions.Get);
    public static readonly Feature CertificateIssuerConfigurations = Add("certificate-issuer-configurations", FeatureActions.Get);
    public static readonly Feature CertificateEnrollments = Add("certificate-enrollments", FeatureActions.All);
    public static readonly Feature CertificateRevocations = Add("certificate-revocations", FeatureActions.Get);
    public static readonly Feature CertificateCampaigns = Add("certificate-campaigns", FeatureActions.Get);

    // It is the platform's, and says how many devices all accounts have.
    public static readonly Feature CertificateLog = Add("certificate-log", FeatureActions.None);

    public static readonly Feature DeviceSharedKeys = Add("device-shared-keys", FeatureActions.All);
    public static readonly Feature Endpoints = Add("endpoints", FeatureActions.All);
    public static readonly Feature DeviceRequests = Add("device-requests", FeatureActions.All);
    public static readonly Feature DeviceEcho = Add("device-echo", FeatureActions.All);
    public static readonly Feature Subscriptions = Add("subscriptions", FeatureActions.All);
    public static readonly Feature Notifications = Add("notifications", FeatureActions.All);

    private static readonly Dictionary<string, Feature> ByName = Known.ToDictionary(feature => feature.Name, StringComparer.Ordinal);

    /// <summary>All of them, in the order of their <see cref="Feature.Index"/>.</summary>
    public static IReadOnlyList<Feature> All => Known;

    /// <summary>The feature of a name; null when there is none.</summary>
    public static Feature? Find(string name) => ByName.GetValueOrDefault(name);

    private static Feature AddAdministration(string name) => Add(name, FeatureActions.Get, isAdministration: true);

    private static Feature Add(string name, FeatureActions developers, bool isAdministration = false)
    {
        var feature = new Feature(Known.Count, name, developers, isAdministration);
        Known.Add(feature);
        return feature;
    }
}
