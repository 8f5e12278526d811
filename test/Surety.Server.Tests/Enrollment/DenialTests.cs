using System.Net;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Features.Enrollment;
using Surety.Server.Storage;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Enrollment;

/// <summary><c>/v3/device-enrollment-denials</c>; the same on both databases.</summary>
public abstract class DenialTests(TestServer server)
{
    private static readonly EnrollmentFingerprint Fingerprint = new(new string('a', 64));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public sealed class OnSqlite(ServerFixture fixture) : DenialTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : DenialTests(fixture.Server), IClassFixture<PostgresFixture>;

    [Fact]
    public async Task A_denial_says_which_device_under_which_authority_and_why()
    {
        var (client, account) = await AccountAsync();
        await RecordAsync(account, 7, "meter-1", "the device is suspended");
        var item = Assert.Single((await client.GetOkAsync("/v3/device-enrollment-denials"))["data"]!.AsArray())!;
        Assert.Equal("denied_device", item.Text("object"));
        Assert.Equal(account.ToString(), item.Text("account_id"));
        Assert.Equal("meter-1", item.Text("endpoint_name"));
        Assert.Equal(new EntityId(0, 7).ToString(), item.Text("trusted_certificate_id"));
        Assert.Equal("the device is suspended", item.Text("reason"));
        Assert.Equal(Fingerprint.ToIdentity(), item.Text("enrollment_identity"));
        Assert.NotNull(item["created_at"]);
        Assert.Equal(item.ToJsonString(), (await client.GetOkAsync($"/v3/device-enrollment-denials/{item.Text("id")}")).ToJsonString());
        await client.GetErrorAsync("/v3/device-enrollment-denials/x", HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_device_that_comes_again_and_again_has_one_row()
    {
        var (client, account) = await AccountAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RecordAsync(account, 7, "meter-1", "not claimed")));
        await RecordAsync(account, 7, "meter-1", "the device is suspended");
        var item = Assert.Single((await client.GetOkAsync("/v3/device-enrollment-denials"))["data"]!.AsArray())!;
        Assert.Equal(6, (int)item["count"]!);
        Assert.Equal("the device is suspended", item.Text("reason"));
        Assert.True((DateTimeOffset)item["updated_at"]! > (DateTimeOffset)item["created_at"]!);
    }

    [Fact]
    public async Task Denials_are_filtered_by_certificate_and_name()
    {
        var (client, account) = await AccountAsync();
        foreach (var (certificate, name) in new[] { (1ul, "a"), (1ul, "b"), (2ul, "a") })
            await RecordAsync(account, certificate, name, "not claimed");
        var path = $"/v3/device-enrollment-denials?trusted_certificate_id__eq={new EntityId(0, 1)}";
        Assert.Equal(["a", "b"], (await client.GetOkAsync(path)).All("endpoint_name"));
        Assert.Equal(["b"], (await client.GetOkAsync($"{path}&endpoint_name__eq=b")).All("endpoint_name"));
        Assert.Equal(["a", "b"], (await client.GetOkAsync("/v3/device-enrollment-denials?limit=2")).All("endpoint_name"));
        await client.GetErrorAsync("/v3/device-enrollment-denials?trusted_certificate_id__eq=x", HttpStatusCode.BadRequest, "validation_error");
    }

    [Fact]
    public async Task An_account_keeps_the_newest_of_its_denials()
    {
        var (client, account) = await AccountAsync();
        await using (var db = server.Service<SuretyDbFactory>().Open(account))
        {
            var ids = server.Service<EntityIdGenerator>();
            for (var i = 0; i < EnrollmentDenials.MaxPerAccount + 500; i++)
            {
                var at = DateTimeOffset.UnixEpoch.AddSeconds(i);
                db.Add(new EnrollmentDenial
                {
                    Id = ids.Next(), AccountId = account, TrustedCertificateId = new EntityId(0, 1), EndpointName = $"old-{i}", Fingerprint = Fingerprint.Hex,
                    Reason = "not claimed", CreatedAt = at, UpdatedAt = at,
                });
            }

            await db.SaveChangesAsync(Token);
        }

        // It looks now and then.
        for (var i = 0; i <= 100; i++)
            await RecordAsync(account, 1, $"new-{i}", "not claimed");
        var page = await client.GetOkAsync("/v3/device-enrollment-denials?order=DESC&include=total_count&limit=101");
        Assert.InRange((int)page["total_count"]!, EnrollmentDenials.MaxPerAccount, EnrollmentDenials.MaxPerAccount + 101);
        Assert.Equal(Enumerable.Range(0, 101).Select(i => $"new-{i}").Reverse(), page.All("endpoint_name"));
    }

    private Task RecordAsync(EntityId account, ulong certificate, string name, string reason) =>
        server.Service<EnrollmentDenials>().RecordAsync(account, new EntityId(0, certificate), name, Fingerprint, reason, Token);

    private async Task<(HttpClient Client, EntityId Account)> AccountAsync()
    {
        var client = await server.NewAccountAsync();
        Assert.True(EntityId.TryParse((await client.GetOkAsync("/v3/accounts/me")).Text("id"), out var account));
        return (client, account);
    }
}
