using Surety.Console.Tests;

// One person at a time: two browsers and a server are enough work for two processors.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(DemoServer))]
[assembly: AssemblyFixture(typeof(Chromium))]
