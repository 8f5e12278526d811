using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Surety.Server.Features.ApiKeys;

/// <summary>
/// The text of an API key, or of an application's access key: <c>ak_1</c> or <c>ak_2</c>, 43 characters of unpadded base64 of the account id's 32 digits, the key id's 32 digits, and a
/// secret of 32 characters: 111 in all. (Pelion conventions, "Authentication".)
/// </summary>
internal readonly record struct ApiKeyToken(EntityId AccountId, EntityId KeyId, string Secret, bool IsAccessKey)
{
    /// <summary>What every API key begins with, before the digit of the format's version.</summary>
    public const string Prefix = "ak_";

    private const string Start = "ak_1";
    private const string AccessKeyStart = "ak_2";
    private const int AccountLength = 43;
    private const int SecretLength = 32;
    private const int PublicLength = 4 + AccountLength + EntityId.TextLength;

    // No character that a shell, a URL or a double click treats in a special way. 62^32 secrets are 190 bits.
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A token with a new secret.</summary>
    public static ApiKeyToken Create(EntityId accountId, EntityId keyId, bool isAccessKey = false) =>
        new(accountId, keyId, RandomNumberGenerator.GetString(Alphabet, SecretLength), isAccessKey);

    /// <summary>Reads a whole key.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ApiKeyToken token)
    {
        token = default;
        if (text?.Length != PublicLength + SecretLength || !TryParsePublic(text, out var accountId, out var keyId))
            return false;
        token = new ApiKeyToken(accountId, keyId, text[PublicLength..], IsOfAccessKey(text));
        return true;
    }

    /// <summary>Reads the part before the secret, whether the secret follows or not.</summary>
    public static bool TryParsePublic(string text, out EntityId accountId, out EntityId keyId)
    {
        accountId = keyId = default;
        if (text.Length is not (PublicLength or (PublicLength + SecretLength)) || !(text.StartsWith(Start, StringComparison.Ordinal) || IsOfAccessKey(text)))
            return false;
        Span<byte> digits = stackalloc byte[EntityId.TextLength];
        var base64 = string.Concat(text.AsSpan(Start.Length, AccountLength), "=");
        return Convert.TryFromBase64String(base64, digits, out var length)
            && EntityId.TryParse(Encoding.ASCII.GetString(digits[..length]), out accountId)
            && EntityId.TryParse(text.AsSpan(Start.Length + AccountLength, EntityId.TextLength), out keyId)
            // Neither base64 nor hexadecimal digits are unique; a key is.
            && text.StartsWith(PublicText(accountId, keyId, IsOfAccessKey(text)), StringComparison.Ordinal);
    }

    /// <summary>The key without its secret, as the API shows it after its creation.</summary>
    public static string PublicText(EntityId accountId, EntityId keyId, bool isAccessKey = false) =>
        $"{(isAccessKey ? AccessKeyStart : Start)}{Convert.ToBase64String(Encoding.ASCII.GetBytes(accountId.ToString())).TrimEnd('=')}{keyId}";

    /// <summary>The whole key. Shown once; never logged.</summary>
    public string Reveal() => PublicText(AccountId, KeyId, IsAccessKey) + Secret;

    // The generated text of a record would hold the secret.
    public override string ToString() => PublicText(AccountId, KeyId, IsAccessKey);

    private static bool IsOfAccessKey(string text) => text.StartsWith(AccessKeyStart, StringComparison.Ordinal);
}
