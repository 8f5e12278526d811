using System.Globalization;

namespace Surety.Pki;

/// <summary>A PKCS #11 function that did not return CKR_OK.</summary>
internal sealed class CryptokiError(string function, nuint code) : Exception($"{function} says {Describe(code)}")
{
    public nuint Code { get; } = code;

    /// <summary>The PIN is what is wrong: trying again would lock the token.</summary>
    public bool IsPin => Code is 0xA0 or 0xA1 or 0xA2 or 0xA4 or 0xA3;

    // PKCS #11 2.40, 5.1
    public static string Describe(nuint code) => code switch
    {
        0x05 => "CKR_GENERAL_ERROR",
        0x06 => "CKR_FUNCTION_FAILED",
        0x30 => "CKR_DEVICE_ERROR",
        0x31 => "CKR_DEVICE_MEMORY",
        0x32 => "CKR_DEVICE_REMOVED: the token is not there",
        0x60 => "CKR_KEY_HANDLE_INVALID",
        0x68 => "CKR_KEY_FUNCTION_NOT_PERMITTED: the key may not sign",
        0x70 => "CKR_MECHANISM_INVALID: the token cannot sign with ECDSA",
        0x82 => "CKR_OBJECT_HANDLE_INVALID: the key is not there any more",
        0xA0 => "CKR_PIN_INCORRECT: the PIN is wrong",
        0xA1 => "CKR_PIN_INVALID: the PIN is wrong",
        0xA2 => "CKR_PIN_LEN_RANGE: the PIN is too short or too long",
        0xA3 => "CKR_PIN_EXPIRED: the PIN must be changed",
        0xA4 => "CKR_PIN_LOCKED: the PIN was wrong too often",
        0xB3 => "CKR_SESSION_HANDLE_INVALID",
        0xE0 => "CKR_TOKEN_NOT_PRESENT: the token is not there",
        0xE1 => "CKR_TOKEN_NOT_RECOGNIZED",
        0x101 => "CKR_USER_NOT_LOGGED_IN",
        _ => "CKR 0x" + code.ToString("X", CultureInfo.InvariantCulture),
    };
}
