namespace Surety.Lwm2m.Client;

/// <summary>Is told of changes in the tree, under its lock.</summary>
internal interface IObjectTreeListener
{
    void OnValuesChanged(ReadOnlySpan<Lwm2mPath> paths);

    /// <summary>An Object or Object Instance came or went.</summary>
    void OnInstancesChanged(Lwm2mPath path);
}
