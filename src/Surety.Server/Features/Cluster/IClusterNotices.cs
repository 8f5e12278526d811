namespace Surety.Server.Features.Cluster;

/// <summary>What one node tells all others: something in the database has changed that they have in memory.</summary>
internal interface IClusterNotices
{
    /// <summary>Tells the other nodes, once the change is committed. Returns at once; while Redis is away it is kept.</summary>
    /// <param name="topic">What has changed, without spaces.</param>
    /// <param name="body">Which.</param>
    void Publish(string topic, string body);

    /// <summary>Hears what other nodes tell, one after the other. Listen first and read the database then, so that nothing falls in between.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="heard">Is given the body; null when anything may have changed, because this node could not hear for a while.</param>
    void Listen(string topic, Func<string?, Task> heard);
}
