using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Surety.Server.Api;

namespace Surety.Server.Features.Users;

/// <summary>
/// Passwords: the policy, and the hash (PBKDF2 with HMAC-SHA-512, in the form of ASP.NET Core Identity). A hash takes tens of milliseconds on
/// purpose; so that sign-ins cannot take all of the machine, few are made at once and others wait.
/// </summary>
internal sealed class Passwords : IDisposable
{
    /// <summary>Characters (account-management, PasswordPolicy, <c>minimum_length</c>).</summary>
    public const int MinLength = 8;

    /// <inheritdoc cref="MinLength"/>
    public const int MaxLength = 512;

    // Longer queues would only be answered after the callers have gone.
    private const int MaxWaiting = 100;

    private const int GeneratedLength = 20;
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    private readonly PasswordHasher<User> _hasher = new();
    private readonly SemaphoreSlim _slots = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly Lazy<string> _nobody;
    private int _waiting;

    public Passwords() => _nobody = new(() => _hasher.HashPassword(null!, Generate()));

    /// <summary>A password that nobody can guess and everybody can type: 20 characters, 116 bits, or as long as it must be.</summary>
    public static string Generate(int minLength = MinLength) => RandomNumberGenerator.GetString(Alphabet, Math.Max(GeneratedLength, minLength));

    /// <summary>Refuses what is too short, too long, or the name itself.</summary>
    /// <exception cref="ApiException">400.</exception>
    public static void Check(string password, string email, string? username, int minLength = MinLength)
    {
        if (password.Length < minLength || password.Length > MaxLength)
            throw ApiException.Invalid("password", $"must have {minLength} to {MaxLength} characters");
        if (password.Equals(email, StringComparison.OrdinalIgnoreCase) || password.Equals(username, StringComparison.OrdinalIgnoreCase))
            throw ApiException.Invalid("password", "must not be the name of the user");
    }

    /// <summary>The hash that is stored.</summary>
    /// <exception cref="ApiException">429.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        InSlotAsync(() => _hasher.HashPassword(null!, password), cancellationToken);

    /// <summary>Compares in constant time; takes as long for a user who is not there, so that nobody learns who is.</summary>
    /// <exception cref="ApiException">429.</exception>
    public Task<bool> MatchesAsync(string password, string? hash, CancellationToken cancellationToken) => InSlotAsync(
        () => _hasher.VerifyHashedPassword(null!, hash ?? _nobody.Value, password) != PasswordVerificationResult.Failed && hash is not null, cancellationToken);

    public void Dispose() => _slots.Dispose();

    private async Task<T> InSlotAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new ApiException(StatusCodes.Status429TooManyRequests, ErrorTypes.RateLimitExceeded, "Too many people sign in at once; try again in a few seconds.");
        }

        try
        {
            await _slots.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(work, cancellationToken);
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
