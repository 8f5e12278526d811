namespace Surety.Server.Features.Directory;

/// <summary>
/// The statements that make device records on the hot path. They name every column that may not be null, which the tests compare with the
/// model; an account that does not exist makes no row instead of an error that would lose the batch.
/// </summary>
internal static class DeviceInsert
{
    private const string Columns =
        """
        INSERT INTO devices (
          id, account_id, endpoint_name, endpoint_type, device_execution_mode, device_key, ca_id, issuer_fingerprint, created_at, updated_at,
          name, description, state, device_class, vendor_id, serial_number, host_gateway, net_id, firmware_checksum, manifest, mechanism,
          mechanism_url, deployment, auto_update, operator_suspended, system_suspended)
        """;

    /// <summary>One row: 1 id, 2 account, 3 endpoint name, 4 endpoint type, 5 mode, 6 key, 7 CA, 8 issuer or NULL, 9 time, 10 state.</summary>
    public const string Sqlite = Columns +
        """

        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, '', '', ?10, '', '', '', '', '', '', '', 0, '', '', 0, 0, 0
        WHERE EXISTS (SELECT 1 FROM accounts WHERE id = ?2)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>
    /// Rows from arrays, sorted so that two nodes take locks in the same order and the first of two equal names wins. Gives the ids of the
    /// rows that were made.
    /// </summary>
    public const string Postgres = Columns +
        """

        SELECT d.id, d.account_id, d.name, d.type, d.mode, d.key, d.ca, d.issuer, @now, @now,
          '', '', d.state, '', '', '', '', '', '', '', 0, '', '', false, false, false
        FROM unnest(@ids, @accounts, @names, @types, @modes, @keys, @cas, @issuers, @states)
          AS d(id, account_id, name, type, mode, key, ca, issuer, state)
        JOIN accounts ON accounts.id = d.account_id
        ORDER BY d.account_id, d.name, d.id
        ON CONFLICT DO NOTHING
        RETURNING id
        """;
}
