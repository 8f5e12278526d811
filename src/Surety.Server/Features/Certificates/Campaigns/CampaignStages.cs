using System.Globalization;
using Surety.Server.Api;

namespace Surety.Server.Features.Certificates;

/// <summary>The stages of a campaign: shares of the devices in percent, ascending up to 100.</summary>
internal static class CampaignStages
{
    private const int MaxStages = 20;

    /// <summary>Checks what a caller has sent, and writes it as it is stored.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static string Format(IReadOnlyList<int>? stages)
    {
        if (stages is null)
            return "100";
        if (stages.Count is 0 or > MaxStages || stages[0] < 1 || stages[^1] != 100 || stages.Zip(stages.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw ApiException.Invalid("stages", $"must be 1 to {MaxStages} percentages, each larger than the one before, the last one 100");
        return string.Join(',', stages.Select(stage => stage.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Reads what <see cref="Format"/> wrote.</summary>
    public static IReadOnlyList<int> Parse(string stages) => [.. stages.Split(',').Select(stage => int.Parse(stage, CultureInfo.InvariantCulture))];

    /// <summary>How many devices may be told in a stage: at least one.</summary>
    public static int DevicesIn(IReadOnlyList<int> stages, int stage, int devices) => (int)Math.Max(1, ((long)devices * stages[stage] + 99) / 100);
}
