namespace Surety.Lwm2m.Server;

/// <summary>
/// What Pelion's device client adds to the links of its object list: <c>aobs="n"</c>, it reports the resource by itself, in notifications whose token is
/// n in two bytes; and <c>v="value"</c>, the value at this time.
/// </summary>
internal sealed class ReportedLinks
{
    /// <summary>The length of such tokens, bytes. Those of our own requests are longer.</summary>
    public const int TokenLength = 2;

    private static readonly ReportedLinks None = new([]);

    private readonly Dictionary<ushort, Lwm2mPath> _byToken = [];
    private readonly HashSet<Lwm2mPath> _paths = [];

    private ReportedLinks(IReadOnlyList<RegisteredLink> links)
    {
        var values = new List<InitialValue>();
        foreach (RegisteredLink link in links)
        {
            if (link is { ReportToken: null, InitialValue: null } || !Lwm2mPath.TryParse(link.Path, out Lwm2mPath path) || path.Level < 2 || CoreObjects.IsSecret(path.ObjectId))
                continue;
            // Of a token that is given twice, the first counts: what comes by it must be of one path.
            bool isReported = link.ReportToken is { } token && _byToken.TryAdd(token, path);
            if (isReported)
                _paths.Add(path);
            if (link.InitialValue is { } value)
                values.Add(new InitialValue(path, value, isReported));
        }

        Values = values;
    }

    /// <summary>The values that were told.</summary>
    public IReadOnlyList<InitialValue> Values { get; }

    /// <summary>Reads a list; most have nothing of the kind, and that is found out at once.</summary>
    public static ReportedLinks Read(RegistrationLinks links, ReadOnlySpan<byte> objectList) =>
        objectList.IndexOf(";aobs="u8) >= 0 || objectList.IndexOf(";v="u8) >= 0 ? new ReportedLinks(RegisteredLink.Read(objectList, links.RootPath)) : None;

    /// <summary>What the notifications with a token are about.</summary>
    public bool TryGet(ushort token, out Lwm2mPath path) => _byToken.TryGetValue(token, out path);

    /// <summary>The device reports the path by itself.</summary>
    public bool Contains(Lwm2mPath path) => _paths.Contains(path);
}
