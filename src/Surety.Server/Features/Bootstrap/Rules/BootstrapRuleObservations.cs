using System.Globalization;
using Surety.Lwm2m;
using Surety.Server.Api;
using Surety.Server.Features.Connect;

namespace Surety.Server.Features.Bootstrap;

/// <summary>Checks and reads the observations of a rule.</summary>
internal static class BootstrapRuleObservations
{
    /// <summary>Observations of a rule: each costs every device a request or two when it registers.</summary>
    public const int MaxObservations = 50;

    /// <summary>The observations of a rule; what is wrong is added to <paramref name="errors"/>.</summary>
    public static IReadOnlyList<InitialObservation> Read(IReadOnlyList<BootstrapRuleObservation> observations, ObjectModelRegistry models, List<ErrorField> errors)
    {
        if (observations.Count > MaxObservations)
            errors.Add(new ErrorField("observations", $"must have at most {MaxObservations} members"));
        var read = new List<InitialObservation>();
        for (var i = 0; i < Math.Min(observations.Count, MaxObservations); i++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"observations[{i}]");
            if (observations[i] is not { } observation)
            {
                errors.Add(new ErrorField(field, "must be an object with a path"));
                continue;
            }

            if (!Lwm2mPath.TryParse(observation.Path, out var path) || path.IsRoot)
                errors.Add(new ErrorField($"{field}.path", "must be the path of an object, instance, resource or resource instance: /3303/0/5700"));
            else if (FindFault(path, models, out var type) is { } fault)
                errors.Add(new ErrorField($"{field}.path", fault));
            else if (read.Exists(other => other.Path == path))
                errors.Add(new ErrorField($"{field}.path", "is there twice"));
            else if (FindFault(observation.ToAttributes(), path, type) is { } mistake)
                errors.Add(new ErrorField(field, $"cannot be used: {mistake}"));
            else
                read.Add(new InitialObservation(path, observation.ToAttributes()));
        }

        return read;
    }

    private static string? FindFault(Lwm2mPath path, ObjectModelRegistry models, out ResourceType? type)
    {
        type = null;
        if (CoreObjects.IsSecret(path.ObjectId))
            return "is of an object that holds secrets: devices do not show it";
        // Objects that are not known here may be those of the device's maker: they are observed as they are.
        if (path.Level < 3 || models.Find(path.ObjectId) is not { } model)
            return null;
        if (model.Find(path.ResourceId) is not { } resource)
            return $"is no resource of {model.Name} ({model.Id})";
        if (resource.Type == ResourceType.None)
            return $"is {resource.Name}, which is executed and has no value";
        // The whole of a multiple resource has no value of its own.
        if (path.Level == 4 || !resource.IsMultiple)
            type = resource.Type;
        return null;
    }

    private static string? FindFault(NotificationAttributes attributes, Lwm2mPath path, ResourceType? type)
    {
        if (!attributes.IsValidFor(path, type, out var reason))
            return reason;
        // Core TS 1.2.2, Table 7.3.2-1: devices ignore it; who writes it means something else.
        return attributes.MaximumPeriod is { } maximum and > 0 && maximum < attributes.MinimumPeriod ? "pmax is below pmin, so that devices would ignore it" : null;
    }
}
