namespace Surety.Lwm2m;

/// <summary>Whether a content is that of a Create, and how it names the new instance.</summary>
internal struct CreateInstance
{
    public bool IsCreate { get; init; }

    /// <summary>Whether the content leaves the id open.</summary>
    public bool IsUnnamed { get; set; }

    /// <summary>Whether the content names an id.</summary>
    public bool IsNamed { get; set; }
}
