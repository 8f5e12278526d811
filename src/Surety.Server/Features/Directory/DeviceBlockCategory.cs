using Surety.Server.Api;
using Surety.Server.Api.Filters;

namespace Surety.Server.Features.Directory;

/// <summary>A reason for which devices are suspended. Others than these may be given as well: they group devices, nothing more.</summary>
internal sealed record DeviceBlockCategory
{
    private static readonly DateTimeOffset Made = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<DeviceBlockCategory> All =
    [
        new() { Reference = "decommissioned", Description = "The device is out of use." },
        new() { Reference = "lost_or_stolen", Description = "The device is lost or was stolen." },
        new() { Reference = "maintenance", Description = "The device is being worked on." },
        new() { Reference = "security", Description = "The device may have been tampered with, or its keys may be known to others." },
    ];

    /// <summary>What the list can be filtered by.</summary>
    public static readonly FilterSet<DeviceBlockCategory> Filters = new FilterSet<DeviceBlockCategory>()
        .Text("reference", category => category.Reference)
        .Time("updated_at", category => category.UpdatedAt);

    /// <summary>Always <c>device-block-category</c>.</summary>
    public string Object { get; init; } = "device-block-category";

    public required string Reference { get; init; }

    public required string Description { get; init; }

    public DateTimeOffset UpdatedAt { get; init; } = Made;

    /// <summary>Those that the filter lets through, on one page: paging parameters are accepted and ignored.</summary>
    public static ListResponse<DeviceBlockCategory> List(ListQuery list) => new()
    {
        Limit = list.Limit ?? ListQuery.DefaultLimit,
        After = list.After,
        Order = list.Order,
        HasMore = false,
        TotalCount = list.WantsTotalCount ? All.Count : null,
        Data = [.. Filters.Apply(All.AsQueryable(), list.Conditions)],
    };

    /// <exception cref="ApiException">404.</exception>
    public static DeviceBlockCategory Get(string reference) => All.FirstOrDefault(category => category.Reference == reference)
        ?? throw new ApiException(StatusCodes.Status404NotFound, ErrorTypes.NotFound, $"There is no device block category '{ApiException.Shorten(reference)}'.");
}
