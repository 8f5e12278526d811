namespace Surety.Server.Tests.Cluster;

/// <summary>Marks the classes that share a cluster.</summary>
[CollectionDefinition(ClusterFixture.Collection)]
public sealed class ClusterTests : ICollectionFixture<ClusterFixture>;
