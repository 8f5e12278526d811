using System.Text;
using Surety.Coap;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;

namespace Surety.Server.Features.Connect;

/// <summary>What a device has listed in its registration, link by link, as applications see it. (connect, Resource.)</summary>
internal static class RegisteredPaths
{
    /// <summary>The links below the root: paths from the device's root on, with their attributes.</summary>
    public static IReadOnlyList<RegisteredResource> Read(ReadOnlySpan<byte> objectList, string rootPath)
    {
        var resources = new List<RegisteredResource>();
        var reader = new LinkFormatReader(objectList);
        while (reader.ReadLink(out var target))
        {
            var text = Encoding.UTF8.GetString(target);
            string? resourceType = null, interfaces = null, contentType = null;
            var isObservable = false;
            while (reader.ReadAttribute(out var attribute))
            {
                if (attribute.Name.SequenceEqual("rt"u8))
                    resourceType = attribute.GetValue();
                else if (attribute.Name.SequenceEqual("if"u8))
                    interfaces = attribute.GetValue();
                else if (attribute.Name.SequenceEqual("ct"u8))
                    contentType = attribute.GetValue();
                else if (attribute.Name.SequenceEqual("obs"u8) || attribute.Name.SequenceEqual("aobs"u8))
                    isObservable = true;
            }

            if (rootPath.Length > 1 && text.StartsWith(rootPath, StringComparison.Ordinal))
                text = text[rootPath.Length..];
            if (Lwm2mPath.TryParse(text, out var path) && !path.IsRoot)
                resources.Add(new RegisteredResource(path, resourceType, interfaces, contentType, isObservable || path.Level >= 2));
        }

        return resources;
    }

    /// <summary>What a rule with a wildcard may choose from: the deepest that the device lists, instances or resources.</summary>
    public static IReadOnlyList<Lwm2mPath> Observable(Registration registration)
    {
        var all = Read(registration.ObjectList.Span, registration.Links.RootPath);
        var withDeeper = all.Where(r => r.Path.Level > 2).Select(r => r.Path.Truncate(2)).ToHashSet();
        return [.. all.Where(r => r.Path.Level >= 2 && !withDeeper.Contains(r.Path) && !CoreObjects.IsSecret(r.Path.ObjectId)).Select(r => r.Path)];
    }
}
