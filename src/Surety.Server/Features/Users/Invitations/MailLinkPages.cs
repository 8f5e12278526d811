using System.Text.Encodings.Web;

namespace Surety.Server.Features.Users;

/// <summary>The pages behind the links in mails: a form each, without scripts.</summary>
internal static class MailLinkPages
{
    /// <summary>Where the page of <paramref name="purpose"/> is.</summary>
    public static string PathOf(MailTokenPurpose purpose) => purpose switch
    {
        MailTokenPurpose.Invitation => "/auth/invitation",
        MailTokenPurpose.PasswordRecovery => "/auth/password-reset",
        _ => "/auth/email-verification",
    };

    /// <summary>The form.</summary>
    public static string Form(MailTokenPurpose purpose, string token)
    {
        var fields = purpose switch
        {
            MailTokenPurpose.Invitation => Name + Password,
            MailTokenPurpose.PasswordRecovery => Password,
            _ => "",
        };
        return Page(Title(purpose), $"""
            <form method="post" action="{PathOf(purpose)}">
            <input type="hidden" name="token" value="{HtmlEncoder.Default.Encode(token)}">
            {fields}
            <button>{Title(purpose)}</button>
            </form>
            """);
    }

    /// <summary>A page that tells something.</summary>
    public static string Message(MailTokenPurpose purpose, string text) => Page(Title(purpose), $"<p>{HtmlEncoder.Default.Encode(text)}</p>");

    private const string Name = """<label>Your name<input name="full_name" maxlength="100" autocomplete="name"></label>""";
    private const string Password = """<label>Password<input name="password" type="password" minlength="8" maxlength="512" required autocomplete="new-password"></label>""";

    private static string Title(MailTokenPurpose purpose) => purpose switch
    {
        MailTokenPurpose.Invitation => "Accept the invitation",
        MailTokenPurpose.PasswordRecovery => "Choose another password",
        _ => "This is my address",
    };

    private static string Page(string title, string body) =>
        $$"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Surety: {{title}}</title>
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 4rem auto; padding: 0 1rem; color: #1c2733; background: #fff }
          label, input { display: block; width: 100%; box-sizing: border-box } label { margin: 1rem 0 } input, button { font: inherit; padding: .4em .6em }
          @media (prefers-color-scheme: dark) { body { color: #dde3ea; background: #14191f } }
        </style>
        <h1>Surety</h1>
        {{body}}
        </html>
        """;
}
