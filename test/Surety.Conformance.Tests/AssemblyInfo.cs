// Tests in simulated time let continuations run in real time: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
