using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Surety.Lwm2m;

/// <summary>The URI queries of a Register or Update (Transport TS 1.2.2, 6.4.3). Null: not named.</summary>
public sealed record RegistrationParameters
{
    /// <summary>The lifetime of a registration that names none, in seconds: a day (TS 1.0.2, 5.3.1).</summary>
    public const uint DefaultLifetime = 86_400;

    /// <summary>Longest endpoint name in characters; longer ones are refused.</summary>
    public const int MaxEndpointName = 255;

    private const int MaxEndpointType = 64;
    private const int MaxQueries = 64;
    private const int MaxBinding = 16;
    private const int MaxProfileIds = 1_024;
    private const int MaxSmsNumber = 32;

    /// <summary><c>ep</c>: endpoint client name; null when the security identity tells it.</summary>
    public string? EndpointName { get; init; }

    /// <summary><c>lt</c>: lifetime in seconds; 0 never ends (Core TS 1.2.2, E.2, resource 1).</summary>
    public uint? Lifetime { get; init; }

    /// <summary><c>lwm2m</c>: version of the enabler, for example 1.2; null when not named, which means 1.0.</summary>
    public ObjectVersion? EnablerVersion { get; init; }

    /// <summary><c>b</c>: bindings.</summary>
    public BindingModes? Bindings { get; init; }

    /// <summary><c>Q</c>, or <c>Q</c> in <c>b</c> as LwM2M 1.0 has it: queue mode.</summary>
    public bool QueueMode { get; init; }

    /// <summary><c>sms</c>: MSISDN for SMS.</summary>
    public string? SmsNumber { get; init; }

    /// <summary><c>pid</c>: profile ids as they came, without quotes (since LwM2M 1.2).</summary>
    public string? ProfileIds { get; init; }

    /// <summary>Queries that LwM2M does not define, in order.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary><c>et</c> of the CoRE resource directory (RFC 9176, 9.3), which LwM2M does not define and many clients send; null when there is none of 1 to 64 characters without control characters.</summary>
    public string? EndpointType => Others.FirstOrDefault(other => other.StartsWith("et=", StringComparison.Ordinal))?[3..]
        is { Length: > 0 and <= MaxEndpointType } type && !type.Any(char.IsControl) ? type : null;

    /// <summary>
    /// The version of LwM2M to speak: the named one, 1.0 when none is named; null when it is none of 1.0, 1.1 and 1.2, to be answered by 4.12.
    /// </summary>
    public Lwm2mVersion? Version => EnablerVersion switch
    {
        null => Lwm2mVersion.V10,
        { Major: 1, Minor: 0 } => Lwm2mVersion.V10,
        { Major: 1, Minor: 1 } => Lwm2mVersion.V11,
        { Major: 1, Minor: 2 } => Lwm2mVersion.V12,
        _ => null,
    };

    /// <summary>Reads the URI queries.</summary>
    /// <param name="queries">The values of the Uri-Query options, in any order.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="reason">What is wrong; the answer is 4.00.</param>
    public static bool TryParse(IEnumerable<string> queries, [NotNullWhen(true)] out RegistrationParameters? parameters, [NotNullWhen(false)] out string? reason)
    {
        parameters = null;
        RegistrationParameters read = new();
        List<string> others = [];
        HashSet<string> seen = [];
        foreach (string query in queries)
        {
            int equals = query.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? query : query[..equals];
            string? value = equals < 0 ? null : query[(equals + 1)..];
            if (seen.Count == MaxQueries)
            {
                reason = $"more than {MaxQueries} queries";
                return false;
            }

            if (!seen.Add(name))
            {
                reason = $"the query '{name}' occurs twice";
                return false;
            }

            reason = Take(ref read, others, query, name, value);
            if (reason is not null) return false;
        }

        parameters = others.Count == 0 ? read : read with { Others = others };
        reason = null;
        return true;
    }

    /// <summary>The parameters as URI queries: <c>ep</c>, <c>lt</c>, <c>lwm2m</c>, <c>b</c>, <c>Q</c>, <c>sms</c>, <c>pid</c>, then the others.</summary>
    public IEnumerable<string> ToQueries()
    {
        bool isOld = Version == Lwm2mVersion.V10;
        if (EndpointName is not null) yield return $"ep={EndpointName}";
        if (Lifetime is uint lifetime) yield return string.Create(CultureInfo.InvariantCulture, $"lt={lifetime}");
        if (EnablerVersion is ObjectVersion version) yield return $"lwm2m={version}";

        // LwM2M 1.0 knows queue mode only as a letter of the binding.
        string binding = $"{(Bindings is BindingModes modes ? Letters(modes) : isOld && QueueMode ? "U" : "")}{(isOld && QueueMode ? "Q" : "")}";
        if (binding.Length > 0) yield return $"b={binding}";
        if (QueueMode && !isOld) yield return "Q";
        if (SmsNumber is not null) yield return $"sms={SmsNumber}";
        if (ProfileIds is not null) yield return ProfileIds.Contains(',', StringComparison.Ordinal) ? $"pid=\"{ProfileIds}\"" : $"pid={ProfileIds}";
        foreach (string other in Others) yield return other;
    }

    private static string? Take(ref RegistrationParameters read, List<string> others, string query, string name, string? value)
    {
        switch (name)
        {
            case "ep":
                if (value is null or "" || value.Length > MaxEndpointName || value.Any(char.IsControl))
                    return $"'ep' must have 1 to {MaxEndpointName} characters and no control characters";
                read = read with { EndpointName = value };
                return null;
            case "lt":
                if (!uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint lifetime)) return "'lt' must be a number of seconds below 2^32";
                read = read with { Lifetime = lifetime };
                return null;
            case "lwm2m":
                if (!ObjectVersion.TryParse(value, out ObjectVersion version)) return "'lwm2m' must be a version such as 1.2";
                read = read with { EnablerVersion = version };
                return null;
            case "b":
                if (!TryParseBinding(value, out BindingModes modes, out bool queue)) return "'b' must be made of the letters U, M, H, T, S, N and Q";
                read = read with { Bindings = modes, QueueMode = read.QueueMode || queue };
                return null;
            case "Q":
                // The flag has no value; that peers who give it one mean the same, save the ones that say no.
                read = read with { QueueMode = read.QueueMode || value is not ("0" or "false") };
                return null;
            case "sms":
                if (value is null || value.Length > MaxSmsNumber) return $"'sms' must have at most {MaxSmsNumber} characters";
                read = read with { SmsNumber = value };
                return null;
            case "pid":
                string? ids = value?.Trim('"');
                if (ids is null or "" || ids.Length > MaxProfileIds) return $"'pid' must have 1 to {MaxProfileIds} characters";
                read = read with { ProfileIds = ids };
                return null;
            default:
                others.Add(query);
                return null;
        }
    }

    private static bool TryParseBinding(string? value, out BindingModes modes, out bool queue)
    {
        modes = BindingModes.None;
        queue = false;
        if (value is null or "" || value.Length > MaxBinding) return false;
        foreach (char letter in value)
        {
            if (letter == 'Q')
            {
                queue = true;
                continue;
            }

            BindingModes mode = letter switch
            {
                'U' => BindingModes.Udp,
                'M' => BindingModes.Mqtt,
                'H' => BindingModes.Http,
                'T' => BindingModes.Tcp,
                'S' => BindingModes.Sms,
                'N' => BindingModes.NonIp,
                _ => BindingModes.None,
            };
            if (mode == BindingModes.None) return false;
            modes |= mode;
        }

        return true;
    }

    private static string Letters(BindingModes modes)
    {
        Span<char> letters = stackalloc char[6];
        int length = 0;
        for (int i = 0; i < letters.Length; i++)
        {
            if (((int)modes & (1 << i)) != 0) letters[length++] = "UMHTSN"[i];
        }

        return new string(letters[..length]);
    }
}
