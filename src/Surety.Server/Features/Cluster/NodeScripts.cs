namespace Surety.Server.Features.Cluster;

/// <summary>What Redis does in one step, so that two nodes never believe the same. (Redis, EVAL.)</summary>
internal static class NodeScripts
{
    /// <summary>
    /// KEYS: node, number, nodes. ARGV: this node's record, the number's value, milliseconds, node. Takes or renews the lease. Returns 1; 0 when the number
    /// belongs to another node; -1 when another process is this node.
    /// </summary>
    public const string Renew = """
        local number = redis.call('GET', KEYS[2])
        if number and number ~= ARGV[2] then
          if string.sub(number, 1, 32) == ARGV[4] then return -1 end
          return 0
        end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
        redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
        redis.call('SADD', KEYS[3], ARGV[4])
        return 1
        """;

    /// <summary>KEYS: node, number, nodes. ARGV: the number's value, node. Gives the lease back, if it is ours.</summary>
    public const string Release = """
        if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
        redis.call('DEL', KEYS[1], KEYS[2])
        redis.call('SREM', KEYS[3], ARGV[2])
        return 1
        """;

    /// <summary>KEYS: the lease. ARGV: the holder, milliseconds. Takes or renews a lease; 1 when it is ours.</summary>
    public const string Hold = """
        local holder = redis.call('GET', KEYS[1])
        if holder and holder ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """;

    /// <summary>KEYS: the lease. ARGV: the holder. Gives a lease back, if it is ours.</summary>
    public const string Drop = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";
}
