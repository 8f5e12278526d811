using Surety.Coap;

namespace Surety.Lwm2m.Client;

internal sealed partial class DeviceManagement
{
    // A Read-Composite of a whole device has a few dozen paths.
    private const int MaxPaths = 1000;

    private OperationResponse Read(ServerSession session, in OperationRequest request, Lwm2mPath path)
    {
        if (CheckReadable(path) is { } error)
            return error;
        if (!TryChooseFormat(session, request, path, out ContentFormat format))
            return new OperationError(CoapCode.NotAcceptable, $"{path} cannot be told in content format {request.Accept}");
        AttributeChange parameters = default;
        if (request.Observe == 0 && !TryReadParameters(request, path, isComposite: false, out parameters, out OperationError? fault))
            return fault!;
        using EntryList entries = EntryList.Rent();
        ReadObject(objects.Find(path.ObjectId)!, path, entries.Items);
        if (!TryEncode(session, Lwm2mContent.Canonical(format), path, entries.Span, out ReadOnlyMemory<byte> payload))
            return CannotEncode(request, path);
        return new OperationResponse(CoapCode.Content)
        {
            Format = format,
            Payload = payload,
            Observe = session.Observations.Apply(request, [path], isComposite: false, format, parameters.Set),
        };
    }

    private OperationResponse ReadComposite(ServerSession session, in OperationRequest request)
    {
        if (request.ContentFormat is not { } requestFormat || !IsPathList(requestFormat))
            return new OperationError(CoapCode.UnsupportedContentFormat, "the list of paths is SenML or SenML-ETCH, JSON or CBOR (110, 112, 320, 322)");
        var paths = new List<Lwm2mPath>();
        if (!Lwm2mContent.TryDecodePaths(requestFormat, request.Payload.Span, ContextFor(session), paths, out string? reason))
            return new OperationError(CoapCode.BadRequest, reason);
        if (paths.Count > MaxPaths)
            return new OperationError(CoapCode.BadRequest, $"more than {MaxPaths} paths");
        if (paths.Exists(path => !path.IsRoot && CoreObjects.IsSecret(path.ObjectId)))
            return new OperationError(CoapCode.Unauthorized, "an object in the list is for the bootstrap server alone");
        ContentFormat format = request.Accept ?? (requestFormat.Value is 110 or 320 ? ContentFormat.SenmlJson : ContentFormat.SenmlCbor);
        if (!Lwm2mContent.HoldsMany(format))
            return CannotEncode(request, Lwm2mPath.Root);
        AttributeChange parameters = default;
        if (request.Observe == 0 && !TryReadParameters(request, Lwm2mPath.Root, isComposite: true, out parameters, out OperationError? fault))
            return fault!;
        using EntryList entries = EntryList.Rent();
        ReadComposite(paths, entries.Items);
        if (!TryEncode(session, Lwm2mContent.Canonical(format), Lwm2mPath.Root, entries.Span, out ReadOnlyMemory<byte> payload))
            return CannotEncode(request, Lwm2mPath.Root);
        return new OperationResponse(CoapCode.Content)
        {
            Format = format,
            Payload = payload,
            Observe = session.Observations.Apply(request, paths, isComposite: true, format, parameters.Set),
        };
    }

    private static OperationError CannotEncode(in OperationRequest request, Lwm2mPath path) => request.Accept is { } accept
        ? new(CoapCode.NotAcceptable, $"{path} cannot be told in content format {accept}")
        : new(CoapCode.InternalServerError, $"{path} has a value that no content format can carry");

    private static bool IsPathList(ContentFormat format) => format.Value is 110 or 112 or 320 or 322;

    private bool TryChooseFormat(ServerSession session, in OperationRequest request, Lwm2mPath path, out ContentFormat format)
    {
        if (request.Accept is not { } wanted)
        {
            format = PreferredFormat(session, path);
            return true;
        }

        format = wanted;
        ContentFormat canonical = Lwm2mContent.Canonical(wanted);
        if (canonical == ContentFormat.SenmlEtchCbor || canonical == ContentFormat.SenmlEtchJson || !Lwm2mContent.IsSupported(canonical))
            return false;
        if (Lwm2mContent.HoldsMany(canonical))
            return true;
        return IsSingleValue(path) && (canonical != ContentFormat.OctetStream || ReadValue(path).Type == ResourceType.Opaque);
    }

    /// <summary>Reads the attributes that go with an Observe (LwM2M Core 6.4.1, 6.4.4).</summary>
    private bool TryReadParameters(in OperationRequest request, Lwm2mPath path, bool isComposite, out AttributeChange parameters, out OperationError? error)
    {
        const AttributeNames OfComposite = AttributeNames.MinimumPeriod | AttributeNames.MaximumPeriod | AttributeNames.MinimumEvaluationPeriod
            | AttributeNames.MaximumEvaluationPeriod | AttributeNames.Confirmable;

        parameters = new AttributeChange(NotificationAttributes.None, AttributeNames.None);
        error = null;
        if (request.Queries.Count == 0)
            return true;
        if (!AttributeChange.TryParse(request.Queries, out parameters, out string? reason))
            error = new OperationError(CoapCode.BadRequest, reason);
        else if (isComposite && (parameters.Set.Names & ~OfComposite) != 0)
            error = new OperationError(CoapCode.BadRequest, "an Observe-Composite takes pmin, pmax, epmin, epmax and con");
        else if (!isComposite && !parameters.Set.IsValidFor(path, TypeOf(path), out reason))
            error = new OperationError(CoapCode.BadRequest, reason);
        return error is null;
    }

    private ResourceType? TypeOf(Lwm2mPath path) =>
        path.Level < 3 ? null : objects.Find(path.ObjectId)?.Model.Find(path.ResourceId) is { IsExecutable: false } resource ? resource.Type : null;
}
