// Tests in simulated time let continuations run in real time, and others count what the process holds: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
