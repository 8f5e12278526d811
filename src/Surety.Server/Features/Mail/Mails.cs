using System.Net;
using System.Net.Mail;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Hosting.Settings;
using Surety.Server.Storage;

namespace Surety.Server.Features.Mail;

/// <summary>
/// Sends mails in the background, one after the other, and keeps the log of them. What a mail carries is a key to an account, so it is in memory alone: after
/// a restart, what was not sent stays so, and is asked for again. In a cluster each node sends the mails it was asked for; no other one has them.
/// </summary>
internal sealed partial class Mails(SuretySettings settings, SuretyDbFactory databases, EntityIdGenerator ids, TimeProvider time, ILogger<Mails> log) : BackgroundService
{
    // Nobody waits for more than this; what comes on top is refused at once.
    private const int MaxWaiting = 1000;

    // Of each account.
    private const int MaxRecords = 1000;

    private const string NoServer = "no mail server is set (Surety:Mail:Server)";
    private const string NoUrl = "the server does not know its own address (Surety:Certificates:PublicUrl)";
    private const string Waiting = "it is waiting to be sent";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan[] Retries = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60)];

    private readonly Channel<(EntityId Id, MailMessageText Mail)> _queue = Channel.CreateBounded<(EntityId, MailMessageText)>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Whether mails go out at all.</summary>
    public bool CanSend => NotPossible() is null;

    /// <summary>Begins to send a mail; the log of the account tells what became of it.</summary>
    public async Task SendAsync(MailMessageText mail, CancellationToken cancellationToken)
    {
        var id = ids.Next();
        var problem = NotPossible();
        await using var db = databases.Open(mail.AccountId);
        db.Add(new MailRecord
        {
            Id = id,
            AccountId = mail.AccountId,
            Receiver = mail.Receiver,
            Subject = mail.Subject,
            Message = mail.Text,
            Error = $"not sent: {problem ?? Waiting}",
            CreatedAt = time.GetInstant(),
        });
        db.RemoveRange(await db.Set<MailRecord>().OrderByDescending(old => old.Id).Skip(MaxRecords - 1).ToListAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        if (problem is null && !_queue.Writer.TryWrite((id, mail)))
            await RecordAsync(id, mail.AccountId, "not sent: too many mails are waiting", cancellationToken);
    }

    /// <summary>The link to a page of this server.</summary>
    /// <param name="path">Path and query.</param>
    public string Link(string path) => settings.Certificates.PublicUrl is { } url ? new Uri(url, path).AbsoluteUri : path;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (id, mail) in _queue.Reader.ReadAllAsync(stoppingToken))
                await DeliverAsync(id, mail, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The log says of the rest that it is waiting.
        }
    }

    private string? NotPossible() => settings.Mail.Server is null ? NoServer : settings.Certificates.PublicUrl is null ? NoUrl : null;

    private async Task DeliverAsync(EntityId id, MailMessageText mail, CancellationToken cancellationToken)
    {
        string? error = null;
        for (var attempt = 0; attempt <= Retries.Length; attempt++)
        {
            if (attempt > 0)
                await Task.Delay(Retries[attempt - 1], time, cancellationToken);
            (error, var isFinal) = await TrySendAsync(mail, cancellationToken);
            if (isFinal)
                break;
        }

        if (error is not null)
            LogNotSent(error);
        try
        {
            await RecordAsync(id, mail.AccountId, error is null ? null : $"not sent: {error}", cancellationToken);
        }
        catch (Exception failure) when (failure is DbUpdateException or System.Data.Common.DbException)
        {
            LogNotRecorded(failure);
        }
    }

    private async Task<(string? Error, bool IsFinal)> TrySendAsync(MailMessageText mail, CancellationToken cancellationToken)
    {
        MailSettings.TrySplit(settings.Mail.Server!, out var host, out var port);
        try
        {
            using var client = new SmtpClient(host, port)
            {
                EnableSsl = settings.Mail.StartTls,
                Credentials = settings.Mail.User is { } user ? new NetworkCredential(user, settings.Mail.Password) : null,
            };
            using var message = new MailMessage(settings.Mail.From, mail.Receiver, mail.Subject, mail.Text.Replace(MailMessageText.LinkPlace, mail.Link, StringComparison.Ordinal));
            using var limit = new CancellationTokenSource(Timeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await client.SendMailAsync(message, both.Token);
            return (null, true);
        }
        catch (SmtpFailedRecipientException error)
        {
            return ($"the mail server refuses the receiver: {error.StatusCode}", true);
        }
        catch (SmtpException error)
        {
            return (error.InnerException?.Message ?? error.Message, false);
        }
        catch (FormatException)
        {
            return ("the receiver is not an e-mail address", true);
        }
        catch (Exception error) when (error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return ("the mail server does not answer", false);
        }
    }

    private async Task RecordAsync(EntityId id, EntityId account, string? error, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        await db.Set<MailRecord>().Where(mail => mail.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Success, error == null).SetProperty(mail => mail.Error, error), cancellationToken);
    }

    [LoggerMessage(1221, LogLevel.Warning, "A mail was not sent: {Reason}")]
    private partial void LogNotSent(string reason);

    [LoggerMessage(1222, LogLevel.Error, "What became of a mail could not be written")]
    private partial void LogNotRecorded(Exception error);
}
