using System.CommandLine;
using Surety.Client;

namespace Surety.Cli;

/// <summary><c>surety keys</c>, <c>users</c>, <c>certificates</c>, <c>enrollments</c>.</summary>
internal static class AccountCommands
{
    public static readonly Argument<string> Id = new("id") { Description = "The id, 32 hexadecimal digits." };

    public static Command Keys(TextWriter output)
    {
        Argument<string> name = new("name") { Description = "What the key is for." };
        Option<string[]> groups = new("--group") { Description = "The id of a policy group. May be repeated." };
        return new("keys", "API keys.")
        {
            List<ApiKey>("keys", output, client => client.ApiKeys.ListAsync, ("ID", k => k.Id), ("NAME", k => k.Name), ("STATUS", k => k.Status), ("CREATED", k => k.CreatedAt)),
            RemoteCommand.Create("create", "Makes a key and shows it, this once.", output, [name, groups], async (result, client, printer, cancellationToken) =>
                printer.One(await client.ApiKeys.CreateAsync(new ApiKeyRequest { Name = result.GetValue(name), Groups = result.GetValue(groups) }, cancellationToken))),
            Show(output, (client, id, token) => client.ApiKeys.GetAsync(id, token)),
            RemoteCommand.Create("regenerate", "Gives a key a new secret and shows it, this once.", output, [Id], async (result, client, printer, cancellationToken) =>
                printer.One(await client.ApiKeys.ResetSecretAsync(result.GetValue(Id)!, cancellationToken))),
            Delete(output, (client, id, token) => client.ApiKeys.DeleteAsync(id, token)),
        };
    }

    public static Command Users(TextWriter output)
    {
        Argument<string> email = new("email") { Description = "The address." };
        Option<string?> name = new("--name") { Description = "The full name." };
        return new("users", "People with access.")
        {
            List<User>("users", output, client => client.Users.ListAsync, ("ID", u => u.Id), ("EMAIL", u => u.Email), ("NAME", u => u.FullName), ("STATUS", u => u.Status)),
            RemoteCommand.Create("create", "Makes a user.", output, [email, name], async (result, client, printer, cancellationToken) =>
                printer.One(await client.Users.CreateAsync(new UserRequest { Email = result.GetValue(email), FullName = result.GetValue(name) }, cancellationToken))),
            Show(output, (client, id, token) => client.Users.GetAsync(id, token)),
            Delete(output, (client, id, token) => client.Users.DeleteAsync(id, token)),
        };
    }

    public static Command Certificates(TextWriter output)
    {
        Argument<FileInfo> file = new("file") { Description = "The certificate, PEM." };
        Option<string> name = new("--name") { Description = "A name.", Required = true };
        Option<string> service = new("--service") { Description = "bootstrap or lwm2m.", DefaultValueFactory = _ => "bootstrap" };
        Option<bool> enrollment = new("--enrollment") { Description = "Let in only devices that are enrolled." };
        return new("certificates", "Authorities that the account trusts.")
        {
            List<TrustedCertificate>("certificates", output, client => client.TrustedCertificates.ListAsync, ("ID", c => c.Id), ("NAME", c => c.Name), ("SERVICE", c => c.Service), ("STATUS", c => c.Status), ("SUBJECT", c => c.Subject), ("VALID TO", c => c.Validity)),
            RemoteCommand.Create("add", "Trusts an authority.", output, [file, name, service, enrollment], async (result, client, printer, cancellationToken) => printer.One(await client.TrustedCertificates.CreateAsync(
                new TrustedCertificateRequest
                {
                    Certificate = await File.ReadAllTextAsync(result.GetValue(file)!.FullName, cancellationToken),
                    Name = result.GetValue(name),
                    Service = result.GetValue(service),
                    Status = "ACTIVE",
                    EnrollmentMode = result.GetValue(enrollment) ? true : null,
                },
                cancellationToken))),
            Show(output, (client, id, token) => client.TrustedCertificates.GetAsync(id, token)),
            Delete(output, (client, id, token) => client.TrustedCertificates.DeleteAsync(id, token)),
        };
    }

    public static Command Enrollments(TextWriter output, TextWriter error, TimeProvider time)
    {
        Argument<string> identity = new("identity") { Description = "A- and the SHA-256 fingerprint of the device's certificate." };
        Argument<FileInfo> file = new("file") { Description = "CSV with the heading enrollment_identity." };
        return new("enrollments", "Claims to devices that have not come yet.")
        {
            List<Enrollment>("enrollments", output, client => client.Enrollments.ListAsync, ("ID", e => e.Id), ("IDENTITY", e => e.EnrollmentIdentity), ("CLAIMED", e => e.ClaimedAt), ("DEVICE", e => e.EnrolledDeviceId)),
            RemoteCommand.Create("create", "Claims a device.", output, [identity], async (result, client, printer, cancellationToken) =>
                printer.One(await client.Enrollments.CreateAsync(result.GetValue(identity)!, cancellationToken))),
            RemoteCommand.Create("upload", "Claims the devices of a file.", output, [file], (result, client, printer, cancellationToken) => RunAsync(
                printer, result.GetValue(file)!, client.Enrollments.UploadAsync, client.Enrollments.GetUploadAsync, client.Enrollments.GetUploadErrorsAsync, cancellationToken)),
            RemoteCommand.Create("delete-all", "Deletes the claims of a file.", output, [file], (result, client, printer, cancellationToken) => RunAsync(
                printer, result.GetValue(file)!, client.Enrollments.DeleteManyAsync, client.Enrollments.GetBulkDeleteAsync, client.Enrollments.GetBulkDeleteErrorsAsync, cancellationToken)),
            Delete(output, (client, id, token) => client.Enrollments.DeleteAsync(id, token)),
        };

        async Task RunAsync(
            Printer printer, FileInfo source, Func<Stream, CancellationToken, Task<BulkEnrollment>> start, Func<string, CancellationToken, Task<BulkEnrollment>> get,
            Func<string, CancellationToken, Task<string>> getErrors, CancellationToken cancellationToken)
        {
            await using FileStream csv = source.OpenRead();
            BulkEnrollment job = await start(csv, cancellationToken);
            while (job.Status != "completed")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, cancellationToken);
                job = await get(job.Id, cancellationToken);
                error.WriteLine($"{job.ProcessedCount} of {job.TotalCount}, {job.ErrorsCount} refused");
            }

            printer.One(job);
            if (job.ErrorsCount > 0)
                throw new InvalidDataException($"{job.ErrorsCount} of {job.TotalCount} identities were refused:\n{await getErrors(job.Id, cancellationToken)}");
        }
    }

    /// <summary>Lists things.</summary>
    public static Command List<T>(string what, TextWriter output, Func<SuretyClient, Func<ListOptions?, CancellationToken, IAsyncEnumerable<T>>> list, params (string Heading, Func<T, object?> Value)[] columns) =>
        RemoteCommand.Create("list", $"Lists {what}.", output, [RemoteCommand.Where, RemoteCommand.Limit], (result, client, printer, cancellationToken) =>
            printer.TableAsync(list(client)(RemoteCommand.Options(result), cancellationToken), result.GetValue(RemoteCommand.Limit), cancellationToken, columns));

    /// <summary>Shows one thing.</summary>
    public static Command Show<T>(TextWriter output, Func<SuretyClient, string, CancellationToken, Task<T>> get) =>
        RemoteCommand.Create("show", "Shows one.", output, [Id], async (result, client, printer, cancellationToken) => printer.One(await get(client, result.GetValue(Id)!, cancellationToken)));

    /// <summary>Deletes one thing.</summary>
    public static Command Delete(TextWriter output, Func<SuretyClient, string, CancellationToken, Task> delete) =>
        RemoteCommand.Create("delete", "Deletes one.", output, [Id], (result, client, _, cancellationToken) => delete(client, result.GetValue(Id)!, cancellationToken));
}
