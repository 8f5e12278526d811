using System.IO.Enumeration;
using Microsoft.EntityFrameworkCore;
using Surety.Lwm2m;
using Surety.Server.Storage;

namespace Surety.Server.Features.Bootstrap;

/// <summary>Finds the rule for a device.</summary>
internal sealed class BootstrapRules(SuretyDbFactory databases)
{
    /// <summary>The rules of an account in the order in which they are asked.</summary>
    public async Task<IReadOnlyList<BootstrapRule>> LoadAsync(EntityId account, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        return await db.Set<BootstrapRule>().AsNoTracking().OrderBy(rule => rule.Priority).ThenBy(rule => rule.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The first rule that matches; null: the built-in one.</summary>
    public static BootstrapRule? Choose(IReadOnlyList<BootstrapRule> rules, BootstrapCandidate device) => rules.FirstOrDefault(rule => FindMismatch(rule, device) is null);

    /// <summary>Why a rule is not for a device; null: it is.</summary>
    public static string? FindMismatch(BootstrapRule rule, BootstrapCandidate device) => rule.IsEnabled ? FindMismatch(rule.Read(), device) : "the rule is disabled";

    /// <summary>Why the content of a rule is not for a device; null: it is.</summary>
    public static string? FindMismatch(BootstrapRuleContent content, BootstrapCandidate device)
    {
        var match = content.Match;
        if (match.EndpointName is { } pattern && !FileSystemName.MatchesSimpleExpression(pattern, device.EndpointName, ignoreCase: false))
            return $"the endpoint name {device.EndpointName} does not match {pattern}";
        if (match.EndpointType is { } type && type != device.EndpointType)
            return device.EndpointType.Length == 0 ? $"the directory has no endpoint_type of the device, {type} is wanted" : $"the endpoint_type is {device.EndpointType}, not {type}";
        if (match.DeviceClass is { } kind && kind != device.DeviceClass)
            return device.DeviceClass.Length == 0 ? $"the directory has no device_class of the device, {kind} is wanted" : $"the device_class is {device.DeviceClass}, not {kind}";
        if (match.TrustedCertificateId is { } certificate && certificate != device.TrustedCertificateId)
            return device.TrustedCertificateId is { } other ? $"the device comes under the trusted certificate {other}, not {certificate}" : "no trusted certificate vouches for the device";
        if (match.GroupId is { } group && !device.Groups.Contains(group))
            return device.Groups.Count == 0 ? $"the device is in no device group, {group} is wanted" : $"the device is not in the device group {group}";
        if (device.IsPelionClient && content.Server.SecurityMode is { } mode && BootstrapKeys.IsMadeFor((SecurityMode)mode))
            return $"Pelion's clients register with certificates, not with security mode {mode}";
        // It takes whole objects and instances alone, and a rule does not know the key in the account that it would write anew.
        return content.Redirect.Length > 0 && device.IsPelionClient ? "Pelion's clients cannot be redirected" : null;
    }
}
