// Some tests count what the process allocates: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
