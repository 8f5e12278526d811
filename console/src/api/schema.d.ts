// Made by npm run api from the server's OpenAPI document. Do not edit.

export interface paths {
    "/auth/email-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page behind the link of a mail. */
        get: operations["showEmailVerification"];
        put?: never;
        /** Do what the link of a mail is for: JSON or the form of the page. */
        post: operations["followEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/impersonate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on in another account of the user. */
        post: operations["impersonate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page behind the link of a mail. */
        get: operations["showInvitation"];
        put?: never;
        /** Do what the link of a mail is for: JSON or the form of the page. */
        post: operations["followInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a password and get a token. */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session of the token. */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/oidc/{identity_provider_id}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where an identity provider sends the browser back. */
        get: operations["completeSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/oidc/{identity_provider_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Send the browser to an identity provider. */
        get: operations["startSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/oidc/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The identity providers that the users of an account can choose from. */
        get: operations["listSignInProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/oidc/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange the code of a sign-in with an identity provider for a token. */
        post: operations["exchangeSignInCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password-recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a mail with a link to choose another password. */
        post: operations["recoverPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page behind the link of a mail. */
        get: operations["showPasswordRecovery"];
        put?: never;
        /** Do what the link of a mail is for: JSON or the form of the page. */
        post: operations["followPasswordRecovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/device-requests/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an async request to a device. */
        post: operations["createAsyncRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/device-shared-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all pre-shared keys, without the secrets. */
        get: operations["ListPreSharedKeys"];
        put?: never;
        /** Upload a pre-shared key. */
        post: operations["UploadPreSharedKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/device-shared-keys/{endpoint_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a pre-shared key, without the secret. */
        get: operations["GetPreSharedKey"];
        put?: never;
        post?: never;
        /** Remove a pre-shared key. */
        delete: operations["DeletePreSharedKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List registered devices. */
        get: operations["getEndpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/endpoints/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the resources on an endpoint. */
        get: operations["getEndpointResources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/endpoints/{device_id}/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read from a resource. */
        get: operations["getResourceValue"];
        /** Write to a resource, or its attributes. */
        put: operations["updateResourceValue"];
        /** Execute a resource, or create an instance. */
        post: operations["executeOrCreateResource"];
        /** Delete an instance. */
        delete: operations["deleteResource"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/notification/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check callback URL. */
        get: operations["getWebhook"];
        /** Register a callback URL. */
        put: operations["registerWebhook"];
        post?: never;
        /** Delete callback URL. */
        delete: operations["deregisterWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/notification/channel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get channel metadata. */
        get: operations["getChannelMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/notification/pull": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get notifications using Long Poll */
        get: operations["longPollNotifications"];
        put?: never;
        post?: never;
        /** Delete notification Long Poll channel. */
        delete: operations["deleteLongPollChannel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/notification/websocket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get websocket channel information. */
        get: operations["getWebsocket"];
        /** Register a websocket channel. */
        put: operations["registerWebsocket"];
        post?: never;
        /** Delete websocket channel. */
        delete: operations["deleteWebsocket"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/notification/websocket-connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open the websocket. */
        get: operations["connectWebsocket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get pre-subscriptions. */
        get: operations["getPreSubscriptions"];
        /** Set pre-subscriptions. */
        put: operations["updatePreSubscriptions"];
        post?: never;
        /** Remove pre-subscriptions. */
        delete: operations["deletePreSubscriptions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/subscriptions/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an endpoint's subscriptions. */
        get: operations["getEndpointSubscriptions"];
        put?: never;
        post?: never;
        /** Delete subscriptions from an endpoint. */
        delete: operations["deleteEndpointSubscriptions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/subscriptions/{device_id}/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the subscription status of a resource. */
        get: operations["checkResourceSubscription"];
        /** Subscribe to a resource path. */
        put: operations["addResourceSubscription"];
        post?: never;
        /** Remove a subscription. */
        delete: operations["deleteResourceSubscription"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/access-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the access keys of all applications. */
        get: operations["getAllAccessKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/access-keys/{access_key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an access key. */
        get: operations["getAccessKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get all accounts. */
        get: operations["getAllAccounts"];
        put?: never;
        /** Create a new account. */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get account info. */
        get: operations["getAccountInfo"];
        /** Update attributes of an account. */
        put: operations["updateAccount"];
        post?: never;
        /** Delete an account that has no devices. */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/access-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the access keys of all applications. */
        get: operations["getAllAccountAccessKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/access-keys/{access_key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an access key. */
        get: operations["getAccountAccessKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get all API keys. */
        get: operations["getAllAccountApiKeys"];
        put?: never;
        /** Create a new API key. */
        post: operations["createAccountApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/api-keys/{apikey_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get API key. */
        get: operations["getAccountApiKey"];
        /** Update API key details. */
        put: operations["updateAccountApiKey"];
        post?: never;
        /** Delete API key. */
        delete: operations["deleteAccountApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/api-keys/{apikey_id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get policy groups of an API key. */
        get: operations["getGroupsOfAccountApikey"];
        put?: never;
        /** Add API key to a list of groups; the older form of /add. */
        post: operations["addAccountApiKeyToGroups"];
        /** Remove API key from groups; the older form of /remove. */
        delete: operations["removeAccountApiKeyFromGroups"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/api-keys/{apikey_id}/groups/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add API key to a list of groups. */
        post: operations["addAccountApiKeyToListedGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/api-keys/{apikey_id}/groups/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove API key from groups. */
        post: operations["removeAccountApiKeyFromListedGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/api-keys/{apikey_id}/reset-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reset the secret key. */
        post: operations["resetAccountApiKeySecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get all applications. */
        get: operations["getAllAccountApplications"];
        put?: never;
        /** Create a new application. */
        post: operations["createAccountApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/applications/{application_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an application. */
        get: operations["getAccountApplication"];
        /** Update an application. */
        put: operations["updateAccountApplication"];
        post?: never;
        /** Delete an application with its access keys. */
        delete: operations["deleteAccountApplication"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/applications/{application_id}/access-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the access keys of an application. */
        get: operations["getAccessKeysOfAccountApplication"];
        put?: never;
        /** Create a new access key; the answer shows it whole, this once. */
        post: operations["createAccountAccessKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/applications/{application_id}/access-keys/{access_key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an access key of an application. */
        get: operations["getAccessKeyOfAccountApplication"];
        /** Update an access key. */
        put: operations["updateAccountAccessKey"];
        post?: never;
        /** Delete an access key. */
        delete: operations["deleteAccountAccessKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/applications/{application_id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get policy groups of an application. */
        get: operations["getGroupsOfAccountApplication"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/applications/{application_id}/groups/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add an application to a list of groups. */
        post: operations["addAccountApplicationToGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/applications/{application_id}/groups/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove an application from groups. */
        post: operations["removeAccountApplicationFromGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-colors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Reset all branding colors. */
        delete: operations["deleteAllAccountColors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-colors/dark": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the branding colors of the theme. */
        get: operations["getAccountDarkColors"];
        /** Set branding colors of the theme, all or none. */
        put: operations["bulkSetAccountDarkColors"];
        post?: never;
        /** Reset the branding colors of the theme. */
        delete: operations["deleteAllAccountDarkColors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-colors/dark/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a branding color. */
        get: operations["getAccountDarkColor"];
        /** Set a branding color. */
        put: operations["setAccountDarkColor"];
        post?: never;
        /** Reset a branding color to its default. */
        delete: operations["resetAccountDarkColor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-colors/light": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the branding colors of the theme. */
        get: operations["getAccountLightColors"];
        /** Set branding colors of the theme, all or none. */
        put: operations["bulkSetAccountLightColors"];
        post?: never;
        /** Reset the branding colors of the theme. */
        delete: operations["deleteAllAccountLightColors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-colors/light/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a branding color. */
        get: operations["getAccountLightColor"];
        /** Set a branding color. */
        put: operations["setAccountLightColor"];
        post?: never;
        /** Reset a branding color to its default. */
        delete: operations["resetAccountLightColor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete all branding images. */
        delete: operations["deleteAllAccountImages"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-images/dark": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get metadata of the branding images of the theme. */
        get: operations["getAllAccountDarkImageData"];
        put?: never;
        post?: never;
        /** Delete the branding images of the theme. */
        delete: operations["deleteAllAccountDarkImages"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-images/dark/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get metadata of a branding image. */
        get: operations["getAccountDarkImageData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-images/dark/{reference}/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revert a branding image to its default. */
        post: operations["clearAccountDarkImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-images/dark/{reference}/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a branding image, PNG or JPEG of at most 1 MiB. */
        post: operations["uploadAccountDarkImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-images/dark/{reference}/upload-multipart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a branding image as a form, PNG or JPEG of at most 1 MiB. */
        post: operations["uploadAccountDarkImageMultipart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-images/light": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get metadata of the branding images of the theme. */
        get: operations["getAllAccountLightImageData"];
        put?: never;
        post?: never;
        /** Delete the branding images of the theme. */
        delete: operations["deleteAllAccountLightImages"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-images/light/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get metadata of a branding image. */
        get: operations["getAccountLightImageData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-images/light/{reference}/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revert a branding image to its default. */
        post: operations["clearAccountLightImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-images/light/{reference}/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a branding image, PNG or JPEG of at most 1 MiB. */
        post: operations["uploadAccountLightImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/branding-images/light/{reference}/upload-multipart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a branding image as a form, PNG or JPEG of at most 1 MiB. */
        post: operations["uploadAccountLightImageMultipart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/identity-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get all identity providers. */
        get: operations["getAllAccountIdentityProviders"];
        put?: never;
        /** Create a new identity provider. */
        post: operations["createAccountIdentityProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/identity-providers/{identity_provider_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get identity provider. */
        get: operations["getAccountIdentityProvider"];
        /** Update an existing identity provider. */
        put: operations["updateAccountIdentityProvider"];
        post?: never;
        /** Delete an identity provider by ID. */
        delete: operations["deleteAccountIdentityProvider"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/identity-providers/{identity_provider_id}/refresh-jwks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refreshes the OIDC signing keys. */
        post: operations["refreshAccountJwks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/limitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get entitlement limitations. */
        get: operations["aggregatorGetAccountLimitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/limitations/{limitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an entitlement limitation. */
        get: operations["aggregatorGetAccountLimitation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the notification entries of an account: the mails it has sent. */
        get: operations["getAccountNofificationEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/notifications/{notification_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a notification entry. */
        get: operations["getAccountNofificationEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/policy-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get policy groups. */
        get: operations["getAllAccountGroups"];
        put?: never;
        /** Create a new group. */
        post: operations["createAccountGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/policy-groups/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a policy group. */
        get: operations["getAccountGroupSummary"];
        /** Update the group name. */
        put: operations["updateAccountGroupName"];
        /** Add members to a group. */
        post: operations["addSubjectsToAccountGroup"];
        /** Delete a group. */
        delete: operations["deleteAccountGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/policy-groups/{group_id}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the API keys of a policy group. */
        get: operations["getApiKeysOfAccountGroup"];
        put?: never;
        /** Add API keys to the group; the older form of /add. */
        post: operations["addApiKeysToAccountGroup"];
        /** Remove API keys from a group; the older form of /remove. */
        delete: operations["removeApiKeysFromAccountGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/policy-groups/{group_id}/api-keys/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add API keys to the group. */
        post: operations["addListedApiKeysToAccountGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/policy-groups/{group_id}/api-keys/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove API keys from a group. */
        post: operations["removeListedApiKeysFromAccountGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/policy-groups/{group_id}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the applications of a policy group. */
        get: operations["getApplicationsOfAccountGroup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/policy-groups/{group_id}/applications/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add applications to the group. */
        post: operations["addListedApplicationsToAccountGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/policy-groups/{group_id}/applications/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove applications from a group. */
        post: operations["removeListedApplicationsFromAccountGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/policy-groups/{group_id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get users of a policy group. */
        get: operations["getUsersOfAccountGroup"];
        put?: never;
        /** Add users to the group; the older form of /add. */
        post: operations["addUsersToAccountGroup"];
        /** Remove users from a group; the older form of /remove. */
        delete: operations["removeUsersFromAccountGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/policy-groups/{group_id}/users/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add users to the group. */
        post: operations["addListedUsersToAccountGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/policy-groups/{group_id}/users/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove users from a group. */
        post: operations["removeListedUsersFromAccountGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/trusted-certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get all trusted certificates. */
        get: operations["getAllAccountCertificates"];
        put?: never;
        /** Upload a new trusted certificate. */
        post: operations["addAccountCertificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/trusted-certificates/{cert_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get trusted certificate. */
        get: operations["getAccountCertificate"];
        /** Update trusted certificate. */
        put: operations["updateAccountCertificate"];
        post?: never;
        /** Delete a trusted certificate. */
        delete: operations["deleteAccountCertificate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/user-invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the details of all user invitations. */
        get: operations["getAllAccountInvitations"];
        put?: never;
        /** Create a user invitation. */
        post: operations["createAccountInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/user-invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Details of a user invitation. */
        get: operations["getAccountInvitation"];
        put?: never;
        post?: never;
        /** Delete a user invitation. */
        delete: operations["deleteAccountInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the details of all users. */
        get: operations["getAllAccountUsers"];
        put?: never;
        /** Create a new user. */
        post: operations["createAccountUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Details of a user. */
        get: operations["getAccountUser"];
        /** Update user details. */
        put: operations["updateAccountUser"];
        post?: never;
        /** Delete a user. */
        delete: operations["deleteAccountUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/users/{user_id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get policy groups for a user. */
        get: operations["getGroupsOfAccountUser"];
        put?: never;
        /** Add user to a list of groups; the older form of /add. */
        post: operations["addAccountUserToGroups"];
        /** Remove user from groups; the older form of /remove. */
        delete: operations["removeAccountUserFromGroups"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/users/{user_id}/groups/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add user to a list of groups. */
        post: operations["addAccountUserToListedGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/users/{user_id}/groups/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove user from groups. */
        post: operations["removeAccountUserFromListedGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/{account_id}/users/{user_id}/validate-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Validate the user email. */
        post: operations["validateAccountUserEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get account information. */
        get: operations["getMyAccountInfo"];
        /** Update details of the current account. */
        put: operations["updateMyAccount"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/me/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the notification entries of an account: the mails it has sent. */
        get: operations["getNofificationEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/accounts/me/notifications/{notification_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a notification entry. */
        get: operations["getNofificationEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get all API keys. */
        get: operations["getAllApiKeys"];
        put?: never;
        /** Create a new API key. */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/api-keys/{apikey_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get API key. */
        get: operations["getApiKey"];
        /** Update API key details. */
        put: operations["updateApiKey"];
        post?: never;
        /** Delete API key. */
        delete: operations["deleteApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/api-keys/{apikey_id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get policy groups of an API key. */
        get: operations["getGroupsOfApikey"];
        put?: never;
        /** Add API key to a list of groups; the older form of /add. */
        post: operations["addApiKeyToGroups"];
        /** Remove API key from groups; the older form of /remove. */
        delete: operations["removeApiKeyFromGroups"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/api-keys/{apikey_id}/groups/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add API key to a list of groups. */
        post: operations["addApiKeyToListedGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/api-keys/{apikey_id}/groups/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove API key from groups. */
        post: operations["removeApiKeyFromListedGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/api-keys/{apikey_id}/reset-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reset the secret key. */
        post: operations["resetSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/api-keys/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get current API key. */
        get: operations["getMyApiKey"];
        /** Update current API key. */
        put: operations["updateMyApiKey"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/api-keys/me/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get policy groups of the current API key. */
        get: operations["getGroupsOfMyApiKey"];
        put?: never;
        /** Add the current API key to groups; the older form of /add. */
        post: operations["addMyApiKeyToGroups"];
        /** Remove the current API key from groups; the older form of /remove. */
        delete: operations["removeMyApiKeyListedGroups"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/api-keys/me/groups/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add the current API key to groups. */
        post: operations["addMyApiKeyToListedGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/api-keys/me/groups/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove the current API key from groups. */
        post: operations["removeMyApiKeyFromListedGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get all applications. */
        get: operations["getAllApplications"];
        put?: never;
        /** Create a new application. */
        post: operations["createApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/applications/{application_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an application. */
        get: operations["getApplication"];
        /** Update an application. */
        put: operations["updateApplication"];
        post?: never;
        /** Delete an application with its access keys. */
        delete: operations["deleteApplication"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/applications/{application_id}/access-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the access keys of an application. */
        get: operations["getAccessKeysOfApplication"];
        put?: never;
        /** Create a new access key; the answer shows it whole, this once. */
        post: operations["createAccessKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/applications/{application_id}/access-keys/{access_key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an access key of an application. */
        get: operations["getAccessKeyOfApplication"];
        /** Update an access key. */
        put: operations["updateAccessKey"];
        post?: never;
        /** Delete an access key. */
        delete: operations["deleteAccessKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/applications/{application_id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get policy groups of an application. */
        get: operations["getGroupsOfApplication"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/applications/{application_id}/groups/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add an application to a list of groups. */
        post: operations["addApplicationToGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/applications/{application_id}/groups/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove an application from groups. */
        post: operations["removeApplicationFromGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who has changed what. */
        get: operations["getAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/audit-log/{audit_log_entry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one entry. */
        get: operations["getAuditLogEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/audit-log/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as CSV, all of it. */
        get: operations["exportAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/audit-log/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell whether the log is as it was written. */
        get: operations["verifyAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/bootstrap-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the bootstrap rules, in the order in which they are asked. */
        get: operations["listBootstrapRules"];
        put?: never;
        /** Create a bootstrap rule. */
        post: operations["createBootstrapRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/bootstrap-rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a bootstrap rule. */
        get: operations["getBootstrapRule"];
        /** Replace a bootstrap rule. */
        put: operations["updateBootstrapRule"];
        post?: never;
        /** Delete a bootstrap rule. */
        delete: operations["deleteBootstrapRule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/bootstrap-rules/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show what a device would get at its bootstrap, and why. */
        post: operations["dryRunBootstrapRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-colors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Reset all branding colors. */
        delete: operations["deleteAllColors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-colors/dark": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the branding colors of the theme. */
        get: operations["getDarkColors"];
        /** Set branding colors of the theme, all or none. */
        put: operations["bulkSetDarkColors"];
        post?: never;
        /** Reset the branding colors of the theme. */
        delete: operations["deleteAllDarkColors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-colors/dark/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a branding color. */
        get: operations["getDarkColor"];
        /** Set a branding color. */
        put: operations["setDarkColor"];
        post?: never;
        /** Reset a branding color to its default. */
        delete: operations["resetDarkColor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-colors/light": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the branding colors of the theme. */
        get: operations["getLightColors"];
        /** Set branding colors of the theme, all or none. */
        put: operations["bulkSetLightColors"];
        post?: never;
        /** Reset the branding colors of the theme. */
        delete: operations["deleteAllLightColors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-colors/light/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a branding color. */
        get: operations["getLightColor"];
        /** Set a branding color. */
        put: operations["setLightColor"];
        post?: never;
        /** Reset a branding color to its default. */
        delete: operations["resetLightColor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete all branding images. */
        delete: operations["deleteAllImages"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-images/dark": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get metadata of the branding images of the theme. */
        get: operations["getAllDarkImageData"];
        put?: never;
        post?: never;
        /** Delete the branding images of the theme. */
        delete: operations["deleteAllDarkImages"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-images/dark/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get metadata of a branding image. */
        get: operations["getDarkImageData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-images/dark/{reference}/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revert a branding image to its default. */
        post: operations["clearDarkImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-images/dark/{reference}/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a branding image, PNG or JPEG of at most 1 MiB. */
        post: operations["uploadDarkImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-images/dark/{reference}/upload-multipart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a branding image as a form, PNG or JPEG of at most 1 MiB. */
        post: operations["uploadDarkImageMultipart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-images/light": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get metadata of the branding images of the theme. */
        get: operations["getAllLightImageData"];
        put?: never;
        post?: never;
        /** Delete the branding images of the theme. */
        delete: operations["deleteAllLightImages"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-images/light/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get metadata of a branding image. */
        get: operations["getLightImageData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-images/light/{reference}/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revert a branding image to its default. */
        post: operations["clearLightImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-images/light/{reference}/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a branding image, PNG or JPEG of at most 1 MiB. */
        post: operations["uploadLightImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/branding-images/light/{reference}/upload-multipart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a branding image as a form, PNG or JPEG of at most 1 MiB. */
        post: operations["uploadLightImageMultipart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List certificate campaigns. */
        get: operations["listCertificateCampaigns"];
        put?: never;
        /** Create a certificate campaign. */
        post: operations["createCertificateCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-campaigns/{certificate-campaign-id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a certificate campaign. */
        get: operations["getCertificateCampaign"];
        put?: never;
        post?: never;
        /** Delete a certificate campaign. */
        delete: operations["deleteCertificateCampaign"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-campaigns/{certificate-campaign-id}/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell which devices will be late. */
        get: operations["forecastCertificateCampaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-campaigns/{certificate-campaign-id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a certificate campaign, or go on with it. */
        post: operations["startCertificateCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-campaigns/{certificate-campaign-id}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the devices of a certificate campaign. */
        get: operations["getCertificateCampaignStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-campaigns/{certificate-campaign-id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a certificate campaign. */
        post: operations["stopCertificateCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-enrollments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get certificate enrollments list. */
        get: operations["getCertificateEnrollments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-enrollments/{certificate-enrollment-id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a certificate enrollment by ID. */
        get: operations["getCertificateEnrollment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-issuer-configurations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get certificate issuer configurations. */
        get: operations["getCertificateIssuerConfigs"];
        put?: never;
        /** Create certificate issuer configuration. */
        post: operations["createCertificateIssuerConfig"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-issuer-configurations/{certificate-issuer-configuration-id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get certificate issuer configuration. */
        get: operations["getCertificateIssuerConfigByID"];
        /** Update certificate issuer configuration. */
        put: operations["updateCertificateIssuerConfigByID"];
        post?: never;
        /** Delete certificate issuer configuration. */
        delete: operations["deleteCertificateIssuerConfigByID"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-issuer-configurations/lwm2m": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get certificate issuer configuration for LwM2M. */
        get: operations["getCertificateIssuerConfig"];
        /** Update certificate issuer configuration for LwM2M. */
        put: operations["updateCertificateIssuerConfig"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-issuers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get certificate issuers list. */
        get: operations["getCertificateIssuers"];
        put?: never;
        /** Create certificate issuer. */
        post: operations["createCertificateIssuer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-issuers/{certificate-issuer-id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get certificate issuer by ID. */
        get: operations["getCertificateIssuer"];
        /** Update certificate issuer. */
        put: operations["updateCertificateIssuer"];
        post?: never;
        /** Delete certificate issuer. */
        delete: operations["deleteCertificateIssuer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-issuers/{certificate-issuer-id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify certificate issuer. */
        post: operations["verifyCertificateIssuer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the signed head of the log. */
        get: operations["getCertificateLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-log/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the proof that the log was only appended to. */
        get: operations["getCertificateLogConsistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/certificate-log/inclusion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the proof that a certificate is in the log. */
        get: operations["getCertificateLogInclusion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/developer-certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a new developer certificate. */
        post: operations["createDeveloperCertificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/developer-certificates/{developerCertificateId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch an existing developer certificate. */
        get: operations["getDeveloperCertificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-block-categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List device block categories. */
        get: operations["block_category_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-block-categories/{block_category_reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a device block category. */
        get: operations["block_category_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-enrollment-denials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return list of devices which were denied to bootstrap. */
        get: operations["listEnrollmentDenialAttempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-enrollment-denials/{device_enrollment_denial_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Query for a single attempt to bootstrap by ID. */
        get: operations["getEnrollmentDenialAttempt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-enrollments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get enrollment list. */
        get: operations["getDeviceEnrollments"];
        put?: never;
        /** Place an enrollment claim for one or several devices. */
        post: operations["createDeviceEnrollment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-enrollments-bulk-deletes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bulk delete. */
        post: operations["deleteBulkDeviceEnrollment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-enrollments-bulk-deletes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bulk delete: how far it is. */
        get: operations["getBulkDeviceEnrollmentDelete"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-enrollments-bulk-deletes/{id}/errors_report.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bulk delete: the report of the identities with errors. */
        get: operations["getBulkDeviceEnrollmentDeleteErrorsReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-enrollments-bulk-deletes/{id}/full_report.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bulk delete: the report of all identities. */
        get: operations["getBulkDeviceEnrollmentDeleteFullReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-enrollments-bulk-uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bulk upload. */
        post: operations["createBulkDeviceEnrollment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-enrollments-bulk-uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bulk upload: how far it is. */
        get: operations["getBulkDeviceEnrollment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-enrollments-bulk-uploads/{id}/errors_report.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bulk upload: the report of the identities with errors. */
        get: operations["getBulkDeviceEnrollmentErrorsReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-enrollments-bulk-uploads/{id}/full_report.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bulk upload: the report of all identities. */
        get: operations["getBulkDeviceEnrollmentFullReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-enrollments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get details of an enrollment by ID. */
        get: operations["getDeviceEnrollment"];
        put?: never;
        post?: never;
        /** Delete an enrollment by ID. */
        delete: operations["deleteDeviceEnrollment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all device events. */
        get: operations["device_log_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-events/{device_event_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve a device event. */
        get: operations["device_log_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all groups. */
        get: operations["Group_list"];
        put?: never;
        /**
         * Create a group.
         * @description Example: `{"name": "Oulu", "description": "Devices on the factory floor", "custom_attributes": {"site": "oulu"}}`.
         */
        post: operations["Group_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-groups/{device-group-id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a group. */
        get: operations["Group_retrieve"];
        /** Modify the attributes of a group. */
        put: operations["Group_update"];
        post?: never;
        /** Delete a group; its devices stay. */
        delete: operations["Group_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-groups/{device-group-id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a page of the devices in a group. */
        get: operations["Group_members_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-groups/{device-group-id}/devices/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add one device to a group.
         * @description A device can be in several groups; one that is in the group already stays. Example: `{"device_id": "015c3029f6f7000000000001001000c3"}`.
         */
        post: operations["Group_members_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-groups/{device-group-id}/devices/add-matching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add all devices that a filter or a saved query selects.
         * @description All, or in case of an error none. Example: `{"filter": "custom_attributes__site=oulu&state__neq=unenrolled", "preview": true}`.
         */
        post: operations["Group_members_add_matching"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-groups/{device-group-id}/devices/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove one device from a group. */
        post: operations["Group_members_remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-groups/{device-group-id}/devices/remove-matching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove all devices that a filter or a saved query selects.
         * @description All, or in case of an error none. Example: `{"filter": "lifecycle_status=blocked"}`.
         */
        post: operations["Group_members_remove_matching"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-queries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all device queries. */
        get: operations["Device_Query_list"];
        put?: never;
        /**
         * Create a device query.
         * @description Saves a filter of devices under a name. Example: `{"name": "silent in Oulu", "query": "state=deregistered&custom_attributes__site=oulu"}`.
         */
        post: operations["Device_Query_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/device-queries/{query_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieve a device query. */
        get: operations["Device_Query_retrieve"];
        /** Update a device query. */
        put: operations["Device_Query_update"];
        post?: never;
        /** Delete a device query. */
        delete: operations["Device_Query_destroy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devicelog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** DEPRECATED: List all device events. */
        get: operations["old_device_log_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devicelog/{device_event_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** DEPRECATED: Retrieve a device event. */
        get: operations["old_device_log_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all devices. */
        get: operations["Device_list"];
        put?: never;
        /** Create a device. */
        post: operations["Device_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devices/{device_id}/connection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get how a device is connected. */
        get: operations["getDeviceConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devices/{device_id}/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch the messages of a device as Server-Sent Events.
         * @description Each event is a CoAP message: who sent it, its code, options and payload in words, and the datagram itself for a capture. What a bootstrap writes is withheld, because it holds keys.
         */
        get: operations["traceDevice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devices/{device-id}/certificates/{certificate-name}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Request certificate renewal. */
        post: operations["RequestCertificateRenewal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devices/{device-id}/certificates/{certificate-name}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke the certificates of a device that have a name. */
        post: operations["RevokeCertificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devices/{device-id}/echo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what a device has reported and what is wanted of it. */
        get: operations["getDeviceEcho"];
        /** Say what is wanted of a device; it gets it when it can be reached. */
        put: operations["setDeviceEcho"];
        post?: never;
        /** Forget what a device has reported and what is wanted of it. */
        delete: operations["deleteDeviceEcho"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a device. */
        get: operations["Device_retrieve"];
        /** Update a device. */
        put: operations["Device_update"];
        post?: never;
        /** Delete a device. */
        delete: operations["Device_destroy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devices/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a suspended device connect again. */
        post: operations["Device_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devices/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suspend a device: it is disconnected and may not connect. */
        post: operations["Device_suspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devices/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export devices as CSV.
         * @description All devices that the filters select, with a column for each key of their custom attributes. Values that a spreadsheet would take for a formula begin with an apostrophe.
         */
        get: operations["Device_export_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devices/export.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export devices as a JSON array. */
        get: operations["Device_export_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/devices/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change many devices by a file.
         * @description Names, descriptions, attributes and groups of devices that exist, as CSV with a line of names or as a JSON array; an edited export will do. Rows that are right are done, the others are told. Example: `[{"endpoint_name": "pump-1", "name": "Pump 1", "custom_attributes": {"site": "oulu"}}]`.
         */
        post: operations["Device_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/events/kafka": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the Kafka channel. */
        get: operations["getKafkaChannel"];
        /** Have events delivered to a Kafka topic. */
        put: operations["registerKafkaChannel"];
        post?: never;
        /** Delete the Kafka channel. */
        delete: operations["deleteKafkaChannel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get events as Server-Sent Events.
         * @description Each message is an envelope of the same form as with other channels. Its id, sent back as Last-Event-ID, goes on behind it.
         */
        get: operations["streamEvents"];
        /** Say how the event stream writes. */
        put: operations["registerEventStream"];
        post?: never;
        /** Delete the event stream's channel. */
        delete: operations["deleteEventStream"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/factory-manifests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the imported manifests. */
        get: operations["listFactoryManifests"];
        put?: never;
        /** Import a manifest that a factory has signed. */
        post: operations["importFactoryManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/factory-manifests/{factory-manifest-id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a manifest, and what has become of its devices. */
        get: operations["getFactoryManifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/identity-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get all identity providers. */
        get: operations["getAllIdentityProviders"];
        put?: never;
        /** Create a new identity provider. */
        post: operations["createIdentityProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/identity-providers/{identity_provider_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get identity provider. */
        get: operations["getIdentityProvider"];
        /** Update an existing identity provider. */
        put: operations["updateIdentityProvider"];
        post?: never;
        /** Delete an identity provider by ID. */
        delete: operations["deleteIdentityProvider"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/identity-providers/{identity_provider_id}/refresh-jwks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refreshes the OIDC signing keys. */
        post: operations["refreshJwks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/limitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get entitlement limitations. */
        get: operations["getAccountLimitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/limitations/{limitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an entitlement limitation. */
        get: operations["getAccountLimitation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/policy-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get policy groups. */
        get: operations["getAllGroups"];
        put?: never;
        /** Create a new group. */
        post: operations["createGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/policy-groups/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a policy group. */
        get: operations["getGroupSummary"];
        /** Update the group name. */
        put: operations["updateGroupName"];
        /** Add members to a group. */
        post: operations["addSubjectsToGroup"];
        /** Delete a group. */
        delete: operations["deleteGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/policy-groups/{group_id}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the API keys of a policy group. */
        get: operations["getApiKeysOfGroup"];
        put?: never;
        /** Add API keys to the group; the older form of /add. */
        post: operations["addApiKeysToGroup"];
        /** Remove API keys from a group; the older form of /remove. */
        delete: operations["removeApiKeysFromGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/policy-groups/{group_id}/api-keys/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add API keys to the group. */
        post: operations["addListedApiKeysToGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/policy-groups/{group_id}/api-keys/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove API keys from a group. */
        post: operations["removeListedApiKeysFromGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/policy-groups/{group_id}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the applications of a policy group. */
        get: operations["getApplicationsOfGroup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/policy-groups/{group_id}/applications/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add applications to the group. */
        post: operations["addListedApplicationsToGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/policy-groups/{group_id}/applications/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove applications from a group. */
        post: operations["removeListedApplicationsFromGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/policy-groups/{group_id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get users of a policy group. */
        get: operations["getUsersOfGroup"];
        put?: never;
        /** Add users to the group; the older form of /add. */
        post: operations["addUsersToGroup"];
        /** Remove users from a group; the older form of /remove. */
        delete: operations["removeUsersFromGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/policy-groups/{group_id}/users/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add users to the group. */
        post: operations["addListedUsersToGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/policy-groups/{group_id}/users/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove users from a group. */
        post: operations["removeListedUsersFromGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/server-credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch all (Bootstrap and LwM2M) server credentials. */
        get: operations["getAllServerCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/server-credentials/bootstrap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch bootstrap server credentials. */
        get: operations["getBootstrapServerCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/server-credentials/lwm2m": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch LwM2M server credentials. */
        get: operations["getL2M2MServerCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/simulated-devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the simulated devices, and how many there may be. */
        get: operations["listSimulatedDevices"];
        put?: never;
        /** Start simulated devices, which claim, bootstrap and register as real ones do. */
        post: operations["startSimulatedDevices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/simulated-devices/{simulated-device-id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a simulated device, and what it does. */
        get: operations["getSimulatedDevice"];
        put?: never;
        post?: never;
        /** Stop a simulated device: it de-registers and is forgotten. Its entry in the directory stays. */
        delete: operations["stopSimulatedDevice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/trusted-certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get all trusted certificates. */
        get: operations["getAllCertificates"];
        put?: never;
        /** Upload a new trusted certificate. */
        post: operations["addCertificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/trusted-certificates/{cert_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get trusted certificate. */
        get: operations["getCertificate"];
        /** Update trusted certificate. */
        put: operations["updateCertificate"];
        post?: never;
        /** Delete a trusted certificate. */
        delete: operations["deleteCertificate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/user-invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the details of all user invitations. */
        get: operations["getAllInvitations"];
        put?: never;
        /** Create a user invitation. */
        post: operations["createInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/user-invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Details of a user invitation. */
        get: operations["getInvitation"];
        put?: never;
        post?: never;
        /** Delete a user invitation. */
        delete: operations["deleteInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the details of all users. */
        get: operations["getAllUsers"];
        put?: never;
        /** Create a new user. */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Details of a user. */
        get: operations["getUser"];
        /** Update user details. */
        put: operations["updateUser"];
        post?: never;
        /** Delete a user. */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/users/{user_id}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get policy groups for a user. */
        get: operations["getGroupsOfUser"];
        put?: never;
        /** Add user to a list of groups; the older form of /add. */
        post: operations["addUserToGroups"];
        /** Remove user from groups; the older form of /remove. */
        delete: operations["removeUserFromGroups"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/users/{user_id}/groups/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add user to a list of groups. */
        post: operations["addUserToListedGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/users/{user_id}/groups/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove user from groups. */
        post: operations["removeUserFromListedGroups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Details of the current user. */
        get: operations["getMyUser"];
        /** Update the current user. */
        put: operations["updateMyUser"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/users/me/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get policy groups of the current user. */
        get: operations["getGroupsOfMyUser"];
        put?: never;
        /** Add the current user to a list of groups. */
        post: operations["addMyUserToGroups"];
        /** Remove the current user from groups. */
        delete: operations["removeMyUserFromGroups"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An access key as the API shows it. */
        AccessKeyData: {
            account_id: components["schemas"]["EntityId"];
            application_id: components["schemas"]["EntityId"];
            /** Format: date-time */
            created_at: string | null;
            description: null | string;
            etag: string;
            /** Format: date-time */
            expiration: string | null;
            id: components["schemas"]["EntityId"];
            /** @description The whole key in the answer that creates it; later without the secret. */
            key: string;
            /**
             * Format: date-time
             * @description Null for never.
             */
            last_used_at: string | null;
            name: string;
            /** @description Always `access-key`. */
            object?: string;
            status: components["schemas"]["AccessKeyStatus"];
            /** Format: date-time */
            updated_at: string | null;
        };
        /** @description What an access key is to be. Of a change, members that are absent or null stay as they are. */
        AccessKeyReq: {
            /** @description What the key is for. */
            description?: null | string;
            /**
             * Format: date-time
             * @description From then on the key authenticates nobody; absent for never. UTC, RFC 3339.
             */
            expiration?: string | null;
            /** @description The display name of the key. */
            name: null | string;
            status?: null | components["schemas"]["AccessKeyStatus"];
        };
        /**
         * @description The status of an access key as the API shows it.
         * @enum {string}
         */
        AccessKeyStatus: "ACTIVE" | "INACTIVE" | "EXPIRED";
        /** @description A new tenant, and its first administrator. */
        AccountCreationReq: {
            address_line1?: null | string;
            address_line2?: null | string;
            /** @description The address of the first administrator; without it the tenant has an administrator key and no user. */
            admin_email?: null | string;
            admin_full_name?: null | string;
            /** @description Another name of the first administrator to sign in with. */
            admin_name?: null | string;
            /** @description 8 to 512 characters; generated, and shown once in the answer, when absent: it must then be changed at the first sign-in. */
            admin_password?: null | string;
            /** @description Other ids of the account, at most 10: 8 to 100 letters, digits, or any of - . _, which no other account has. */
            aliases?: null | string[];
            /** @description Accepted and kept by Pelion for its bills; Surety sends none. */
            business_model?: null | string;
            city?: null | string;
            company?: null | string;
            contact?: null | string;
            contract_number?: null | string;
            country?: null | string;
            customer_number?: null | string;
            display_name?: null | string;
            email?: null | string;
            end_market: null | string;
            phone_number?: null | string;
            postal_code?: null | string;
            state?: null | string;
        };
        /** @description A tenant that was made just now, with the secrets that are shown this once. */
        AccountCreationResp: {
            address_line1?: null | string;
            address_line2?: null | string;
            admin_email?: null | string;
            admin_full_name?: null | string;
            admin_id?: null | components["schemas"]["EntityId"];
            /** @description An administrator key of the tenant. */
            admin_key?: null | string;
            /** @description With `action=enroll` when no mail server is set: the link with which the first administrator chooses a password. */
            admin_link?: null | string;
            admin_name?: null | string;
            /** @description The password when it was generated. */
            admin_password?: null | string;
            aliases?: string[];
            city?: null | string;
            company?: null | string;
            contact?: null | string;
            contract_number?: null | string;
            country?: null | string;
            /** Format: date-time */
            created_at?: string | null;
            custom_fields?: {
                [key: string]: string;
            };
            customer_number?: null | string;
            display_name?: string;
            email?: null | string;
            end_market?: string;
            etag?: string;
            /** Format: int32 */
            expiration_warning_threshold?: null | number;
            id?: components["schemas"]["EntityId"];
            /**
             * Format: int32
             * @description Minutes without a request after which a session ends.
             */
            idle_timeout?: number;
            /** @description With `include=limits`; empty, because Surety limits nothing by contract. */
            limitations?: null | components["schemas"]["AccountLimitation"][];
            /** @description With `include=limits`; deprecated in favour of IReadOnlyList&lt;AccountLimitation&gt;? AccountInfo.Limitations. */
            limits?: null | {
                [key: string]: string;
            };
            mfa_status?: components["schemas"]["MfaStatus"];
            notification_emails?: string[];
            /** @description Always `account`. */
            object?: string;
            parent_account?: null | components["schemas"]["ParentAccountInfo"];
            parent_id?: null | components["schemas"]["EntityId"];
            password_policy?: null | components["schemas"]["PasswordPolicy"];
            /**
             * Format: int32
             * @description Minutes that the link in a recovery mail is good.
             */
            password_recovery_expiration?: number;
            phone_number?: null | string;
            /** @description With `include=policies`: every feature, since an account has them all. */
            policies?: null | components["schemas"]["FeaturePolicy"][];
            postal_code?: null | string;
            /** @description Why the status is what it is. */
            reason?: null | string;
            sales_contact?: null | string;
            state?: null | string;
            status?: components["schemas"]["AccountStatus"];
            /** @description With `include=sub_accounts`. */
            sub_accounts?: null | components["schemas"]["AccountInfo"][];
            /** @description `0` free, `1` commercial, `2` partner. */
            tier?: string;
            /** @description With `include=history`; empty, because Surety sells no tiers. */
            tier_history?: null | string[];
            /** Format: date-time */
            updated_at?: string | null;
        };
        /** @description An account as the API shows it. */
        AccountInfo: {
            address_line1?: null | string;
            address_line2?: null | string;
            aliases?: string[];
            city?: null | string;
            company?: null | string;
            contact?: null | string;
            contract_number?: null | string;
            country?: null | string;
            /** Format: date-time */
            created_at?: string | null;
            custom_fields?: {
                [key: string]: string;
            };
            customer_number?: null | string;
            display_name?: string;
            email?: null | string;
            end_market?: string;
            etag?: string;
            /** Format: int32 */
            expiration_warning_threshold?: null | number;
            id?: components["schemas"]["EntityId"];
            /**
             * Format: int32
             * @description Minutes without a request after which a session ends.
             */
            idle_timeout?: number;
            /** @description With `include=limits`; empty, because Surety limits nothing by contract. */
            limitations?: null | components["schemas"]["AccountLimitation"][];
            /** @description With `include=limits`; deprecated in favour of IReadOnlyList&lt;AccountLimitation&gt;? AccountInfo.Limitations. */
            limits?: null | {
                [key: string]: string;
            };
            mfa_status?: components["schemas"]["MfaStatus"];
            notification_emails?: string[];
            /** @description Always `account`. */
            object?: string;
            parent_account?: null | components["schemas"]["ParentAccountInfo"];
            parent_id?: null | components["schemas"]["EntityId"];
            password_policy?: null | components["schemas"]["PasswordPolicy"];
            /**
             * Format: int32
             * @description Minutes that the link in a recovery mail is good.
             */
            password_recovery_expiration?: number;
            phone_number?: null | string;
            /** @description With `include=policies`: every feature, since an account has them all. */
            policies?: null | components["schemas"]["FeaturePolicy"][];
            postal_code?: null | string;
            /** @description Why the status is what it is. */
            reason?: null | string;
            sales_contact?: null | string;
            state?: null | string;
            status?: components["schemas"]["AccountStatus"];
            /** @description With `include=sub_accounts`. */
            sub_accounts?: null | components["schemas"]["AccountInfo"][];
            /** @description `0` free, `1` commercial, `2` partner. */
            tier?: string;
            /** @description With `include=history`; empty, because Surety sells no tiers. */
            tier_history?: null | string[];
            /** Format: date-time */
            updated_at?: string | null;
        };
        /** @description How much of something an account may have. (account-management, AccountLimitation.) */
        AccountLimitation: {
            /** Format: date-time */
            created_at: string | null;
            description?: null | string;
            etag: string;
            id: components["schemas"]["EntityId"];
            inherited?: boolean;
            /**
             * Format: int32
             * @description As many as there may be.
             */
            limit: number;
            name: string;
            /** @description Always `limitation`. */
            object?: string;
            /**
             * Format: int32
             * @description As many as there may be in a billing period; 0: that is not counted.
             */
            quota?: number;
            /** Format: date-time */
            updated_at: string | null;
        };
        /**
         * @description The status of an account.
         * @enum {string}
         */
        AccountStatus: "ENROLLING" | "ACTIVE" | "RESTRICTED" | "SUSPENDED";
        /** @description What to change of the caller's account. A member that is absent or null stays as it is. */
        AccountUpdateReq: {
            address_line1?: null | string;
            address_line2?: null | string;
            /** @description Other ids of the account, at most 10: 8 to 100 letters, digits, or any of - . _, which no other account has. */
            aliases?: null | string[];
            city?: null | string;
            company?: null | string;
            contact?: null | string;
            country?: null | string;
            /** @description At most 10 members of texts. */
            custom_fields?: null | {
                [key: string]: string;
            };
            display_name?: null | string;
            email?: null | string;
            end_market?: null | string;
            /** Format: int32 */
            expiration_warning_threshold?: null | number;
            /**
             * Format: int32
             * @description Minutes without a request after which a session ends.
             */
            idle_timeout?: null | number;
            mfa_status?: null | components["schemas"]["MfaStatus"];
            /** @description Whom to write to about the account, at most 100 addresses. */
            notification_emails?: null | string[];
            password_policy?: null | components["schemas"]["PasswordPolicy"];
            /**
             * Format: int32
             * @description Minutes that the link in a recovery mail is good.
             */
            password_recovery_expiration?: null | number;
            phone_number?: null | string;
            postal_code?: null | string;
            state?: null | string;
        };
        /** @description What to change of a tenant. A member that is absent or null stays as it is. */
        AccountUpdateRootReq: {
            address_line1?: null | string;
            address_line2?: null | string;
            /** @description Other ids of the account, at most 10: 8 to 100 letters, digits, or any of - . _, which no other account has. */
            aliases?: null | string[];
            /** @description Accepted and kept by Pelion for its bills; Surety sends none. */
            business_model?: null | string;
            city?: null | string;
            company?: null | string;
            contact?: null | string;
            contract_number?: null | string;
            country?: null | string;
            /** @description At most 10 members of texts. */
            custom_fields?: null | {
                [key: string]: string;
            };
            customer_number?: null | string;
            display_name?: null | string;
            email?: null | string;
            end_market?: null | string;
            /** Format: int32 */
            expiration_warning_threshold?: null | number;
            /**
             * Format: int32
             * @description Minutes without a request after which a session ends.
             */
            idle_timeout?: null | number;
            mfa_status?: null | components["schemas"]["MfaStatus"];
            /** @description Whom to write to about the account, at most 100 addresses. */
            notification_emails?: null | string[];
            password_policy?: null | components["schemas"]["PasswordPolicy"];
            /**
             * Format: int32
             * @description Minutes that the link in a recovery mail is good.
             */
            password_recovery_expiration?: null | number;
            phone_number?: null | string;
            postal_code?: null | string;
            /** @description Why the status is what it is. */
            reason?: null | string;
            sales_contact?: null | string;
            state?: null | string;
            status?: null | components["schemas"]["AccountStatus"];
        };
        /** @description A session of a user as the API shows it. */
        ActiveSession: {
            account_id: components["schemas"]["EntityId"];
            /** Format: date-time */
            created_at: string | null;
            ip_address: string;
            /** Format: date-time */
            login_time: string | null;
            /** @description Always `user-session`. */
            object?: string;
            /** @description Names the session; it is not the token and opens nothing. */
            reference_token: string;
            user_agent: string;
        };
        /** @description How to reach and believe the platform's servers. */
        AllServerCredentialsResponseData: {
            bootstrap: components["schemas"]["CredentialsResponseData"];
            lwm2m: components["schemas"]["CredentialsResponseData"];
        };
        /** @description What a new key is to be. */
        ApiKeyInfoReq: {
            /** @description Ids of the policy groups the key belongs to. Only an administrator can add a key to Administrators. */
            groups?: null | string[];
            /** @description The display name of the key. */
            name: null | string;
            /** @description The user that owns the key. Only an administrator can set it. */
            owner?: null | string;
            status?: null | components["schemas"]["ApiKeyStatus"];
        };
        /** @description A key as the API shows it. */
        ApiKeyInfoResp: {
            account_id: components["schemas"]["EntityId"];
            /** Format: date-time */
            created_at: string | null;
            /**
             * Format: int64
             * @description Milliseconds since 1970.
             */
            creation_time: number;
            etag: string;
            groups: unknown[];
            id: components["schemas"]["EntityId"];
            /** @description The whole key in the answer that creates it; later without the secret. */
            key: string;
            /**
             * Format: int64
             * @description The last use, milliseconds since 1970; 0 for never.
             */
            last_login_time: number;
            name: string;
            /** @description Always `api-key`. */
            object?: string;
            owner: null | components["schemas"]["EntityId"];
            status: components["schemas"]["ApiKeyStatus"];
            /** Format: date-time */
            updated_at: string | null;
        };
        /**
         * @description The status of a key. An inactive key authenticates nobody.
         * @enum {string}
         */
        ApiKeyStatus: "ACTIVE" | "INACTIVE";
        /** @description What to change of a key. A member that is absent or null stays as it is. */
        ApiKeyUpdateReq: {
            /** @description Ids of the policy groups the key belongs to. Only an administrator can change them. */
            groups?: null | string[];
            /** @description The display name of the key. */
            name?: null | string;
            /** @description The user that owns the key. Only an administrator can change it. */
            owner?: null | string;
            status?: null | components["schemas"]["ApiKeyStatus"];
        };
        /** @description An application as the API shows it. */
        ApplicationData: {
            account_id: components["schemas"]["EntityId"];
            /** Format: date-time */
            created_at: string | null;
            description: null | string;
            etag: string;
            groups: unknown[];
            id: components["schemas"]["EntityId"];
            /**
             * Format: date-time
             * @description The last use of any of its keys; null for never.
             */
            last_used_at: string | null;
            name: string;
            /** @description Always `application`. */
            object?: string;
            status: components["schemas"]["ApiKeyStatus"];
            /** Format: date-time */
            updated_at: string | null;
        };
        /** @description What an application is to be. Of a change, members that are absent or null stay as they are. */
        ApplicationReq: {
            /** @description What the application is for. */
            description?: null | string;
            /** @description Ids of the policy groups the application belongs to. Absent for a new one: Developers. */
            groups?: null | string[];
            /** @description The display name of the application. */
            name: null | string;
            status?: null | components["schemas"]["ApiKeyStatus"];
        };
        /** @description The id under which an answer will come. (connect, AsyncID.) */
        AsyncId: {
            "async-response-id": string;
        };
        /** @description The outcome of a request to a device. */
        AsyncIDResponse: {
            ct: null | string;
            error: null | string;
            id: string;
            /** Format: int64 */
            "max-age": null | number;
            /** Format: byte */
            payload: string;
            /** Format: int32 */
            status: number;
            /** Format: int64 */
            timestamp: null | number;
            uid: null | string;
        };
        /**
         * @description Who has done something.
         * @enum {string}
         */
        AuditActorType: "platform" | "user" | "api_key" | "anonymous";
        /** @description A member that was changed, or a fact about an action. */
        AuditChange: {
            /** @description The value after; null when there is none any more. */
            after: null | string;
            /** @description The value before; null when there was none. (secret) stands for what is never shown. */
            before: null | string;
            /** @description The member: status, custom_attributes.colour. */
            member: string;
        };
        /** @description One line of the audit log as the API shows it. */
        AuditEntryData: {
            /** @description create, update, delete, sign_in, sign_in_failed, sign_out, device_request, device_response. */
            action: string;
            actor_id: null | components["schemas"]["EntityId"];
            /** @description The name of the actor at that time. */
            actor_name: string;
            actor_type: components["schemas"]["AuditActorType"];
            /** @description The address that the request came from. */
            address: string;
            changes: components["schemas"]["AuditChange"][];
            /**
             * Format: int32
             * @description How many things the entry is about.
             */
            count: number;
            /** Format: date-time */
            created_at: string | null;
            /** @description Which; null when the entry is about several, whose ids are in changes. */
            entity_id: null | string;
            entity_name: string;
            /** @description What kind of thing: api_key, user, device, ... */
            entity_type: string;
            id: components["schemas"]["EntityId"];
            /** @description Always `audit-log-entry`. */
            object?: string;
            /** @description X-Request-ID of the answer to the request that did it. */
            request_id: null | string;
            /** @description 64 hexadecimal digits that depend on this entry and all before it. */
            seal: null | string;
            /**
             * Format: int64
             * @description The number in the chain of the account; null for a second after it was written.
             */
            sequence: null | number;
            /**
             * Format: int32
             * @description The HTTP status that a sign-in or a request to a device amounts to.
             */
            status: null | number;
        };
        /** @description Whether the audit log is as it was written. */
        AuditVerification: {
            /**
             * Format: int64
             * @description The number of the oldest entry; those before it were dropped for their age.
             */
            first_sequence: number;
            /** @description The seal of the newest entry. */
            last_seal: string;
            /**
             * Format: int64
             * @description The number of the newest entry. Keep it, with its seal, elsewhere: a later verification tells whether the log still goes back to it.
             */
            last_sequence: number;
            /** @description Always `audit-log-verification`. */
            object?: string;
            /** @description What is wrong, in words; null when nothing is. */
            reason?: null | string;
            /** @description True when every entry is there, in order and unaltered. */
            valid: boolean;
        };
        /** @description A device that is asked about: one of the directory by its id, or one as it is described; what is described counts more. */
        BootstrapDryRunReq: {
            /** @description device_class of its record. */
            device_class?: null | string;
            /** @description The ID of a device in the directory. */
            device_id?: null | string;
            /** @description The endpoint name. */
            endpoint_name?: null | string;
            /** @description endpoint_type of its record. */
            endpoint_type?: null | string;
            /** @description The device groups it is in. */
            groups?: null | unknown[];
            /** @description The LwM2M version it speaks. Default 1.1. */
            lwm2m?: null | string;
            /** @description It is one of Pelion's clients. Default false. */
            pelion_client?: null | boolean;
            /** @description udp (DTLS, the default) or tcp (TLS). */
            transport?: null | string;
            trusted_certificate_id?: null | components["schemas"]["EntityId"];
        };
        /** @description What a device would get, and why. */
        BootstrapDryRunResp: {
            endpoint_name: string;
            /** @description Always `bootstrap-dry-run`. */
            object?: string;
            /** @description What is observed whenever the device registers, with the attributes that are written first: `/3303/0/5700?pmin=10&amp;gt=30`. */
            observations: string[];
            /** @description What is done with the device, one operation after the other, without secrets. */
            operations: string[];
            rule_id: null | components["schemas"]["EntityId"];
            rule_name: string;
            /** @description The rules in the order in which they are asked. */
            rules: components["schemas"]["ConsideredRule"][];
        };
        /** @description Which devices a rule is for: those that everything named here is true of. */
        BootstrapRuleMatch: {
            /** @description device_class of the device in the directory. */
            device_class?: null | string;
            /** @description The endpoint name; * stands for any characters, ? for one. */
            endpoint_name?: null | string;
            /** @description endpoint_type of the device in the directory. */
            endpoint_type?: null | string;
            group_id?: null | components["schemas"]["EntityId"];
            trusted_certificate_id?: null | components["schemas"]["EntityId"];
        };
        /** @description A path that is observed from a device's registration on. (Core TS 1.2.2, 6.4.1; the attributes: Table 7.3.2-1.) */
        BootstrapRuleObservation: {
            /** @description true: notifications are confirmable (LwM2M 1.2). */
            con?: null | boolean;
            /** @description true notifies the rising edge of a Boolean, false the falling one (LwM2M 1.2). */
            edge?: null | boolean;
            /**
             * Format: uint32
             * @description Greatest time between two evaluations, seconds (LwM2M 1.1).
             */
            epmax?: null | number;
            /**
             * Format: uint32
             * @description Least time between two evaluations of gt, lt and st, seconds (LwM2M 1.1).
             */
            epmin?: null | number;
            /**
             * Format: double
             * @description A value that crosses it is notified.
             */
            gt?: null | number;
            /**
             * Format: uint32
             * @description Values that are kept while they cannot be sent (LwM2M 1.2).
             */
            hqmax?: null | number;
            /**
             * Format: double
             * @description A value that crosses it is notified.
             */
            lt?: null | number;
            /** @description The path of an object, instance, resource or resource instance: /3303/0/5700. Devices that do not list it are left alone. */
            path?: null | string;
            /**
             * Format: uint32
             * @description Greatest time between two notifications, seconds.
             */
            pmax?: null | number;
            /**
             * Format: uint32
             * @description Least time between two notifications, seconds.
             */
            pmin?: null | number;
            /**
             * Format: double
             * @description A value that differs by at least this much from the last one is notified.
             */
            st?: null | number;
        };
        /** @description A rule as it is to be; what is left out has its default, also when a rule is replaced. */
        BootstrapRuleReq: {
            /** @description For people. */
            description?: null | string;
            /** @description false: the rule is not asked. Default true. */
            enabled?: null | boolean;
            /** @description Further instances that are written: {"/16/0": {"0": ["line 4"]}}; values are checked against the definitions of the objects. */
            instances?: null | {
                [key: string]: Record<string, never>;
            };
            match?: null | components["schemas"]["BootstrapRuleMatch"];
            /** @description The name of the rule. */
            name: null | string;
            /** @description What is observed of the devices whenever they register; the values go to every channel of the account. */
            observations?: null | components["schemas"]["BootstrapRuleObservation"][];
            /**
             * Format: int32
             * @description Rules are asked in the order of this number, the lowest first; of equal ones the older.
             */
            priority: null | number;
            /** @description coaps://host:port of another bootstrap server, to which the devices are sent; with it nothing else is given. */
            redirect?: null | string;
            server?: null | components["schemas"]["BootstrapRuleServer"];
        };
        /** @description A rule as the API shows it. */
        BootstrapRuleResp: {
            account_id: components["schemas"]["EntityId"];
            /** Format: date-time */
            created_at: string | null;
            description: string;
            enabled: boolean;
            etag: string;
            id: components["schemas"]["EntityId"];
            instances: {
                [key: string]: Record<string, never>;
            };
            match: components["schemas"]["BootstrapRuleMatch"];
            name: string;
            /** @description Always `bootstrap-rule`. */
            object?: string;
            observations: components["schemas"]["BootstrapRuleObservation"][];
            /** Format: int32 */
            priority: number;
            redirect: string;
            server: components["schemas"]["BootstrapRuleServer"];
            /** Format: date-time */
            updated_at: string | null;
        };
        /** @description The LwM2M server that devices are given, and how they are to behave towards it. */
        BootstrapRuleServer: {
            /** @description Binding: U, T; Q for queue mode in LwM2M 1.0. Default: the transport over which the device bootstraps. */
            binding?: null | string;
            /** @description PEM of the authority of that server, when it is another's. Default: this platform's. */
            certificate?: null | string;
            /**
             * Format: uint32
             * @description Lifetime of the registration in seconds; 0 never ends. Default 86400.
             */
            lifetime?: null | number;
            /**
             * Format: uint32
             * @description Default maximum period of observations, seconds.
             */
            maximum_period?: null | number;
            /**
             * Format: uint32
             * @description Default minimum period of observations, seconds.
             */
            minimum_period?: null | number;
            /**
             * Format: int32
             * @description 4: the device makes its key, and gets a certificate over EST (the default). 2: key and certificate are made here and written to the device. 1: the same with a raw public key, 0: with a pre-shared key; both over DTLS alone.
             */
            security_mode?: null | number;
            /**
             * Format: uint16
             * @description Short server id, 1 to 65534. Default 1.
             */
            short_server_id?: null | number;
            /** @description coaps://host:port of the LwM2M server. Default: this platform's. */
            uri?: null | string;
        };
        /** @description A colour as the API shows and takes it. */
        BrandingColor: {
            /** @description The name of a colour or #rrggbb; null: the default. */
            color?: null | string;
            /** @description Always `branding_color`. */
            object?: string;
            /** @description What is coloured. */
            reference?: null | string;
            /**
             * Format: date-time
             * @description Set by the server.
             */
            updated_at?: string | null;
        };
        /** @description An image as the API shows it. */
        BrandingImage: {
            /** @description Always `branding_image`. */
            object?: string;
            reference: string;
            /** @description Where the image is, for everybody: a sign-in page shows it. */
            static_uri: string;
            /** Format: date-time */
            updated_at: string | null;
        };
        /** @description The form of a bulk request, for the description of the API; IdentityFile reads it. */
        BulkForm: {
            /** @description CSV in UTF-8, at most 10 MB. The first line is ignored; of each other line the first value is an enrollment identity, with or without double quotes. Lines end with CR, LF or both; empty ones are ignored. */
            enrollment_identities: components["schemas"]["IFormFile"];
        };
        /** @description A bulk job as the API shows it. */
        BulkResponse: {
            account_id: components["schemas"]["EntityId"];
            /**
             * Format: date-time
             * @description Null until the job has ended.
             */
            completed_at: string | null;
            /** Format: date-time */
            created_at: string | null;
            /** Format: int32 */
            errors_count: number;
            /** @description Where the report of the identities with errors is; null until the job has ended. */
            errors_report_file: null | string;
            etag: string;
            /** @description Where the report of all identities is; null until the job has ended. Fetched with the key. */
            full_report_file: null | string;
            id: components["schemas"]["EntityId"];
            /** @description Always `enrollment-identity-bulk-uploads`, for deletes too: the contract has it so. */
            object?: string;
            /** Format: int32 */
            processed_count: number;
            status: components["schemas"]["BulkStatus"];
            /**
             * Format: int32
             * @description Identities in the file, the wrong ones included.
             */
            total_count: number;
        };
        /**
         * @description How far a bulk job is. (enrollment, BulkResponse, status.)
         * @enum {string}
         */
        BulkStatus: "new" | "processing" | "completed";
        /** @description Which devices of a campaign will probably not have renewed before their certificate ends. */
        CampaignForecast: {
            /** @description The first 1000 of them, whose certificates end first. */
            late: components["schemas"]["LateDevice"][];
            /**
             * Format: int32
             * @description Devices that cannot make it.
             */
            late_count: number;
            /** @description Always `certificate-campaign-forecast`. */
            object?: string;
            /**
             * Format: int32
             * @description Devices that have not renewed yet.
             */
            open: number;
            /**
             * Format: date-time
             * @description When the last of those that are connected will have been told, at the rate of the campaign.
             */
            ordered_until: string | null;
            /**
             * Format: int32
             * @description How many of them are counted only because nothing is known of how they wake.
             */
            unknown_count: number;
        };
        /** @description A renewal campaign as the API shows it. */
        CertificateCampaignData: {
            certificate_name: string;
            /** Format: date-time */
            created_at: string | null;
            description: null | string;
            /**
             * Format: int32
             * @description Devices that were chosen at the start.
             */
            device_count: number;
            device_filter: string;
            etag: string;
            id: components["schemas"]["EntityId"];
            /** Format: int32 */
            max_failure_percent: number;
            name: string;
            /** @description Always `certificate-campaign`. */
            object?: string;
            /** Format: int32 */
            rate_per_minute: number;
            /**
             * Format: int32
             * @description Which of the stages is open, from 0.
             */
            stage: number;
            stages: number[];
            state: components["schemas"]["CertificateCampaignState"];
            /** @description Why it is stopped. */
            state_detail: null | string;
            /** Format: date-time */
            updated_at: string | null;
        };
        /** @description A renewal campaign that is to be made. */
        CertificateCampaignRequest: {
            /** @description The certificate to renew. Default LWM2M. */
            certificate_name?: null | string;
            /** @description For people. */
            description?: null | string;
            /** @description Which devices: a filter of /v3/devices, such as device_class__eq=meter; empty or absent: all. */
            device_filter?: null | string;
            /**
             * Format: int32
             * @description The campaign stops when more than this share of the devices that are done has failed, percent. Default 10.
             */
            max_failure_percent?: null | number;
            /** @description For people. */
            name: null | string;
            /**
             * Format: int32
             * @description Devices that are told to renew in a minute, at most. Default 60.
             */
            rate_per_minute?: null | number;
            /** @description Shares of the devices that are let in one after the other, percent, ascending; the last one is 100. Default [100]. */
            stages?: null | number[];
        };
        /**
         * @description How far a renewal campaign is.
         * @enum {string}
         */
        CertificateCampaignState: "draft" | "running" | "stopped" | "completed";
        /** @description How many devices of a campaign are where. */
        CertificateCampaignStatistics: {
            /** Format: int32 */
            failed: number;
            /** @description Always `certificate-campaign-statistics`. */
            object?: string;
            /**
             * Format: int32
             * @description Told, and not done yet.
             */
            ordered: number;
            /** Format: int32 */
            succeeded: number;
            /**
             * Format: int32
             * @description Not told yet.
             */
            waiting: number;
        };
        /** @description Proof that the first entries of the log are those of an older head (RFC 6962, 2.1.2). */
        CertificateConsistency: {
            /** @description The proof, hexadecimal. */
            consistency: string[];
            /**
             * Format: int32
             * @description Entries of the older tree.
             */
            first: number;
            /** @description Its root, hexadecimal. */
            first_root_hash: string;
            /** @description Always `certificate-log-consistency`. */
            object?: string;
            /**
             * Format: int32
             * @description Entries of the newer tree.
             */
            second: number;
            /** @description Its root, hexadecimal. */
            second_root_hash: string;
        };
        /** @description A renewal as the API shows it. */
        CertificateEnrollmentData: {
            /** @description The name of the certificate on the device. */
            certificate_name: string;
            /** Format: date-time */
            created_at: string | null;
            device_id: components["schemas"]["EntityId"];
            enroll_result: null | components["schemas"]["CertificateEnrollmentResult"];
            /** @description Why it failed, in words. */
            enroll_result_detail: null | string;
            enroll_status: components["schemas"]["CertificateEnrollmentStatus"];
            etag: string;
            id: components["schemas"]["EntityId"];
            /** @description Always `certificate-enrollment`. */
            object?: string;
            /** Format: date-time */
            updated_at: string | null;
        };
        /** @enum {string} */
        CertificateEnrollmentResult: "success" | "failure" | null;
        /**
         * @description How far a renewal is (certificate-enrollments, `enroll_status`).
         * @enum {string}
         */
        CertificateEnrollmentStatus: "new" | "completed";
        /** @description Proof that a certificate is in the log (RFC 6962, 2.1.1). */
        CertificateInclusion: {
            /** @description The hashes from the leaf to the root, hexadecimal. */
            audit_path: string[];
            /** @description SHA-256 of the certificate, hexadecimal. */
            fingerprint: string;
            /** Format: date-time */
            issued_at: string | null;
            /**
             * @description The 58 bytes that the leaf hash is made of, base64: fingerprint (32), length of the serial number (1), serial number with zeros behind it
             *     (20), seconds since 1970 (5).
             */
            leaf_entry: string;
            /**
             * Format: int32
             * @description Its place in the log, from 0.
             */
            leaf_index: number;
            /** @description Always `certificate-log-inclusion`. */
            object?: string;
            /** @description Its root, hexadecimal. */
            root_hash: string;
            /** @description Hexadecimal. */
            serial_number: string;
            /**
             * Format: int32
             * @description Entries of the tree that the proof is for.
             */
            tree_size: number;
        };
        /** @description Another issuer for the certificates of a name. */
        CertificateIssuerConfigRequest: {
            /** @description The issuer; null is the platform's own authority. */
            certificate_issuer_id?: null | string;
        };
        /** @description Which issuer makes the certificates of a name. */
        CertificateIssuerConfigResponse: {
            certificate_issuer_id: null | components["schemas"]["EntityId"];
            /** Format: date-time */
            created_at: string | null;
            etag: string;
            id: components["schemas"]["EntityId"];
            /** @description False for `LWM2M`, which is always there. */
            is_custom: boolean;
            /** @description Always `certificate-issuer-configuration`. */
            object?: string;
            /** @description The name of the certificate on the device. */
            reference: string;
            /** Format: date-time */
            updated_at: string | null;
        };
        /** @description An issuer as the API shows it: without its credentials. */
        CertificateIssuerInfo: {
            /** Format: date-time */
            created_at: string | null;
            description: null | string;
            etag: string;
            id: components["schemas"]["EntityId"];
            issuer_attributes: {
                [key: string]: string;
            };
            issuer_type: components["schemas"]["CertificateIssuerType"];
            name: string;
            /** @description Always `certificate-issuer`. */
            object?: string;
        };
        /** @description An external authority to be used. */
        CertificateIssuerRequest: {
            /** @description For people. */
            description?: null | string;
            /** @description CFSSL_AUTH: host_url, cfssl_label, cfssl_profile. EST: host_url, est_label. Both: ca_certificate, PEM of the authority above the issuer's HTTPS server. */
            issuer_attributes?: null | {
                [key: string]: string;
            };
            /** @description CFSSL_AUTH: hmac_hex_key. GLOBAL_SIGN: api_key, api_secret, client_certificate, private_key, passphrase. EST: username and password, or client_certificate, private_key, passphrase. Never shown again. */
            issuer_credentials: null | {
                [key: string]: string;
            };
            issuer_type: null | components["schemas"]["CertificateIssuerType"];
            /** @description A name that no other issuer of the account has. */
            name: null | string;
        };
        /**
         * @description The protocol of an external certificate authority (certificate-issuers, `issuer_type`).
         * @enum {string}
         */
        CertificateIssuerType: "GLOBAL_SIGN" | "CFSSL_AUTH" | "EST";
        /** @description What to change of an issuer. A member that is absent or null stays as it is. */
        CertificateIssuerUpdateRequest: {
            /** @description For people. */
            description?: null | string;
            /** @description All attributes anew. */
            issuer_attributes?: null | {
                [key: string]: string;
            };
            /** @description All credentials anew. Never shown again. */
            issuer_credentials?: null | {
                [key: string]: string;
            };
            /** @description A name that no other issuer of the account has. */
            name?: null | string;
        };
        /** @description What became of a test certificate. */
        CertificateIssuerVerifyResponse: {
            /** @description For people. */
            message: string;
            successful: boolean;
        };
        /** @description What the log of issued certificates is now: keep it, and ask later whether the log was only appended to since. */
        CertificateLogHead: {
            /** @description PEM: the authority whose key has signed. */
            certificate: string;
            /** @description Always `certificate-log`. */
            object?: string;
            /** @description Merkle tree hash over them (RFC 6962, 2.1), hexadecimal. */
            root_hash: string;
            /** @description ECDSA with SHA-256 over the TreeHeadSignature (RFC 6962, 3.5), DER in base64. */
            signature: string;
            /** Format: date-time */
            timestamp: string | null;
            /**
             * Format: int32
             * @description Certificates in the log.
             */
            tree_size: number;
        };
        /** @enum {string} */
        CertificateRevocationReason: "unspecified" | "key_compromise" | "affiliation_changed" | "cessation_of_operation" | "privilege_withdrawn" | null;
        /** @description Why a certificate is taken back. */
        CertificateRevocationRequest: {
            /** @description A remark, for the device's events. */
            description?: null | string;
            reason?: null | components["schemas"]["CertificateRevocationReason"];
        };
        /** @description The kind of channel that an application has. */
        ChannelMetadata: {
            /** @description Its name in the Service API. */
            delivery_mechanism: string;
        };
        /** @description A rule, and whether it is for the device. */
        ConsideredRule: {
            /** @description The rule. */
            id: components["schemas"]["EntityId"];
            /** @description It is for the device. */
            matches: boolean;
            /** @description Its name. */
            name: string;
            /**
             * Format: int32
             * @description Its place.
             */
            priority: number;
            /** @description Why it is not the one that counts; empty for the one that does. */
            reason: string;
        };
        /** @description An issuer for the certificates of a name. */
        CreateCertificateIssuerConfig: {
            /** @description The issuer; null is the platform's own authority. */
            certificate_issuer_id?: null | string;
            /** @description The name of the certificate on the device: 1 to 100 letters, digits, '_', '-' and '.'; not LWM2M, not BOOTSTRAP, not mbed.*. */
            reference: null | string;
        };
        /** @description How to reach and believe a server. */
        CredentialsResponseData: {
            /** @description PEM of the authority above the server. */
            certificate: string;
            /** @description Scheme, host and port. */
            url: string;
        };
        /** @description A device that was not let in, as the API shows it. */
        DeniedDevice: {
            account_id: components["schemas"]["EntityId"];
            /**
             * Format: int32
             * @description How often it was refused; an addition of Surety.
             */
            count: number;
            /**
             * Format: date-time
             * @description When it was refused first.
             */
            created_at: string | null;
            /** @description The name that the device gave to itself. */
            endpoint_name: string;
            /** @description What would enroll the device; an addition of Surety. */
            enrollment_identity: string;
            id: components["schemas"]["EntityId"];
            /** @description Always `denied_device`. */
            object?: string;
            /** @description Why, in words; an addition of Surety. */
            reason: string;
            /** @description The trusted certificate that the device came under. */
            trusted_certificate_id: components["schemas"]["EntityId"];
            /**
             * Format: date-time
             * @description When it was refused last; an addition of Surety.
             */
            updated_at: string | null;
        };
        /** @description A developer certificate that is to be made. */
        DeveloperCertificateRequestData: {
            /** @description For people. */
            description?: null | string;
            /** @description A name that no other trusted certificate of the account has. */
            name: null | string;
        };
        /** @description A developer certificate with its key, to be built into development devices. */
        DeveloperCertificateResponseData: {
            account_id: components["schemas"]["EntityId"];
            /** Format: date-time */
            created_at: string | null;
            description: null | string;
            /** @description PEM. */
            developer_certificate: string;
            /** @description PKCS #8 in PEM. */
            developer_private_key: string;
            etag: string;
            id: components["schemas"]["EntityId"];
            name: string;
            /** @description Always `trusted-cert`. */
            object?: string;
            /** @description C source that Pelion's device client compiles in: `mbed_cloud_dev_credentials.c`. */
            security_file_content: string;
        };
        /** @description A reason for which devices are suspended. Others than these may be given as well: they group devices, nothing more. */
        DeviceBlockCategory: {
            description: string;
            /** @description Always `device-block-category`. */
            object?: string;
            reference: string;
            /** Format: date-time */
            updated_at?: string | null;
        };
        /** @description Why a device is suspended or resumed. (device-directory, suspend and resume.) */
        DeviceBlockRequest: {
            /** @description Reference of a block category; see `/v3/device-block-categories`. To resume, the one that the device is suspended with. */
            category: null | string;
            /** @description For people. */
            description?: null | string;
        };
        /** @description How a device is connected. (`GET /v3/devices/{device_id}/connection`, an addition of Surety.) */
        DeviceConnection: {
            /** @description Address and port that it was heard from last. */
            address?: null | string;
            /** @description The bindings that it has named, such as UT. */
            binding?: null | string;
            /** @description The cipher suite, by its name in the registry of TLS. */
            cipher_suite?: null | string;
            /** @description The session survives changes of the address (RFC 9146). */
            connection_id?: null | boolean;
            /**
             * Format: date-time
             * @description When its registration ends unless it is heard from.
             */
            expires_at?: string | null;
            /** @description The device. */
            id: string;
            /**
             * Format: date-time
             * @description When it was heard from last. Of a device that is not registered it is known to the hour.
             */
            last_seen?: string | null;
            /**
             * Format: int64
             * @description Seconds after an update until its registration ends; 0: never.
             */
            lifetime?: null | number;
            /** @description The version of LwM2M, such as 1.1. */
            lwm2m_version?: null | string;
            /** @description Always device-connection. */
            object?: null | string;
            /** @description It sleeps, and is sent to when it has been heard from. */
            queue_mode?: boolean;
            /** @description The platform could send to it at this moment; false over TCP, TLS and DTLS when its connection or session is gone. */
            reachable?: boolean;
            /** @description It is registered now. */
            registered: boolean;
            /**
             * Format: date-time
             * @description When it registered.
             */
            registered_at?: string | null;
            /** @description coap, coaps, coap+tcp or coaps+tcp. */
            scheme?: null | string;
            /** @description DTLS 1.2, TLS 1.2 or TLS 1.3. */
            security_protocol?: null | string;
        };
        /** @description A device as the API shows it. Texts that are not known are empty; times, dates and the fingerprint that are not known are null. */
        DeviceData: {
            account_id: components["schemas"]["EntityId"];
            auto_update: boolean;
            /** Format: date */
            bootstrap_expiration_date: null | string;
            /** Format: date-time */
            bootstrapped_timestamp: string | null;
            /** @description Id of the issuer of the device certificate. */
            ca_id: string;
            component_attributes: {
                [key: string]: string;
            };
            /** Format: date */
            connector_expiration_date: null | string;
            /** Format: date-time */
            created_at: string | null;
            custom_attributes: {
                [key: string]: string;
            };
            /** @description Deprecated: `development` with a developer certificate, else `production`. */
            deployed_state: string;
            deployment: string;
            description: string;
            device_class: string;
            /**
             * Format: int32
             * @description 0 unspecified, 1 developer certificate, 5 production certificate.
             */
            device_execution_mode: number;
            /** @description Fingerprint of the device certificate. */
            device_key: string;
            /** @description The name the device gives to itself. */
            endpoint_name: string;
            endpoint_type: string;
            /** Format: date-time */
            enrolment_list_timestamp: string | null;
            /**
             * Format: date-time
             * @description The time of the last change.
             */
            etag: string | null;
            firmware_checksum: string;
            /** @description Ids of the device groups. */
            groups: unknown[];
            host_gateway: string;
            id: components["schemas"]["EntityId"];
            issuer_fingerprint: null | string;
            last_operator_suspended_category: null | string;
            last_operator_suspended_description: null | string;
            /** Format: date-time */
            last_operator_suspended_updated_at: string | null;
            last_system_suspended_category: null | string;
            last_system_suspended_description: null | string;
            /** Format: date-time */
            last_system_suspended_updated_at: string | null;
            /** @description `enabled`, or `blocked` while the device may not connect. */
            lifecycle_status: string;
            manifest: string;
            /** Format: date-time */
            manifest_timestamp: string | null;
            mechanism: components["schemas"]["DeviceMechanism"];
            mechanism_url: string;
            /** @description The name an application gives to the device. */
            name: string;
            net_id: string;
            /** @description Always `device`. */
            object?: string;
            operator_suspended: boolean;
            serial_number: string;
            state: components["schemas"]["DeviceState"];
            system_suspended: boolean;
            /** Format: date-time */
            updated_at: string | null;
            vendor_id: string;
        };
        /** @description What a new device record is to hold. A member that is absent or null has its default. */
        DeviceDataPostRequest: {
            /** @description Deprecated: marks the device for automatic firmware update. */
            auto_update?: null | boolean;
            /**
             * Format: date
             * @description Not-after date of the bootstrap certificate.
             */
            bootstrap_expiration_date?: null | string;
            /** @description Id of the issuer of the device certificate. */
            ca_id?: null | string;
            /**
             * Format: date
             * @description Not-after date of the LwM2M certificate.
             */
            connector_expiration_date?: null | string;
            /** @description Up to five keys and values; keys begin with a letter. */
            custom_attributes?: null | {
                [key: string]: string;
            };
            /** @description Deprecated. */
            deployment?: null | string;
            /** @description The description of the device. */
            description?: null | string;
            /** @description Model and hardware revision. */
            device_class?: null | string;
            /**
             * Format: int32
             * @description 0 unspecified, 1 developer certificate, 5 production certificate.
             */
            device_execution_mode?: null | number;
            /** @description Fingerprint of the device certificate. */
            device_key?: null | string;
            /** @description The name the device gives to itself; unique in the account. */
            endpoint_name?: null | string;
            /** @description The LwM2M endpoint type. */
            endpoint_type?: null | string;
            /** @description Id of the gateway device. */
            host_gateway?: null | string;
            /** @description SHA-256 of the certificate that validated the device certificate. */
            issuer_fingerprint?: null | string;
            /** @description Deprecated: URL of the manifest. */
            manifest?: null | string;
            mechanism?: null | components["schemas"]["DeviceMechanism"];
            /** @description Not used. */
            mechanism_url?: null | string;
            /** @description The name an application gives to the device. */
            name?: null | string;
            /** @description The serial number. */
            serial_number?: null | string;
            state?: null | components["schemas"]["DeviceState"];
            /** @description The vendor. */
            vendor_id?: null | string;
        };
        /**
         * @description What to change of a device. A member that is absent or null stays as it is, and members that are not listed here are ignored, because
         *     SDKs send back everything they have read.
         */
        DeviceDataPutRequest: {
            /** @description Deprecated: marks the device for automatic firmware update. */
            auto_update?: null | boolean;
            /** @description Id of the issuer of the device certificate; comes from the device. */
            ca_id?: null | string;
            /** @description Up to five keys and values, which replace all that were there; keys begin with a letter. */
            custom_attributes?: null | {
                [key: string]: string;
            };
            /** @description The description of the device. */
            description?: null | string;
            /** @description Fingerprint of the device certificate; comes from the device. */
            device_key?: null | string;
            /** @description Read-only: the name that the record has already is accepted, another one is an error. */
            endpoint_name?: null | string;
            /** @description The LwM2M endpoint type. */
            endpoint_type?: null | string;
            /** @description Id of the gateway device. */
            host_gateway?: null | string;
            /** @description The name an application gives to the device. */
            name?: null | string;
        };
        /** @description An event as the API shows it. */
        DeviceEventData: {
            /** @description Deprecated; empty. */
            changes?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened, the first time.
             */
            created_at: string | null;
            /** @description The context. `count` is how often it happened within the hour. */
            data: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened, the last time.
             */
            date_time: string | null;
            /** @description In words. */
            description: string;
            device_id: null | components["schemas"]["EntityId"];
            /** @description The same as `id`, which old SDKs look for. */
            device_log_id: components["schemas"]["EntityId"];
            /** Format: date-time */
            etag: string | null;
            event_type: string;
            /** @description The group of the code. */
            event_type_category: string;
            /** @description SUCCESS, FAIL, SKIPPED or INFO. */
            event_type_description: string;
            id: components["schemas"]["EntityId"];
            /** @description Always `device-event`. */
            object?: string;
            state_change: boolean;
        };
        /** @description What became of a change of many members of a group. */
        DeviceGroupChange: {
            /**
             * Format: int32
             * @description Those of them that came into the group or left it, or would; the others were in it, or were not, already.
             */
            changed: number;
            /**
             * Format: int32
             * @description Devices that the filter selects.
             */
            matched: number;
            /** @description Always `device-group-change`. */
            object?: string;
            /** @description True when nothing was changed. */
            preview: boolean;
        };
        /** @description A device group as the API shows it. */
        DeviceGroupData: {
            /** Format: date-time */
            created_at: string | null;
            custom_attributes: {
                [key: string]: string;
            };
            description: string;
            /**
             * Format: int32
             * @description How many devices are in it.
             */
            devices_count: number;
            /**
             * Format: date-time
             * @description The time of the last change.
             */
            etag: string | null;
            id: components["schemas"]["EntityId"];
            name: string;
            /** @description Always `device-group`. */
            object?: string;
            /**
             * Format: date-time
             * @description The time of the last change of the group, or of who is in it.
             */
            updated_at: string | null;
        };
        /** @description The device that comes into a group or leaves it. */
        DeviceGroupManipulation: {
            /** @description The ID of the device. */
            device_id: null | string;
        };
        /**
         * @description What a new group is, or what to change of one: a member that is absent or null stays as it is, and what cannot be changed is ignored, because
         *     SDKs send back everything they have read.
         */
        DeviceGroupRequest: {
            /** @description Up to ten keys and values, which replace all that were there; keys begin with a letter. */
            custom_attributes?: null | {
                [key: string]: string;
            };
            /** @description The description of the group. */
            description?: null | string;
            /** @description The name of the group, unique in the account; a new group must have one. */
            name?: null | string;
        };
        /**
         * @description A device of a JSON import: which one, and what it is to be. A member that is absent or null stays as it is; the others that an export has are
         *     ignored.
         */
        DeviceImportItem: {
            /** @description Up to five keys and values, which replace all that were there. */
            custom_attributes?: null | {
                [key: string]: string;
            };
            /** @description The description of the device. */
            description?: null | string;
            /** @description The endpoint name of the device. */
            endpoint_name?: null | string;
            /** @description The LwM2M endpoint type. */
            endpoint_type?: null | string;
            /** @description IDs of the groups that the device is to be in, and no others. */
            groups?: null | string[];
            /** @description Id of the gateway device. */
            host_gateway?: null | string;
            /** @description The ID of the device; it or endpoint_name must be given. */
            id?: null | string;
            /** @description The name an application gives to the device. */
            name?: null | string;
        };
        /** @description What an import did, or with `preview` would do. */
        DeviceImportReport: {
            /**
             * Format: int32
             * @description Devices that were changed, or would be.
             */
            changed?: number;
            /** @description The first 1000 changes. */
            changes?: components["schemas"]["RowChanges"][];
            /** @description The first 1000 rows with errors. */
            errors?: components["schemas"]["RowErrors"][];
            /**
             * Format: int32
             * @description Rows with errors; they change nothing.
             */
            failed?: number;
            /** @description Always `device-import`. */
            object?: string;
            /** @description True when nothing was changed. */
            preview: boolean;
            /**
             * Format: int32
             * @description Rows of the file, without the line of names.
             */
            rows: number;
            /**
             * Format: int32
             * @description Devices that are as the file says already.
             */
            unchanged?: number;
        };
        /**
         * @description What a simulated device is.
         * @enum {string}
         */
        DeviceKind: "thermometer" | "light" | "meter" | "tracker" | "door";
        /**
         * @description The channel to the device; without effect.
         * @enum {string}
         */
        DeviceMechanism: "connector" | "direct";
        /** @description A device query as the API shows it. */
        DeviceQueryData: {
            /** Format: date-time */
            created_at: string | null;
            /**
             * Format: date-time
             * @description The time of the last change.
             */
            etag: string | null;
            id: components["schemas"]["EntityId"];
            name: string;
            /** @description Always `device-query`. */
            object?: string;
            /** @description A filter string, as in the list of devices. */
            query: string;
            /** Format: date-time */
            updated_at: string | null;
        };
        /** @description What a device query is to be. */
        DeviceQueryPostPutRequest: {
            /** @description The name of the query. */
            name: null | string;
            /** @description A filter string as in the list of devices, not encoded again: state=registered&created_at__gte=2026-01-01T00:00:00Z. */
            query: null | string;
        };
        /** @description The body of `POST /v2/device-requests/{device-id}`. (connect, DeviceRequest.) */
        DeviceRequestBody: {
            /** @description The media type wanted. */
            accept?: null | string;
            /** @description The media type of the payload. */
            "content-type"?: null | string;
            /** @description GET, PUT, POST or DELETE; also FETCH and IPATCH. */
            method: null | string;
            /** @description The payload, base64. */
            "payload-b64"?: null | string;
            /** @description A path, `/3303/0/5700`; with a query for attributes, `/3303/0/5700?pmin=10`. */
            uri: null | string;
        };
        /** @description Which devices come into a group or leave it: by a filter, or by a saved query; one of the two. */
        DeviceSelection: {
            /** @description A filter string as in the list of devices: state=registered&custom_attributes__site__eq=oulu. The empty string is every device. */
            filter?: null | string;
            /** @description True to count only, and change nothing. */
            preview?: null | boolean;
            /** @description The ID of a device query. */
            query_id?: null | string;
        };
        /**
         * @description The state of a device in the directory.
         * @enum {string}
         */
        DeviceState: "unenrolled" | "cloud_enrolling" | "bootstrapped" | "registered" | "deregistered";
        /** @description The echo of a device: what it has reported, and what is wanted of it. (connect, EchoDevice.) */
        EchoData: {
            /** Format: date-time */
            created_at: string | null;
            device_id: components["schemas"]["EntityId"];
            endpoint_name: string;
            /**
             * Format: date-time
             * @description The last change by an application through the echo, for `If-Match`. Reports do not change it.
             */
            etag: string | null;
            /** @description The device's; the contract wants an id. */
            id: components["schemas"]["EntityId"];
            /** Format: date-time */
            last_desired_at: string | null;
            /** Format: date-time */
            last_reported_at: string | null;
            /** @description Always `device-echo`. */
            object?: string;
            /** @description Sorted by path. */
            resources: components["schemas"]["EchoResourceData"][];
            /** Format: date-time */
            updated_at: string | null;
        };
        /** @description What is wanted of a device. (connect, EchoResourceDesired; `content_type` is an addition.) */
        EchoDesiredData: {
            /** @description Its media type; null: what the resource has. */
            content_type: null | string;
            /**
             * Format: date-time
             * @description When it was asked for.
             */
            desired_at: string | null;
            /**
             * Format: int32
             * @description 0 pending, 1 the device has it, 2 the device refused it, or the request ended without an answer.
             */
            status: number;
            /**
             * Format: date-time
             * @description When that was known.
             */
            status_updated_at: string | null;
            /**
             * Format: byte
             * @description Base64.
             */
            value: string;
        };
        /** @description What a device has reported. (connect, EchoResourceReported.) */
        EchoReportedData: {
            /** @description Its media type; null when the device named none. */
            content_type: null | string;
            /**
             * Format: date-time
             * @description Until when the device says that it holds.
             */
            expires_at: string | null;
            /**
             * Format: date-time
             * @description When it came.
             */
            reported_at: string | null;
            /**
             * Format: byte
             * @description Base64 of what it sent; null when that has more than 8192 bytes.
             */
            value: null | string;
        };
        /** @description What an application wants of a device. (`PUT /v3/devices/{device-id}/echo`, an addition of Surety.) */
        EchoReq: {
            /** @description 1 to 256 resources, each path once. What is wanted of other paths stays. */
            resources?: null | components["schemas"]["EchoWish"][];
        };
        /** @description One path of an echo. (connect, EchoResource.) */
        EchoResourceData: {
            desired: null | components["schemas"]["EchoDesiredData"];
            reported: null | components["schemas"]["EchoReportedData"];
            /** @description The path. */
            resource_path: string;
            /** @description An application, or a rule, is subscribed to the path. */
            subscribed: boolean;
        };
        /** @description What an application wants of one path. */
        EchoWish: {
            /** @description The media type of the value; without one it is text, or bytes where the object says so. */
            content_type?: null | string;
            /** @description An instance, a resource or a resource instance: `/3311/0/5850`. */
            resource_path?: null | string;
            /** @description Base64 of at most 8192 bytes, as the device shall get it; null takes back what was wanted. */
            value?: null | string;
        };
        /** @description A device that has registered or updated its registration. */
        EndpointData: {
            ep: string;
            ept: string;
            "original-ep": string;
            q: boolean;
            resources: components["schemas"]["ResourcesData"][];
            /** Format: int64 */
            timestamp: null | number;
            uid: null | string;
        };
        /** @description A registered device, as `GET /v2/endpoints` lists it. */
        EndpointInfo: {
            /** @description The device id. */
            name: string;
            /** @description Queue mode. */
            q: boolean;
            /** @description Always ACTIVE. */
            status: string;
            /** @description The endpoint type. */
            type: null | string;
        };
        /** @description A device to be enrolled. */
        EnrollmentId: {
            /** @description A- and the SHA-256 of the device's bootstrap certificate, 32 hexadecimal octets with colons between them; either case. */
            enrollment_identity: null | string;
        };
        /** @description An enrollment as the API shows it. */
        EnrollmentIdentity: {
            account_id: components["schemas"]["EntityId"];
            /**
             * Format: date-time
             * @description When the device came and was claimed; null until then.
             */
            claimed_at: string | null;
            /** Format: date-time */
            created_at: string | null;
            enrolled_device_id: null | components["schemas"]["EntityId"];
            /** @description Always in upper case, however it was written. */
            enrollment_identity: string;
            etag: string;
            /**
             * Format: date-time
             * @description An enrollment whose device has not come by then is dropped.
             */
            expires_at: string | null;
            /** @description The id of this resource, not the identity. */
            id: components["schemas"]["EntityId"];
            /** @description Always `enrollment`. */
            object?: string;
        };
        /** @description An id: 32 hexadecimal digits that sort by creation. */
        EntityId: string;
        /** @description A member or parameter that is wrong. */
        ErrorField: {
            /** @description The name again, where the contract calls it `field` (Pelion conventions, "EO variant"). */
            field?: null | string;
            /** @description What is wrong, to be read behind the name: `must be a number`. */
            message: string;
            /** @description Its name in the request, such as `limit` or `custom_attributes.colour`. */
            name: string;
        };
        /** @description The error object that every failed request gets. */
        ErrorResponse: {
            /**
             * Format: int32
             * @description The HTTP status.
             */
            code: number;
            /** @description The members that are wrong, when the request did not validate. */
            fields?: null | components["schemas"]["ErrorField"][];
            /** @description What went wrong, for people. */
            message: string;
            /** @description Always `error`. */
            object?: string;
            /** @description Id of the request, 32 hexadecimal digits; the same as in the log and in the header `X-Request-ID`. */
            request_id: string;
            /** @description The kind of error, for programs: such as `validation_error` or `not_found`. */
            type: string;
        };
        /** @description A device that was asked for and not made. */
        FactoryFailure: {
            item: string;
            /** @description Why. */
            reason: string;
        };
        /** @description An imported manifest as the API shows it. */
        FactoryManifestData: {
            account_id: components["schemas"]["EntityId"];
            batch: string;
            /** Format: date-time */
            created_at: string | null;
            /**
             * Format: int32
             * @description Devices that the import has enrolled.
             */
            enrolled: number;
            factory: string;
            /** @description What was not made and why, the first 100. */
            failures: components["schemas"]["FactoryFailure"][];
            id: components["schemas"]["EntityId"];
            /**
             * Format: int32
             * @description Certificates that another manifest had before, of this account or another one.
             */
            known: number;
            /** @description Root of the factory's log after the batch, hexadecimal. */
            log_root: string;
            /**
             * Format: int32
             * @description Entries of the factory's log after the batch.
             */
            log_size: number;
            /**
             * Format: int32
             * @description Entries of the factory's log before the batch.
             */
            log_start: number;
            /**
             * Format: int32
             * @description Devices that were made.
             */
            made: number;
            /** Format: date-time */
            made_at: string | null;
            /**
             * Format: int32
             * @description Devices that were not known before.
             */
            new: number;
            /** @description Always `factory-manifest`. */
            object?: string;
            /** @description The quota that the batch was made under. */
            quota: string;
            reconciliation?: null | components["schemas"]["FactoryReconciliation"];
            /**
             * Format: int32
             * @description Certificates that are in the manifest more than once: two devices with one identity.
             */
            repeated: number;
            /**
             * Format: int32
             * @description Devices that were asked for.
             */
            requested: number;
            /**
             * Format: double
             * @description Made of those requested, 0 to 1.
             */
            yield: number;
        };
        /** @description What was produced, against what was seen. */
        FactoryReconciliation: {
            /** @description The first 100 endpoint names of those. */
            another_key: string[];
            /**
             * Format: int32
             * @description Devices that nobody has seen yet.
             */
            not_seen: number;
            /**
             * Format: int32
             * @description Devices that have bootstrapped with the certificate in the manifest.
             */
            seen: number;
            /**
             * Format: int32
             * @description Devices of the directory that have the endpoint name and another certificate: it was replaced, or the device is no product of the factory.
             */
            seen_with_another_key: number;
            /**
             * Format: int32
             * @description Certificates that the factory's log has between the manifest before this one and this one: made, and reported by no manifest that was imported.
             */
            unreported_before: number;
        };
        /** @description A policy as the contract has it: it allows or denies actions at a feature, or at a resource. (account-management, FeaturePolicy.) */
        FeaturePolicy: {
            /** @description Comma-separated HTTP methods; empty for all of them. */
            action?: null | string;
            /** @description Whether the actions are allowed or denied. What one policy denies no other allows. */
            allow?: null | boolean;
            /** @description The name of a feature; see the policies of the account. Either a feature or a resource. */
            feature?: null | string;
            /** @description Read-only: whether the policy is part of every account. */
            inherited?: null | boolean;
            /** @description Read-only: template, for what is part of every account. */
            inherited_type?: null | string;
            /** @description A path, with all below it: /v2/endpoints/*\/3303. In a segment, * stands for any characters. */
            resource?: null | string;
        };
        /** @description A value before and after; an attribute that is not there is empty. */
        FieldChange: {
            after: string;
            before: string;
            name: string;
        };
        /** @description What a new policy group is to be. */
        GroupCreationInfo: {
            members?: null | components["schemas"]["SubjectList"];
            /** @description The name, unique in the account. */
            name: null | string;
            /** @description What members may do; beyond the contract. */
            policies?: null | components["schemas"]["FeaturePolicy"][];
        };
        /** @description A policy group as the API shows it. */
        GroupSummary: {
            account_id: components["schemas"]["EntityId"];
            /**
             * Format: int32
             * @description How many API keys are in the group.
             */
            apikey_count: number;
            /**
             * Format: int32
             * @description How many applications are in the group.
             */
            application_count: number;
            /** Format: date-time */
            created_at: string | null;
            etag: string;
            id: components["schemas"]["EntityId"];
            name: string;
            /** @description Always `group`. */
            object?: string;
            /** @description What members may do; beyond the contract. */
            policies: components["schemas"]["FeaturePolicy"][];
            /** Format: date-time */
            updated_at: string | null;
            /**
             * Format: int32
             * @description How many users are in the group.
             */
            user_count: number;
        };
        /** @description What to change of a policy group. */
        GroupUpdateInfo: {
            /** @description The name, unique in the account. */
            name: null | string;
            /** @description What members may do; beyond the contract. Absent or null: as it is. */
            policies?: null | components["schemas"]["FeaturePolicy"][];
        };
        /** @description An identity provider as the API shows it, without its secret. */
        IdentityProviderInfo: {
            account_id: components["schemas"]["EntityId"];
            /** Format: date-time */
            created_at: string | null;
            description: null | string;
            etag: string;
            id: components["schemas"]["EntityId"];
            /** @description False: the default is the password. */
            is_default?: boolean;
            name: string;
            /** @description Always `identity-provider`. */
            object?: string;
            oidc_attributes: components["schemas"]["OidcInfo"];
            status: components["schemas"]["IdentityProviderStatus"];
            type?: components["schemas"]["IdentityProviderType"];
            /** Format: date-time */
            updated_at: string | null;
        };
        /** @description An identity provider as it shall be. (account-management, IdentityProviderCreationReq and IdentityProviderUpdateReq.) */
        IdentityProviderReq: {
            description?: null | string;
            /** @description For the sign-in page. */
            name: null | string;
            oidc_attributes?: null | components["schemas"]["OidcInfo"];
            saml2_attributes?: null | components["schemas"]["JsonElement"];
            status?: null | components["schemas"]["IdentityProviderStatus"];
            type: null | components["schemas"]["IdentityProviderType"];
        };
        /**
         * @description Whether users can sign in with an identity provider.
         * @enum {string}
         */
        IdentityProviderStatus: "ACTIVE" | "SUSPENDED";
        /** @enum {string} */
        IdentityProviderType: "NATIVE" | "OIDC" | "SAML2" | null;
        /** @description A key that an identity provider signs its ID tokens with. (account-management, IdpPublicKey.) */
        IdpPublicKey: {
            /** @description A SubjectPublicKeyInfo, PEM. */
            key: null | string;
            /** @description What the provider calls it; empty: it has no name. */
            kid: null | string;
        };
        /** Format: binary */
        IFormFile: string;
        /** @description Which account to go on in. */
        ImpersonationReq: {
            /** @description One of the accounts that the sign-in has listed, by id. */
            account_id: null | string;
            /** @description A one-time password of the user there, if that user has a second factor. */
            otp?: null | string;
        };
        JsonElement: unknown;
        JsonObject: Record<string, never>;
        /** @description A Kafka channel: the topic that gets a message for each event. Not in Pelion. */
        KafkaChannel: {
            /** @description Authorities that the brokers' certificates are checked against, PEM; the system's when absent. */
            ca?: null | string;
            /** @description How the server signs in: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512; needs username and password. */
            mechanism?: null | string;
            /** @description The password; it is kept encrypted, and never shown. */
            password?: null | string;
            /** @description How the connection is protected: tls or plaintext; tls when absent. */
            security?: null | string;
            serialization?: null | components["schemas"]["SerializationConfigData"];
            /** @description The cluster's bootstrap servers, host:port with commas. The operator must permit each of them. */
            servers: null | string;
            /** @description The topic: 1 to 249 letters, digits, '.', '_' and '-'. */
            topic: null | string;
            /** @description The name that it signs in with. */
            username?: null | string;
        };
        /** @description A device that will probably not have renewed before its certificate ends. */
        LateDevice: {
            device_id: components["schemas"]["EntityId"];
            /**
             * Format: int64
             * @description The longest of the same, seconds.
             */
            longest_wake_interval: null | number;
            /**
             * Format: date-time
             * @description When it can be told, as far as one knows: its turn at the campaign's rate, or its next wake if it sleeps. null: nobody knows when it comes.
             */
            next_contact: string | null;
            /**
             * Format: date-time
             * @description When its certificate ends.
             */
            not_after: string | null;
            /** @description For people. */
            reason: string;
            /**
             * Format: int64
             * @description Seconds between two of its wakes as a rule, the median of the last eight; null: it was not seen to wake twice.
             */
            wake_interval: null | number;
        };
        /**
         * @description The order of a list, by creation.
         * @enum {string}
         */
        ListOrder: "ASC" | "DESC";
        /** @description A page of a list. */
        ListResponseOfAccessKeyData: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["AccessKeyData"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfAccountInfo: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["AccountInfo"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfAccountLimitation: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["AccountLimitation"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfApiKeyInfoResp: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["ApiKeyInfoResp"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfApplicationData: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["ApplicationData"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfAuditEntryData: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["AuditEntryData"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfBootstrapRuleResp: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["BootstrapRuleResp"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfBrandingColor: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["BrandingColor"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfBrandingImage: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["BrandingImage"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfCertificateCampaignData: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["CertificateCampaignData"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfCertificateEnrollmentData: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["CertificateEnrollmentData"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfCertificateIssuerConfigResponse: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["CertificateIssuerConfigResponse"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfCertificateIssuerInfo: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["CertificateIssuerInfo"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfDeniedDevice: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["DeniedDevice"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfDeviceBlockCategory: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["DeviceBlockCategory"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfDeviceData: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["DeviceData"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfDeviceEventData: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["DeviceEventData"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfDeviceGroupData: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["DeviceGroupData"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfDeviceQueryData: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["DeviceQueryData"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfEnrollmentIdentity: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["EnrollmentIdentity"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfFactoryManifestData: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["FactoryManifestData"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfGroupSummary: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["GroupSummary"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfIdentityProviderInfo: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["IdentityProviderInfo"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfNotificationEntry: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["NotificationEntry"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfTrustedCertificateResp: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["TrustedCertificateResp"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfUserInfoResp: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["UserInfoResp"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description A page of a list. */
        ListResponseOfUserInvitationResp: {
            after: null | components["schemas"]["EntityId"];
            data: components["schemas"]["UserInvitationResp"][];
            /** @description True when more items follow: ask again with `after` set to the id of the last one here. */
            has_more: boolean;
            /**
             * Format: int32
             * @description The page size that was used.
             */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            order: components["schemas"]["ListOrder"];
            /**
             * Format: int64
             * @description All items that match, when the request asked for it with `include=total_count`.
             */
            total_count?: null | number;
        };
        /** @description An account in the answer to a sign-in. (account-management, AccountResponse.) */
        LoginAccount: {
            alias: null | string;
            display_name: string;
            id: components["schemas"]["EntityId"];
            parent_id: null | components["schemas"]["EntityId"];
            status: components["schemas"]["AccountStatus"];
        };
        /** @description A sign-in of a user, or an attempt, as the API shows it. */
        LoginHistory: {
            /** Format: date-time */
            date: string | null;
            ip_address: string;
            success: boolean;
            user_agent: string;
        };
        /** @description With what a user signs in. (account-management, LoginProfile.) */
        LoginProfile: {
            /** @description Read only: the user at the provider, since the first sign-in. */
            foreign_id?: null | string;
            /** @description The ID of the identity provider; 00000000000000000000000000000001 is the password. */
            id?: null | string;
            /** @description Read only. */
            name?: null | string;
            type?: null | components["schemas"]["IdentityProviderType"];
        };
        /** @description Who wants to sign in. */
        LoginRequest: {
            /** @description The account, by id or alias, for a user of several; null: the oldest. */
            account: null | string;
            /** @description A one-time password, for a user with a second factor. */
            otp: null | string;
            /** @description The password. */
            password: string;
            /** @description The address or the name of the user. */
            username: string;
        };
        /** @description What a user gets who has signed in. (account-management, "Login and session".) */
        LoginResponse: {
            /** @description The account that the token is for. */
            account_id: components["schemas"]["EntityId"];
            /** @description The accounts in which the name and the password are those of a user. */
            accounts: components["schemas"]["LoginAccount"][];
            /**
             * Format: int32
             * @description After so many seconds without a request the token is worth nothing.
             */
            expires_in: number;
            /** @description Whether the account demands a second factor. */
            mfa_status: components["schemas"]["MfaStatus"];
            /** @description The policy group that says most. */
            role: string;
            /** @description The policy groups of the user. */
            roles: string[];
            /** @description RESET: nothing can be done before the password has been changed. */
            status: components["schemas"]["UserStatus"];
            /** @description For `Authorization: Bearer`. */
            token: string;
            user_id: components["schemas"]["EntityId"];
        };
        /** @description What somebody sends who follows a link: JSON, or the form of MailLinkPages. */
        MailLinkRequest: {
            /** @description For an invitation. */
            full_name: null | string;
            /** @description The new one. */
            password: null | string;
            /** @description From the link. */
            token: null | string;
            /** @description For an invitation. */
            username: null | string;
        };
        /**
         * @description Whether users of the account must have a second factor. (account-management, `mfa_status`.)
         * @enum {string}
         */
        MfaStatus: "optional" | "enforced";
        /** @description A new value of a resource. */
        NotificationData: {
            ct: null | string;
            ep: string;
            /** Format: int64 */
            "max-age": number;
            "original-ep": null | string;
            path: string;
            /** Format: byte */
            payload: string;
            /** Format: int64 */
            timestamp: null | number;
            uid: null | string;
        };
        /** @description A mail as the API shows it. */
        NotificationEntry: {
            account_id: components["schemas"]["EntityId"];
            /** Format: date-time */
            created_at: string | null;
            /** @description Why it was not sent; null when it was. */
            error_msg: null | string;
            etag: string;
            id: components["schemas"]["EntityId"];
            message: string;
            /** @description Always `notification-entry`. */
            object?: string;
            receiver: string;
            subject: string;
            success: boolean;
            /** @description Always `email`. */
            type?: string;
        };
        /** @description The envelope that every kind of channel delivers. For the API's description; Envelope writes it. */
        NotificationMessage: {
            "async-responses": null | components["schemas"]["AsyncIDResponse"][];
            "de-registrations": null | string[];
            notifications: null | components["schemas"]["NotificationData"][];
            "reg-updates": null | components["schemas"]["EndpointData"][];
            registrations: null | components["schemas"]["EndpointData"][];
            "registrations-expired": null | string[];
        };
        /** @description What a provider calls the standard claims, where it has other names for them. (account-management, OIDCClaimMapping.) */
        OidcClaimMapping: {
            email?: null | string;
            email_verified?: null | string;
            family_name?: null | string;
            given_name?: null | string;
            name?: null | string;
            phone_number?: null | string;
            sub?: null | string;
            /** @description Kept for Pelion's clients: no profile is stored whose age could matter. */
            updated_at?: null | string;
            /** @description Kept for Pelion's clients: no profile is stored whose age could matter. */
            updated_at_pattern?: null | string;
        };
        /** @description Which policy groups a claim puts users into; beyond the contract. Applied by ProviderGroups. */
        OidcGroupMapping: {
            /** @description The claim that names the groups of a person: a text or a list of texts. Default: groups. */
            claim?: null | string;
            /** @description For each value of the claim, the ids of the policy groups that whoever has it belongs to. */
            policy_groups?: null | {
                [key: string]: string[];
            };
        };
        /** @description What OpenID Connect needs of a provider. (account-management, OIDCInfo.) Checked by OidcAttributes. */
        OidcInfo: {
            /** @description Where browsers are sent to sign in. */
            authorization_endpoint?: null | string;
            /** @description Whether somebody the provider knows becomes a user at the first sign-in. Default: false. */
            auto_enrollment?: null | boolean;
            claim_mapping?: null | components["schemas"]["OidcClaimMapping"];
            /** @description What the provider calls this server. */
            client_id?: null | string;
            /** @description Never shown again. Absent in a change: stays as it is; empty: there is none. */
            client_secret?: null | string;
            /** @description For clients; not called by the server. */
            end_session_endpoint?: null | string;
            group_mapping?: null | components["schemas"]["OidcGroupMapping"];
            /** @description The issuer, as it stands in ID tokens: an https URL. */
            issuer?: null | string;
            /** @description The provider's key set, read again when a token is signed with a key that is not known. */
            jwks_uri?: null | string;
            /** @description The keys that sign ID tokens. Need not be given where there is a jwks_uri. */
            keys?: null | components["schemas"]["IdpPublicKey"][];
            /** @description Where the provider sends browsers back; absent or empty: /auth/oidc/{identity_provider_id}/callback at the address that the browser called. */
            redirect_uri?: null | string;
            /** @description For clients; not called by the server. */
            revocation_endpoint?: null | string;
            /** @description Separated by blanks, with openid among them. Default: openid profile email. */
            scopes?: null | string;
            /** @description Where a code is exchanged for an ID token. */
            token_endpoint?: null | string;
            /** @description POST; GET would send the secret in a URL and is refused. */
            token_request_mode?: null | string;
            /** @description Where in the token response the standard members are: names separated by dots. Default: at its top. */
            token_response_path?: null | string;
            /** @description Where claims are read that the ID token does not have. */
            userinfo_endpoint?: null | string;
        };
        /** @description The account that administers a tenant, as the tenant sees it. */
        ParentAccountInfo: {
            admin_email: null | string;
            admin_name: null | string;
            id: components["schemas"]["EntityId"];
        };
        /** @description What passwords of an account must be. */
        PasswordPolicy: {
            /**
             * Format: int32
             * @description Characters that a password must have, 8 to 512.
             */
            minimum_length: number;
        };
        /** @description Whose password is lost. */
        PasswordRecoveryReq: {
            /** @description The address of the user. */
            email: null | string;
        };
        /** @description A page of keys. (certificates, "Pre-shared keys".) */
        PreSharedKeyPage: {
            /** @description The marker that the request gave. */
            after: null | string;
            /** @description What to send as `after` for the next page; not there on the last one. */
            continuation_marker: null | string;
            data: components["schemas"]["PreSharedKeyWithoutSecret"][];
            has_more: boolean;
            /** Format: int32 */
            limit: number;
            /** @description Always `list`. */
            object?: string;
            /** @description Always `ASC`. */
            order?: string;
        };
        /** @description A key to be added. */
        PreSharedKeyRequest: {
            /** @description 16 to 64 printable ASCII characters: the device's endpoint name, and its PSK identity. */
            endpoint_name?: null | string;
            /** @description 16 to 32 bytes, hexadecimal, with or without `0x`. */
            secret_hex?: null | string;
        };
        /** @description A key as the API shows it: never the secret. */
        PreSharedKeyWithoutSecret: {
            /** Format: date-time */
            created_at: string | null;
            endpoint_name: string;
        };
        /** @description A rule that subscribes to paths of devices as they register. What it does not name matches everything. (connect, Presubscription.) */
        Presubscription: {
            /** @description A device id; a trailing `*` matches any ending. */
            "endpoint-name"?: null | string;
            /** @description An endpoint type. */
            "endpoint-type"?: null | string;
            /** @description Paths; a trailing `*` matches any ending. */
            "resource-path"?: null | string[];
        };
        /** @description What a websocket channel can be asked for. */
        RegisterWebsocketChannel: {
            serialization?: null | components["schemas"]["SerializationConfigData"];
        };
        /** @description A resource that a device has registered. (connect, Resource.) */
        ResourceInfo: {
            /** @description It can be observed. */
            obs: boolean;
            /** @description Its resource types, separated by blanks. */
            rt: null | string;
            /** @description Its content type. */
            type: null | string;
            /** @description Its path. */
            uri: string;
        };
        /** @description A resource that a device has registered. */
        ResourcesData: {
            ct: string;
            if: string;
            obs: boolean;
            path: string;
            rt: string;
        };
        /** @description A row that changes its device. */
        RowChanges: {
            /** @description The device. */
            device_id: components["schemas"]["EntityId"];
            /** @description Its endpoint name. */
            endpoint_name: string;
            /** @description What it changes. */
            fields: components["schemas"]["FieldChange"][];
            /**
             * Format: int32
             * @description Counts from one; the line of names of a CSV file is the first.
             */
            row: number;
        };
        /** @description A row with errors. */
        RowErrors: {
            /** @description As the row gives it. */
            endpoint_name: null | string;
            /** @description What is wrong. */
            fields: components["schemas"]["ErrorField"][];
            /** @description As the row gives it. */
            id: null | string;
            /**
             * Format: int32
             * @description Counts from one; the line of names of a CSV file is the first.
             */
            row: number;
        };
        /** @description How a channel writes its envelopes. */
        SerializationConfigData: {
            cfg?: null | components["schemas"]["SerializationConfigObjectV2"];
            /**
             * Format: int32
             * @description The most events in one delivery, 100 to 10000; 10000 when absent.
             */
            max_chunk_size?: unknown;
            /** @description The version of the envelope: v2. */
            type?: string;
        };
        /** @description What a channel's envelopes include. */
        SerializationConfigObjectV2: {
            /** @description De-registrations and expired registrations are objects instead of device IDs. */
            deregistrations_as_object?: unknown;
            /** @description Events have the endpoint name of the device. */
            include_original_ep?: unknown;
            /** @description Events have the time at which they came, in milliseconds since 1970. */
            include_timestamp?: unknown;
            /** @description Events have an ID, the same when they are delivered again. */
            include_uid?: unknown;
            /** Format: int32 */
            max_chunk_size?: unknown;
        };
        /** @description How to reach and believe one server. */
        ServerCredentialsResponseData: {
            /** Format: date-time */
            created_at: string | null;
            etag?: string;
            id: components["schemas"]["EntityId"];
            /** @description Always `server-credentials`. */
            object?: string;
            /** @description PEM of the authority above the server. */
            server_certificate: string;
            /** @description Scheme, host and port. */
            server_uri: string;
        };
        /** @description What the page got that the browser came back to. */
        SignInCodeReq: {
            /** @description The parameter code of the page's URL. */
            code: null | string;
        };
        /** @description A provider as a sign-in page shows it. */
        SignInOption: {
            /** @description The provider. */
            id: components["schemas"]["EntityId"];
            /** @description For people. */
            name: string;
            /** @description Where the browser goes: a path of this server, to which `?return_to=` may be added. */
            start: string;
        };
        /** @description The providers of an account as a sign-in page shows them. */
        SignInOptions: {
            data: components["schemas"]["SignInOption"][];
            /** @description Always `list`. */
            object?: string;
        };
        /** @description A simulated device as the API shows it. */
        SimulatedDeviceData: {
            /** @description Its endpoint name, by which the directory knows it. */
            endpoint_name: string;
            /** @description The ID of the simulated device; that of its entry in the directory is another one. */
            id: components["schemas"]["EntityId"];
            /** @description What it is. */
            kind: components["schemas"]["DeviceKind"];
            /** @description Always `simulated-device`. */
            object?: string;
            /** @description true: it is registered with the LwM2M server. */
            registered: boolean;
            /** @description What it does, and what went wrong, in words. */
            status: string;
            /** @description Its main value, as a person reads it. */
            value: string;
        };
        /** @description The simulated devices of an account: all of them, since they are few. */
        SimulatedDeviceList: {
            data: components["schemas"]["SimulatedDeviceData"][];
            /**
             * Format: int32
             * @description How many the account may have in this server; 0: the server simulates none (Surety:SimulatedDevices:PerAccount).
             */
            max_count: number;
            /** @description Always `list`. */
            object?: string;
            /**
             * Format: int32
             * @description How many there are.
             */
            total_count: number;
        };
        /** @description Which simulated devices are to be started. */
        SimulatedDeviceRequest: {
            /**
             * Format: int32
             * @description How many. Default: 1.
             */
            count?: null | number;
            kind?: null | components["schemas"]["DeviceKind"];
        };
        /** @description Members of a policy group, by their ids. */
        SubjectList: {
            /** @description Ids of API keys. */
            apikeys?: null | string[];
            /** @description Ids of applications. */
            applications?: null | string[];
            /** @description Ids of users. */
            users?: null | string[];
        };
        /** @description A certificate that is to be trusted. */
        TrustedCertificateReq: {
            /** @description PEM of the certificates from the root to the authority that issues for devices; with that one alone, signature is needed. */
            certificate: null | string;
            /** @description For people. */
            description?: null | string;
            /** @description Devices of this authority must be claimed before they can bootstrap (first-to-claim). Default false. */
            enrollment_mode?: null | boolean;
            /** @description A name that no other trusted certificate of the account has. */
            name: null | string;
            service: null | components["schemas"]["TrustedCertificateService"];
            /** @description Base64 of the signature, with SHA-256, of the account id by the certificate's key. */
            signature?: null | string;
            status?: null | components["schemas"]["TrustedCertificateStatus"];
        };
        /** @description A trusted certificate as the API shows it. */
        TrustedCertificateResp: {
            account_id: components["schemas"]["EntityId"];
            /** @description PEM, as it was uploaded. */
            certificate: string;
            /** @description SHA-256 of the certificate's DER, hexadecimal. */
            certificate_fingerprint: string;
            /** Format: date-time */
            created_at: string | null;
            description: null | string;
            /**
             * Format: int32
             * @description 1 for a developer certificate; absent for others.
             */
            device_execution_mode: null | number;
            enrollment_mode: boolean;
            etag: string;
            id: components["schemas"]["EntityId"];
            issuer: string;
            name: string;
            /** @description Always `trusted-cert`. */
            object?: string;
            owner_id: null | components["schemas"]["EntityId"];
            service: components["schemas"]["TrustedCertificateService"];
            status: components["schemas"]["TrustedCertificateStatus"];
            subject: string;
            /** Format: date-time */
            updated_at: string | null;
            /** @description It has not expired. */
            valid: boolean;
            /**
             * Format: date-time
             * @description Until when the certificate is valid.
             */
            validity: string | null;
        };
        /**
         * @description The server that believes a certificate (trusted-certificates, `service`).
         * @enum {string}
         */
        TrustedCertificateService: "lwm2m" | "bootstrap";
        /**
         * @description Whether a certificate is believed now (trusted-certificates, `status`). INACTIVE keeps out every device of the authority.
         * @enum {string}
         */
        TrustedCertificateStatus: "ACTIVE" | "INACTIVE";
        /** @description What to change of a trusted certificate. A member that is absent or null stays as it is. */
        TrustedCertificateUpdateReq: {
            /** @description Another certificate, with the same demands as a new one. */
            certificate?: null | string;
            /** @description For people. */
            description?: null | string;
            /** @description Devices of this authority must be claimed before they can bootstrap (first-to-claim). */
            enrollment_mode?: null | boolean;
            /** @description A name that no other trusted certificate of the account has. */
            name?: null | string;
            service?: null | components["schemas"]["TrustedCertificateService"];
            /** @description Base64 of the signature, with SHA-256, of the account id by the key of the new certificate. */
            signature?: null | string;
            status?: null | components["schemas"]["TrustedCertificateStatus"];
        };
        /** @description What a new user is to be. */
        UserInfoReq: {
            address?: null | string;
            /** @description The e-mail address, with which the user signs in. */
            email: null | string;
            full_name?: null | string;
            /** @description Ids of the policy groups the user belongs to. */
            groups?: null | string[];
            is_gtc_accepted?: null | boolean;
            is_marketing_accepted?: null | boolean;
            /** @description With what the user signs in, and with nothing else; by id. Absent: with the password, and with every identity provider of the account. */
            login_profiles?: null | components["schemas"]["LoginProfile"][];
            /** @description 8 to 512 characters; generated, and shown once in the answer, when absent. */
            password?: null | string;
            phone_number?: null | string;
            /** @description Another name to sign in with: 4 to 30 letters, digits, or any of - , . _ @ + = */
            username?: null | string;
        };
        /** @description A user as the API shows it. */
        UserInfoResp: {
            account_id: components["schemas"]["EntityId"];
            /** @description Who is signed in as the user, newest first; in answers about one user. */
            active_sessions?: null | components["schemas"]["ActiveSession"][];
            address: string;
            /** Format: date-time */
            created_at: string | null;
            /**
             * Format: int64
             * @description Milliseconds since 1970.
             */
            creation_time: number;
            email: string;
            /** @description The user has followed the link in a mail to the address. */
            email_verified: boolean;
            etag: string;
            full_name: string;
            groups: unknown[];
            id: components["schemas"]["EntityId"];
            is_gtc_accepted: boolean;
            is_marketing_accepted: boolean;
            /** @description Whether the user signs in with a second factor. */
            is_totp_enabled?: boolean;
            /**
             * Format: int64
             * @description Milliseconds since 1970; 0 for never.
             */
            last_login_time: number;
            /** @description The last five sign-ins and attempts, newest first; in answers about one user. */
            login_history?: null | components["schemas"]["LoginHistory"][];
            /** @description With what the user can sign in. */
            login_profiles: components["schemas"]["LoginProfile"][];
            /** @description Always `user`. */
            object?: string;
            /** @description The password that was generated, in the answer that creates the user and in no other. */
            password?: null | string;
            /**
             * Format: int64
             * @description Milliseconds since 1970; 0 for never.
             */
            password_changed_time: number;
            phone_number: string;
            status: components["schemas"]["UserStatus"];
            /** @description Codes for the day the authenticator is lost; in the answer that made them, and in no other. */
            totp_scratch_codes?: null | string[];
            /** @description The key for the authenticator, base32; in the answer to the user's own first `is_totp_enabled`, and in no other. */
            totp_secret?: null | string;
            /** @description The same as an `otpauth:` URI, for a QR code. */
            totp_uri?: null | string;
            /** Format: date-time */
            updated_at: string | null;
            username: null | string;
        };
        /** @description Whom to invite. */
        UserInvitationReq: {
            /** @description The address that the invitation goes to, and with which the user will sign in. */
            email: null | string;
            /** @description Ids of the policy groups the user will belong to. */
            groups?: null | string[];
            /**
             * Format: int32
             * @description Days until the invitation ends; 30 when absent.
             */
            valid_for_days?: null | number;
        };
        /** @description An invitation as the API shows it. */
        UserInvitationResp: {
            account_id: components["schemas"]["EntityId"];
            /** Format: date-time */
            created_at: string | null;
            email: string;
            etag?: string;
            /** Format: date-time */
            expiration: string | null;
            groups: unknown[];
            id: components["schemas"]["EntityId"];
            /** @description The link of the invitation, in the answer that makes it and in no other, and only when no mail server is set: hand it on yourself. */
            link?: null | string;
            /** @description Always `user-invitation`. */
            object?: string;
            /** Format: date-time */
            updated_at: string | null;
            user_id: components["schemas"]["EntityId"];
        };
        /**
         * @description What a user can do. (account-management, UserInfoResp, `status`.)
         * @enum {string}
         */
        UserStatus: "ENROLLING" | "INVITED" | "ACTIVE" | "RESET" | "INACTIVE";
        /** @description What to change of a user. A member that is absent or null stays as it is. */
        UserUpdateReq: {
            address?: null | string;
            /** @description The present password; users need it to change their own. */
            current_password?: null | string;
            /** @description Users can change their own address; nobody else can. */
            email?: null | string;
            full_name?: null | string;
            /** @description Ids of the policy groups the user belongs to. Only an administrator can change them. */
            groups?: null | string[];
            is_gtc_accepted?: null | boolean;
            is_marketing_accepted?: null | boolean;
            /** @description true, by the user: without otp the answer has totp_secret for the authenticator; with otp it is switched on, and the answer has totp_scratch_codes. true with otp again: new scratch codes. false: switched off, by the user with otp, or by an administrator. */
            is_totp_enabled?: null | boolean;
            /** @description With what the user signs in, and with nothing else; by id. Empty: with anything. Only an administrator can change it. */
            login_profiles?: null | components["schemas"]["LoginProfile"][];
            /** @description A code of the authenticator, or a scratch code; see is_totp_enabled. */
            otp?: null | string;
            /** @description A new password, 8 to 512 characters. It ends the user's other sessions. */
            password?: null | string;
            phone_number?: null | string;
            status?: null | components["schemas"]["UserStatus"];
            username?: null | string;
        };
        /** @description A webhook channel: where the platform delivers events with PUT requests. */
        Webhook: {
            /** @description Headers of every request. URL and headers have at most 400 characters together. */
            headers?: null | {
                [key: string]: string;
            };
            serialization?: null | components["schemas"]["SerializationConfigData"];
            /** @description The URL, http or https. It must answer a PUT request with 200 or 204, without a redirection. */
            url: null | string;
        };
        /** @description A websocket channel. */
        WebsocketChannel: {
            /**
             * Format: int64
             * @description Events that wait to be delivered.
             */
            queue_size: number;
            serialization?: null | components["schemas"]["SerializationConfigData"];
            /** @description connected while there is a websocket, otherwise disconnected. */
            status: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    showEmailVerification: {
        parameters: {
            query?: {
                /** @description The key in the link of the mail. */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    followEmailVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "0176a1b2c3d400000000000100100a01",
                 *       "password": "correct horse battery staple",
                 *       "full_name": "Ada Example",
                 *       "username": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["MailLinkRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["MailLinkRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    impersonate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "account_id": "0176a1b2c3d400000000000100100a01"
                 *     }
                 */
                "application/json": components["schemas"]["ImpersonationReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
        };
    };
    showInvitation: {
        parameters: {
            query?: {
                /** @description The key in the link of the mail. */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    followInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "0176a1b2c3d400000000000100100a01",
                 *       "password": "correct horse battery staple",
                 *       "full_name": "Ada Example",
                 *       "username": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["MailLinkRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["MailLinkRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "ada@example.com",
                 *       "password": "correct horse battery staple",
                 *       "account": "0176a1b2c3d400000000000100100a01",
                 *       "otp": "0176a1b2c3d400000000000100100a01"
                 *     }
                 */
                "application/json": components["schemas"]["LoginRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    completeSignIn: {
        parameters: {
            query?: {
                /** @description The provider's code. */
                code?: string;
                /** @description Why there is no code. */
                error?: string;
                /** @description The provider's issuer. */
                iss?: string;
                /** @description What was sent to the provider. */
                state?: string;
            };
            header?: never;
            path: {
                /** @description The ID of the identity provider. */
                identity_provider_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    startSignIn: {
        parameters: {
            query?: {
                /** @description The page of this server that goes on: a path, with a query if need be. Default: / */
                return_to?: string;
            };
            header?: never;
            path: {
                /** @description The ID of the identity provider. */
                identity_provider_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listSignInProviders: {
        parameters: {
            query?: {
                /** @description The ID or an alias of the account. */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInOptions"];
                };
            };
        };
    };
    exchangeSignInCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "0176a1b2c3d400000000000100100a01"
                 *     }
                 */
                "application/json": components["schemas"]["SignInCodeReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
        };
    };
    recoverPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["PasswordRecoveryReq"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    showPasswordRecovery: {
        parameters: {
            query?: {
                /** @description The key in the link of the mail. */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    followPasswordRecovery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "0176a1b2c3d400000000000100100a01",
                 *       "password": "correct horse battery staple",
                 *       "full_name": "Ada Example",
                 *       "username": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["MailLinkRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["MailLinkRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createAsyncRequest: {
        parameters: {
            query?: {
                /** @description The id of the answer: 1 to 40 letters, digits, '_' and '-'. */
                "async-id"?: string;
                /** @description How long the request may wait, 60 to 2592000 seconds. */
                "expiry-seconds"?: string;
                /** @description Further attempts after the first, 0 to 10. */
                retry?: string;
            };
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the device. */
                device_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "method": "GET",
                 *       "uri": "/3303/0/5700",
                 *       "accept": "text/plain"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceRequestBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ListPreSharedKeys: {
        parameters: {
            query?: {
                /** @description The continuation_marker of the page before. */
                after?: string;
                /** @description Keys of a page, 2 to 1000. */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreSharedKeyPage"];
                };
            };
        };
    };
    UploadPreSharedKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "endpoint_name": "meter-0017",
                 *       "secret_hex": "4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a"
                 *     }
                 */
                "application/json": components["schemas"]["PreSharedKeyRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    GetPreSharedKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint name, percent-encoded. */
                endpoint_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreSharedKeyWithoutSecret"];
                };
            };
        };
    };
    DeletePreSharedKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The endpoint name, percent-encoded. */
                endpoint_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getEndpoints: {
        parameters: {
            query?: {
                /** @description Only devices of this endpoint type. */
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointInfo"][];
                };
            };
        };
    };
    getEndpointResources: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the device. */
                device_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceInfo"][];
                };
            };
        };
    };
    getResourceValue: {
        parameters: {
            query?: {
                /** @description Answer from the cache, or not at all. */
                cacheOnly?: string;
                /** @description Send Non-confirmable and wait for no answer. */
                noResp?: string;
            };
            header?: never;
            path: {
                /** @description The ID of the device. */
                device_id: string;
                /** @description The path of an object, instance or resource: 3303/0/5700. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AsyncId"];
                };
            };
            /** @description Reset Content */
            205: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateResourceValue: {
        parameters: {
            query?: {
                /** @description Send Non-confirmable and wait for no answer. */
                noResp?: string;
            };
            header?: never;
            path: {
                /** @description The ID of the device. */
                device_id: string;
                /** @description The path of an object, instance or resource: 3303/0/5700. */
                path: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AsyncId"];
                };
            };
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    executeOrCreateResource: {
        parameters: {
            query?: {
                /** @description Send Non-confirmable and wait for no answer. */
                noResp?: string;
            };
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the device. */
                device_id: string;
                /** @description The path of an object, instance or resource: 3303/0/5700. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AsyncId"];
                };
            };
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteResource: {
        parameters: {
            query?: {
                /** @description Send Non-confirmable and wait for no answer. */
                noResp?: string;
            };
            header?: never;
            path: {
                /** @description The ID of the device. */
                device_id: string;
                /** @description The path of an object, instance or resource: 3303/0/5700. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AsyncId"];
                };
            };
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    registerWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/surety",
                 *       "headers": {
                 *         "X-Secret": "..."
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["Webhook"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deregisterWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getChannelMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelMetadata"];
                };
            };
        };
    };
    longPollNotifications: {
        parameters: {
            query?: {
                noWait?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationMessage"];
                };
            };
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteLongPollChannel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    getWebsocket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebsocketChannel"];
                };
            };
        };
    };
    registerWebsocket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "serialization": {
                 *         "type": "v2"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RegisterWebsocketChannel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisterWebsocketChannel"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebsocketChannel"];
                };
            };
        };
    };
    deleteWebsocket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    connectWebsocket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switching Protocols */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getPreSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Presubscription"][];
                };
            };
        };
    };
    updatePreSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "endpoint-type": "meter",
                 *         "resource-path": [
                 *           "/3303/*"
                 *         ]
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["Presubscription"][];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deletePreSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getEndpointSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the device. */
                device_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/uri-list": string;
                };
            };
        };
    };
    deleteEndpointSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the device. */
                device_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    checkResourceSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the device. */
                device_id: string;
                /** @description The path of an object, instance or resource: 3303/0/5700. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    addResourceSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the device. */
                device_id: string;
                /** @description The path of an object, instance or resource: 3303/0/5700. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AsyncId"];
                };
            };
        };
    };
    deleteResourceSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the device. */
                device_id: string;
                /** @description The path of an object, instance or resource: 3303/0/5700. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAllAccessKeys: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfAccessKeyData"];
                };
            };
        };
    };
    getAccessKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the access key. */
                access_key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeyData"];
                };
            };
        };
    };
    getAllAccounts: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfAccountInfo"];
                };
            };
        };
    };
    createAccount: {
        parameters: {
            query?: {
                /** @description create, the default: the first administrator can sign in. enroll: the first administrator gets a mail to choose a password. */
                action?: string;
            };
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "end_market": "0176a1b2c3d400000000000100100a01",
                 *       "display_name": "Northern Meters",
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["AccountCreationReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountCreationResp"];
                };
            };
        };
    };
    getAccountInfo: {
        parameters: {
            query?: {
                /** @description Comma-separated parts to add: limits, policies, sub_accounts, history. */
                include?: string;
                /** @description Accepted for Pelion clients; there are no account-specific properties. */
                properties?: string;
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountInfo"];
                };
            };
        };
    };
    updateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "display_name": "Northern Meters",
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["AccountUpdateRootReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountInfo"];
                };
            };
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAllAccountAccessKeys: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfAccessKeyData"];
                };
            };
        };
    };
    getAccountAccessKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the access key. */
                access_key_id: string;
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeyData"];
                };
            };
        };
    };
    getAllAccountApiKeys: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfApiKeyInfoResp"];
                };
            };
        };
    };
    createAccountApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyInfoReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    getAccountApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    updateAccountApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyUpdateReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    deleteAccountApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getGroupsOfAccountApikey: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfGroupSummary"];
                };
            };
        };
    };
    addAccountApiKeyToGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    removeAccountApiKeyFromGroups: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    addAccountApiKeyToListedGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    removeAccountApiKeyFromListedGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    resetAccountApiKeySecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyUpdateReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    getAllAccountApplications: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfApplicationData"];
                };
            };
        };
    };
    createAccountApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site.",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApplicationReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationData"];
                };
            };
        };
    };
    getAccountApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationData"];
                };
            };
        };
    };
    updateAccountApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site.",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApplicationReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationData"];
                };
            };
        };
    };
    deleteAccountApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAccessKeysOfAccountApplication: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfAccessKeyData"];
                };
            };
        };
    };
    createAccountAccessKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site."
                 *     }
                 */
                "application/json": components["schemas"]["AccessKeyReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeyData"];
                };
            };
        };
    };
    getAccessKeyOfAccountApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the access key. */
                access_key_id: string;
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeyData"];
                };
            };
        };
    };
    updateAccountAccessKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the access key. */
                access_key_id: string;
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site."
                 *     }
                 */
                "application/json": components["schemas"]["AccessKeyReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeyData"];
                };
            };
        };
    };
    deleteAccountAccessKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the access key. */
                access_key_id: string;
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getGroupsOfAccountApplication: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfGroupSummary"];
                };
            };
        };
    };
    addAccountApplicationToGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removeAccountApplicationFromGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteAllAccountColors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAccountDarkColors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfBrandingColor"];
                };
            };
        };
    };
    bulkSetAccountDarkColors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "reference": "LWM2M",
                 *         "color": "#1f6feb"
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["BrandingColor"][];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteAllAccountDarkColors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAccountDarkColor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingColor"];
                };
            };
        };
    };
    setAccountDarkColor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reference": "LWM2M",
                 *       "color": "#1f6feb"
                 *     }
                 */
                "application/json": components["schemas"]["BrandingColor"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingColor"];
                };
            };
        };
    };
    resetAccountDarkColor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAccountLightColors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfBrandingColor"];
                };
            };
        };
    };
    bulkSetAccountLightColors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "reference": "LWM2M",
                 *         "color": "#1f6feb"
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["BrandingColor"][];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteAllAccountLightColors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAccountLightColor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingColor"];
                };
            };
        };
    };
    setAccountLightColor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reference": "LWM2M",
                 *       "color": "#1f6feb"
                 *     }
                 */
                "application/json": components["schemas"]["BrandingColor"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingColor"];
                };
            };
        };
    };
    resetAccountLightColor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteAllAccountImages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAllAccountDarkImageData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfBrandingImage"];
                };
            };
        };
    };
    deleteAllAccountDarkImages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAccountDarkImageData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingImage"];
                };
            };
        };
    };
    clearAccountDarkImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    uploadAccountDarkImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/jpeg": string;
                "image/png": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingImage"];
                };
            };
        };
    };
    uploadAccountDarkImageMultipart: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    image: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingImage"];
                };
            };
        };
    };
    getAllAccountLightImageData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfBrandingImage"];
                };
            };
        };
    };
    deleteAllAccountLightImages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAccountLightImageData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingImage"];
                };
            };
        };
    };
    clearAccountLightImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    uploadAccountLightImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/jpeg": string;
                "image/png": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingImage"];
                };
            };
        };
    };
    uploadAccountLightImageMultipart: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    image: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingImage"];
                };
            };
        };
    };
    getAllAccountIdentityProviders: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfIdentityProviderInfo"];
                };
            };
        };
    };
    createAccountIdentityProvider: {
        parameters: {
            query?: {
                /** @description Endpoints and keys come from the configuration that the issuer publishes. May stand without a value. */
                discovery?: string;
            };
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site.",
                 *       "type": "v2"
                 *     }
                 */
                "application/json": components["schemas"]["IdentityProviderReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProviderInfo"];
                };
            };
        };
    };
    getAccountIdentityProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the identity provider. */
                identity_provider_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProviderInfo"];
                };
            };
        };
    };
    updateAccountIdentityProvider: {
        parameters: {
            query?: {
                /** @description Endpoints and keys come from the configuration that the issuer publishes. May stand without a value. */
                discovery?: string;
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the identity provider. */
                identity_provider_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site.",
                 *       "type": "v2"
                 *     }
                 */
                "application/json": components["schemas"]["IdentityProviderReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProviderInfo"];
                };
            };
        };
    };
    deleteAccountIdentityProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the identity provider. */
                identity_provider_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    refreshAccountJwks: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the identity provider. */
                identity_provider_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProviderInfo"];
                };
            };
        };
    };
    aggregatorGetAccountLimitations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfAccountLimitation"];
                };
            };
        };
    };
    aggregatorGetAccountLimitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the limitation. */
                limitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountLimitation"];
                };
            };
        };
    };
    getAccountNofificationEntries: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfNotificationEntry"];
                };
            };
        };
    };
    getAccountNofificationEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the entry. */
                notification_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationEntry"];
                };
            };
        };
    };
    getAllAccountGroups: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfGroupSummary"];
                };
            };
        };
    };
    createAccountGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north"
                 *     }
                 */
                "application/json": components["schemas"]["GroupCreationInfo"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    getAccountGroupSummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    updateAccountGroupName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north"
                 *     }
                 */
                "application/json": components["schemas"]["GroupUpdateInfo"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    addSubjectsToAccountGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    deleteAccountGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getApiKeysOfAccountGroup: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfApiKeyInfoResp"];
                };
            };
        };
    };
    addApiKeysToAccountGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    removeApiKeysFromAccountGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    addListedApiKeysToAccountGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    removeListedApiKeysFromAccountGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    getApplicationsOfAccountGroup: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfApplicationData"];
                };
            };
        };
    };
    addListedApplicationsToAccountGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    removeListedApplicationsFromAccountGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    getUsersOfAccountGroup: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfUserInfoResp"];
                };
            };
        };
    };
    addUsersToAccountGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    removeUsersFromAccountGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    addListedUsersToAccountGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    removeListedUsersFromAccountGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    getAllAccountCertificates: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfTrustedCertificateResp"];
                };
            };
        };
    };
    addAccountCertificate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "certificate": "-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----\n",
                 *       "description": "For the engineers on site.",
                 *       "name": "Meters of the north",
                 *       "service": "lwm2m"
                 *     }
                 */
                "application/json": components["schemas"]["TrustedCertificateReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrustedCertificateResp"];
                };
            };
        };
    };
    getAccountCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the trusted certificate. */
                cert_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrustedCertificateResp"];
                };
            };
        };
    };
    updateAccountCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the trusted certificate. */
                cert_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "certificate": "-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----\n",
                 *       "description": "For the engineers on site.",
                 *       "name": "Meters of the north",
                 *       "service": "lwm2m"
                 *     }
                 */
                "application/json": components["schemas"]["TrustedCertificateUpdateReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrustedCertificateResp"];
                };
            };
        };
    };
    deleteAccountCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the trusted certificate. */
                cert_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAllAccountInvitations: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfUserInvitationResp"];
                };
            };
        };
    };
    createAccountInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UserInvitationReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInvitationResp"];
                };
            };
        };
    };
    getAccountInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the invitation. */
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInvitationResp"];
                };
            };
        };
    };
    deleteAccountInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the invitation. */
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAllAccountUsers: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfUserInfoResp"];
                };
            };
        };
    };
    createAccountUser: {
        parameters: {
            query?: {
                /** @description create, the default, or invite: the user gets a mail to choose a password. */
                action?: string;
            };
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "username": "ada@example.com",
                 *       "full_name": "Ada Example",
                 *       "password": "correct horse battery staple",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UserInfoReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    getAccountUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    updateAccountUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "username": "ada@example.com",
                 *       "full_name": "Ada Example",
                 *       "password": "correct horse battery staple",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UserUpdateReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    deleteAccountUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getGroupsOfAccountUser: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfGroupSummary"];
                };
            };
        };
    };
    addAccountUserToGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    removeAccountUserFromGroups: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    addAccountUserToListedGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    removeAccountUserFromListedGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    validateAccountUserEmail: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the account: a tenant of the caller's account, or that account itself. */
                account_id: string;
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getMyAccountInfo: {
        parameters: {
            query?: {
                /** @description Comma-separated parts to add: limits, policies, sub_accounts, history. */
                include?: string;
                /** @description Accepted for Pelion clients; there are no account-specific properties. */
                properties?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountInfo"];
                };
            };
        };
    };
    updateMyAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "display_name": "Northern Meters",
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["AccountUpdateReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountInfo"];
                };
            };
        };
    };
    getNofificationEntries: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfNotificationEntry"];
                };
            };
        };
    };
    getNofificationEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the entry. */
                notification_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationEntry"];
                };
            };
        };
    };
    getAllApiKeys: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfApiKeyInfoResp"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyInfoReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    getApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    updateApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyUpdateReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    deleteApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getGroupsOfApikey: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfGroupSummary"];
                };
            };
        };
    };
    addApiKeyToGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    removeApiKeyFromGroups: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    addApiKeyToListedGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    removeApiKeyFromListedGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    resetSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the API key. */
                apikey_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyUpdateReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    getMyApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    updateMyApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApiKeyUpdateReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    getGroupsOfMyApiKey: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfGroupSummary"];
                };
            };
        };
    };
    addMyApiKeyToGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    removeMyApiKeyListedGroups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    addMyApiKeyToListedGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    removeMyApiKeyFromListedGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyInfoResp"];
                };
            };
        };
    };
    getAllApplications: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfApplicationData"];
                };
            };
        };
    };
    createApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site.",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApplicationReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationData"];
                };
            };
        };
    };
    getApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationData"];
                };
            };
        };
    };
    updateApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site.",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApplicationReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationData"];
                };
            };
        };
    };
    deleteApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAccessKeysOfApplication: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfAccessKeyData"];
                };
            };
        };
    };
    createAccessKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site."
                 *     }
                 */
                "application/json": components["schemas"]["AccessKeyReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeyData"];
                };
            };
        };
    };
    getAccessKeyOfApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the access key. */
                access_key_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeyData"];
                };
            };
        };
    };
    updateAccessKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the access key. */
                access_key_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site."
                 *     }
                 */
                "application/json": components["schemas"]["AccessKeyReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeyData"];
                };
            };
        };
    };
    deleteAccessKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the access key. */
                access_key_id: string;
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getGroupsOfApplication: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfGroupSummary"];
                };
            };
        };
    };
    addApplicationToGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    removeApplicationFromGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the application. */
                application_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAuditLog: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfAuditEntryData"];
                };
            };
        };
    };
    getAuditLogEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the entry. */
                audit_log_entry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryData"];
                };
            };
        };
    };
    exportAuditLog: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    verifyAuditLog: {
        parameters: {
            query?: {
                /** @description That seal. */
                seal?: string;
                /** @description The number of an entry whose seal was kept elsewhere. */
                sequence?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
        };
    };
    listBootstrapRules: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfBootstrapRuleResp"];
                };
            };
        };
    };
    createBootstrapRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site.",
                 *       "priority": 10
                 *     }
                 */
                "application/json": components["schemas"]["BootstrapRuleReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BootstrapRuleResp"];
                };
            };
        };
    };
    getBootstrapRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the rule. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BootstrapRuleResp"];
                };
            };
        };
    };
    updateBootstrapRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the rule. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site.",
                 *       "priority": 10
                 *     }
                 */
                "application/json": components["schemas"]["BootstrapRuleReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BootstrapRuleResp"];
                };
            };
        };
    };
    deleteBootstrapRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the rule. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    dryRunBootstrapRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "device_id": "0176a1b2c3d400000000000100100a01",
                 *       "endpoint_name": "meter-0017",
                 *       "endpoint_type": "meter"
                 *     }
                 */
                "application/json": components["schemas"]["BootstrapDryRunReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BootstrapDryRunResp"];
                };
            };
        };
    };
    deleteAllColors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getDarkColors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfBrandingColor"];
                };
            };
        };
    };
    bulkSetDarkColors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "reference": "LWM2M",
                 *         "color": "#1f6feb"
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["BrandingColor"][];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteAllDarkColors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getDarkColor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingColor"];
                };
            };
        };
    };
    setDarkColor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reference": "LWM2M",
                 *       "color": "#1f6feb"
                 *     }
                 */
                "application/json": components["schemas"]["BrandingColor"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingColor"];
                };
            };
        };
    };
    resetDarkColor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getLightColors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfBrandingColor"];
                };
            };
        };
    };
    bulkSetLightColors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "reference": "LWM2M",
                 *         "color": "#1f6feb"
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["BrandingColor"][];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteAllLightColors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getLightColor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingColor"];
                };
            };
        };
    };
    setLightColor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reference": "LWM2M",
                 *       "color": "#1f6feb"
                 *     }
                 */
                "application/json": components["schemas"]["BrandingColor"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingColor"];
                };
            };
        };
    };
    resetLightColor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteAllImages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAllDarkImageData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfBrandingImage"];
                };
            };
        };
    };
    deleteAllDarkImages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getDarkImageData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingImage"];
                };
            };
        };
    };
    clearDarkImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    uploadDarkImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/jpeg": string;
                "image/png": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingImage"];
                };
            };
        };
    };
    uploadDarkImageMultipart: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    image: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingImage"];
                };
            };
        };
    };
    getAllLightImageData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfBrandingImage"];
                };
            };
        };
    };
    deleteAllLightImages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getLightImageData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingImage"];
                };
            };
        };
    };
    clearLightImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    uploadLightImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/jpeg": string;
                "image/png": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingImage"];
                };
            };
        };
    };
    uploadLightImageMultipart: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description What is coloured or shown. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    image: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrandingImage"];
                };
            };
        };
    };
    listCertificateCampaigns: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfCertificateCampaignData"];
                };
            };
        };
    };
    createCertificateCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site.",
                 *       "certificate_name": "LWM2M",
                 *       "device_filter": "state=registered"
                 *     }
                 */
                "application/json": components["schemas"]["CertificateCampaignRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateCampaignData"];
                };
            };
        };
    };
    getCertificateCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the certificate campaign. */
                "certificate-campaign-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateCampaignData"];
                };
            };
        };
    };
    deleteCertificateCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the certificate campaign. */
                "certificate-campaign-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    forecastCertificateCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the certificate campaign. */
                "certificate-campaign-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignForecast"];
                };
            };
        };
    };
    startCertificateCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the certificate campaign. */
                "certificate-campaign-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateCampaignData"];
                };
            };
        };
    };
    getCertificateCampaignStatistics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the certificate campaign. */
                "certificate-campaign-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateCampaignStatistics"];
                };
            };
        };
    };
    stopCertificateCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the certificate campaign. */
                "certificate-campaign-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateCampaignData"];
                };
            };
        };
    };
    getCertificateEnrollments: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfCertificateEnrollmentData"];
                };
            };
        };
    };
    getCertificateEnrollment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the certificate enrollment. */
                "certificate-enrollment-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateEnrollmentData"];
                };
            };
        };
    };
    getCertificateIssuerConfigs: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfCertificateIssuerConfigResponse"];
                };
            };
        };
    };
    createCertificateIssuerConfig: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reference": "LWM2M",
                 *       "certificate_issuer_id": "0176a1b2c3d400000000000100100a01"
                 *     }
                 */
                "application/json": components["schemas"]["CreateCertificateIssuerConfig"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateIssuerConfigResponse"];
                };
            };
        };
    };
    getCertificateIssuerConfigByID: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the certificate issuer configuration. */
                "certificate-issuer-configuration-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateIssuerConfigResponse"];
                };
            };
        };
    };
    updateCertificateIssuerConfigByID: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the certificate issuer configuration. */
                "certificate-issuer-configuration-id": string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "certificate_issuer_id": "0176a1b2c3d400000000000100100a01"
                 *     }
                 */
                "application/json": components["schemas"]["CertificateIssuerConfigRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateIssuerConfigResponse"];
                };
            };
        };
    };
    deleteCertificateIssuerConfigByID: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the certificate issuer configuration. */
                "certificate-issuer-configuration-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getCertificateIssuerConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateIssuerConfigResponse"];
                };
            };
        };
    };
    updateCertificateIssuerConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "certificate_issuer_id": "0176a1b2c3d400000000000100100a01"
                 *     }
                 */
                "application/json": components["schemas"]["CertificateIssuerConfigRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateIssuerConfigResponse"];
                };
            };
        };
    };
    getCertificateIssuers: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfCertificateIssuerInfo"];
                };
            };
        };
    };
    createCertificateIssuer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site.",
                 *       "issuer_type": "GLOBAL_SIGN",
                 *       "issuer_credentials": {}
                 *     }
                 */
                "application/json": components["schemas"]["CertificateIssuerRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateIssuerInfo"];
                };
            };
        };
    };
    getCertificateIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the certificate issuer. */
                "certificate-issuer-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateIssuerInfo"];
                };
            };
        };
    };
    updateCertificateIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the certificate issuer. */
                "certificate-issuer-id": string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site."
                 *     }
                 */
                "application/json": components["schemas"]["CertificateIssuerUpdateRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateIssuerInfo"];
                };
            };
        };
    };
    deleteCertificateIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the certificate issuer. */
                "certificate-issuer-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    verifyCertificateIssuer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the certificate issuer. */
                "certificate-issuer-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateIssuerVerifyResponse"];
                };
            };
        };
    };
    getCertificateLog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateLogHead"];
                };
            };
        };
    };
    getCertificateLogConsistency: {
        parameters: {
            query?: {
                /** @description Entries of the older tree. */
                first?: string;
                /** @description Entries of the newer tree; default: all. */
                second?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateConsistency"];
                };
            };
        };
    };
    getCertificateLogInclusion: {
        parameters: {
            query?: {
                /** @description SHA-256 of the certificate, 64 hexadecimal digits, with or without colons. */
                fingerprint?: string;
                /** @description Entries of the tree to prove it for; default: all. */
                tree_size?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateInclusion"];
                };
            };
        };
    };
    createDeveloperCertificate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site."
                 *     }
                 */
                "application/json": components["schemas"]["DeveloperCertificateRequestData"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeveloperCertificateResponseData"];
                };
            };
        };
    };
    getDeveloperCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the developer certificate. */
                developerCertificateId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeveloperCertificateResponseData"];
                };
            };
        };
    };
    block_category_list: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfDeviceBlockCategory"];
                };
            };
        };
    };
    block_category_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The reference of the category. */
                block_category_reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceBlockCategory"];
                };
            };
        };
    };
    listEnrollmentDenialAttempts: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfDeniedDevice"];
                };
            };
        };
    };
    getEnrollmentDenialAttempt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the denial. */
                device_enrollment_denial_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeniedDevice"];
                };
            };
        };
    };
    getDeviceEnrollments: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfEnrollmentIdentity"];
                };
            };
        };
    };
    createDeviceEnrollment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enrollment_identity": "A-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:59:44:71:93:23:22:15:43:23:12"
                 *     }
                 */
                "application/json": components["schemas"]["EnrollmentId"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrollmentIdentity"];
                };
            };
        };
    };
    deleteBulkDeviceEnrollment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["BulkForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
        };
    };
    getBulkDeviceEnrollmentDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the bulk job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
        };
    };
    getBulkDeviceEnrollmentDeleteErrorsReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the bulk job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    getBulkDeviceEnrollmentDeleteFullReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the bulk job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    createBulkDeviceEnrollment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["BulkForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
        };
    };
    getBulkDeviceEnrollment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the bulk job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResponse"];
                };
            };
        };
    };
    getBulkDeviceEnrollmentErrorsReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the bulk job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    getBulkDeviceEnrollmentFullReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the bulk job. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    getDeviceEnrollment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the enrollment; not the enrollment identity. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrollmentIdentity"];
                };
            };
        };
    };
    deleteDeviceEnrollment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the enrollment; not the enrollment identity. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    device_log_list: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfDeviceEventData"];
                };
            };
        };
    };
    device_log_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the event. */
                device_event_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceEventData"];
                };
            };
        };
    };
    Group_list: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfDeviceGroupData"];
                };
            };
        };
    };
    Group_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "custom_attributes": {
                 *         "floor": "3"
                 *       },
                 *       "description": "For the engineers on site.",
                 *       "name": "Meters of the north"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceGroupRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceGroupData"];
                };
            };
        };
    };
    Group_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the group. */
                "device-group-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceGroupData"];
                };
            };
        };
    };
    Group_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description The etag that was read: when it is another one by now, nothing is changed and the answer is 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description The ID of the group. */
                "device-group-id": string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "custom_attributes": {
                 *         "floor": "3"
                 *       },
                 *       "description": "For the engineers on site.",
                 *       "name": "Meters of the north"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceGroupRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceGroupData"];
                };
            };
        };
    };
    Group_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the group. */
                "device-group-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Group_members_retrieve: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the group. */
                "device-group-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfDeviceData"];
                };
            };
        };
    };
    Group_members_add: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the group. */
                "device-group-id": string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "device_id": "0176a1b2c3d400000000000100100a01"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceGroupManipulation"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Group_members_add_matching: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the group. */
                "device-group-id": string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "filter": "state=registered"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceSelection"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceGroupChange"];
                };
            };
        };
    };
    Group_members_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the group. */
                "device-group-id": string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "device_id": "0176a1b2c3d400000000000100100a01"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceGroupManipulation"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Group_members_remove_matching: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the group. */
                "device-group-id": string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "filter": "state=registered"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceSelection"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceGroupChange"];
                };
            };
        };
    };
    Device_Query_list: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfDeviceQueryData"];
                };
            };
        };
    };
    Device_Query_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "query": "state__eq=registered"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceQueryPostPutRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceQueryData"];
                };
            };
        };
    };
    Device_Query_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the query. */
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceQueryData"];
                };
            };
        };
    };
    Device_Query_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description The etag that was read: when it is another one by now, nothing is changed and the answer is 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description The ID of the query. */
                query_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "query": "state__eq=registered"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceQueryPostPutRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceQueryData"];
                };
            };
        };
    };
    Device_Query_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the query. */
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    old_device_log_list: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfDeviceEventData"];
                };
            };
        };
    };
    old_device_log_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the event. */
                device_event_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceEventData"];
                };
            };
        };
    };
    Device_list: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfDeviceData"];
                };
            };
        };
    };
    Device_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "custom_attributes": {
                 *         "floor": "3"
                 *       },
                 *       "description": "For the engineers on site.",
                 *       "endpoint_name": "meter-0017",
                 *       "endpoint_type": "meter",
                 *       "name": "Meters of the north"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceDataPostRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceData"];
                };
            };
        };
    };
    getDeviceConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the device. */
                device_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceConnection"];
                };
            };
        };
    };
    traceDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the device. */
                device_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    RequestCertificateRenewal: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The name of the certificate on the device: LWM2M, or one that has an issuer. */
                "certificate-name": string;
                /** @description The ID of the device. */
                "device-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateEnrollmentData"];
                };
            };
        };
    };
    RevokeCertificate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The name of the certificate on the device, such as LWM2M. */
                "certificate-name": string;
                /** @description The ID of the device. */
                "device-id": string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "For the engineers on site."
                 *     }
                 */
                "application/json": components["schemas"]["CertificateRevocationRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getDeviceEcho: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the device. */
                "device-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EchoData"];
                };
            };
        };
    };
    setDeviceEcho: {
        parameters: {
            query?: never;
            header?: {
                /** @description The etag that was read: when it is another one by now, nothing is changed and the answer is 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description The ID of the device. */
                "device-id": string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "resources": [
                 *         {
                 *           "resource_path": "/3311/0/5850",
                 *           "value": "MQ==",
                 *           "content_type": "text/plain"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["EchoReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EchoData"];
                };
            };
        };
    };
    deleteDeviceEcho: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the device. */
                "device-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Device_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the device. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceData"];
                };
            };
        };
    };
    Device_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description The etag that was read: when it is another one by now, nothing is changed and the answer is 412. */
                "If-Match"?: string;
            };
            path: {
                /** @description The ID of the device. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "custom_attributes": {
                 *         "floor": "3"
                 *       },
                 *       "description": "For the engineers on site.",
                 *       "endpoint_name": "meter-0017",
                 *       "endpoint_type": "meter",
                 *       "name": "Meters of the north"
                 *     }
                 */
                "application/json": components["schemas"]["DeviceDataPutRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceData"];
                };
            };
        };
    };
    Device_destroy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the device. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Device_resume: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the device. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "category": "maintenance",
                 *       "description": "For the engineers on site."
                 *     }
                 */
                "application/json": components["schemas"]["DeviceBlockRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Device_suspend: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the device. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "category": "maintenance",
                 *       "description": "For the engineers on site."
                 *     }
                 */
                "application/json": components["schemas"]["DeviceBlockRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Device_export_csv: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    Device_export_json: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceData"][];
                };
            };
        };
    };
    Device_import: {
        parameters: {
            query?: {
                /** @description true to change nothing and only tell what would be changed. */
                preview?: string;
            };
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "endpoint_name": "meter-0017",
                 *         "name": "Meters of the north",
                 *         "description": "For the engineers on site.",
                 *         "endpoint_type": "meter",
                 *         "custom_attributes": {
                 *           "floor": "3"
                 *         },
                 *         "groups": [
                 *           "0176a1b2c3d400000000000100100a01"
                 *         ]
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["DeviceImportItem"][];
                "text/csv": components["schemas"]["DeviceImportItem"][];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceImportReport"];
                };
            };
        };
    };
    getKafkaChannel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KafkaChannel"];
                };
            };
        };
    };
    registerKafkaChannel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "servers": "kafka.example.org:9093",
                 *       "topic": "devices",
                 *       "username": "ada@example.com",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["KafkaChannel"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteKafkaChannel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    registerEventStream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "serialization": {
                 *         "type": "v2"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RegisterWebsocketChannel"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteEventStream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listFactoryManifests: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfFactoryManifestData"];
                };
            };
        };
    };
    importFactoryManifest: {
        parameters: {
            query?: {
                /** @description true: enroll the devices that are new in this account (first-to-claim). */
                enroll?: boolean;
            };
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/jose+json": components["schemas"]["JsonObject"];
                /**
                 * @example {
                 *       "payload": "eyJ...",
                 *       "protected": "eyJ...",
                 *       "signature": "MEUC..."
                 *     }
                 */
                "application/json": components["schemas"]["JsonObject"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactoryManifestData"];
                };
            };
        };
    };
    getFactoryManifest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the manifest. */
                "factory-manifest-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactoryManifestData"];
                };
            };
        };
    };
    getAllIdentityProviders: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfIdentityProviderInfo"];
                };
            };
        };
    };
    createIdentityProvider: {
        parameters: {
            query?: {
                /** @description Endpoints and keys come from the configuration that the issuer publishes. May stand without a value. */
                discovery?: string;
            };
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site.",
                 *       "type": "v2"
                 *     }
                 */
                "application/json": components["schemas"]["IdentityProviderReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProviderInfo"];
                };
            };
        };
    };
    getIdentityProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the identity provider. */
                identity_provider_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProviderInfo"];
                };
            };
        };
    };
    updateIdentityProvider: {
        parameters: {
            query?: {
                /** @description Endpoints and keys come from the configuration that the issuer publishes. May stand without a value. */
                discovery?: string;
            };
            header?: never;
            path: {
                /** @description The ID of the identity provider. */
                identity_provider_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north",
                 *       "description": "For the engineers on site.",
                 *       "type": "v2"
                 *     }
                 */
                "application/json": components["schemas"]["IdentityProviderReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProviderInfo"];
                };
            };
        };
    };
    deleteIdentityProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the identity provider. */
                identity_provider_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    refreshJwks: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the identity provider. */
                identity_provider_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProviderInfo"];
                };
            };
        };
    };
    getAccountLimitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfAccountLimitation"];
                };
            };
        };
    };
    getAccountLimitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the limitation. */
                limitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountLimitation"];
                };
            };
        };
    };
    getAllGroups: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfGroupSummary"];
                };
            };
        };
    };
    createGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north"
                 *     }
                 */
                "application/json": components["schemas"]["GroupCreationInfo"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    getGroupSummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    updateGroupName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Meters of the north"
                 *     }
                 */
                "application/json": components["schemas"]["GroupUpdateInfo"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    addSubjectsToGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    deleteGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getApiKeysOfGroup: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfApiKeyInfoResp"];
                };
            };
        };
    };
    addApiKeysToGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    removeApiKeysFromGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    addListedApiKeysToGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    removeListedApiKeysFromGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    getApplicationsOfGroup: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfApplicationData"];
                };
            };
        };
    };
    addListedApplicationsToGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    removeListedApplicationsFromGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    getUsersOfGroup: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfUserInfoResp"];
                };
            };
        };
    };
    addUsersToGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    removeUsersFromGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    addListedUsersToGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    removeListedUsersFromGroup: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the policy group. */
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SubjectList"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupSummary"];
                };
            };
        };
    };
    getAllServerCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllServerCredentialsResponseData"];
                };
            };
        };
    };
    getBootstrapServerCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerCredentialsResponseData"];
                };
            };
        };
    };
    getL2M2MServerCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerCredentialsResponseData"];
                };
            };
        };
    };
    listSimulatedDevices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulatedDeviceList"];
                };
            };
        };
    };
    startSimulatedDevices: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "count": 1
                 *     }
                 */
                "application/json": components["schemas"]["SimulatedDeviceRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulatedDeviceList"];
                };
            };
        };
    };
    getSimulatedDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the simulated device. */
                "simulated-device-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulatedDeviceData"];
                };
            };
        };
    };
    stopSimulatedDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the simulated device. */
                "simulated-device-id": string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAllCertificates: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfTrustedCertificateResp"];
                };
            };
        };
    };
    addCertificate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "certificate": "-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----\n",
                 *       "description": "For the engineers on site.",
                 *       "name": "Meters of the north",
                 *       "service": "lwm2m"
                 *     }
                 */
                "application/json": components["schemas"]["TrustedCertificateReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrustedCertificateResp"];
                };
            };
        };
    };
    getCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the trusted certificate. */
                cert_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrustedCertificateResp"];
                };
            };
        };
    };
    updateCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the trusted certificate. */
                cert_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "certificate": "-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----\n",
                 *       "description": "For the engineers on site.",
                 *       "name": "Meters of the north",
                 *       "service": "lwm2m"
                 *     }
                 */
                "application/json": components["schemas"]["TrustedCertificateUpdateReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrustedCertificateResp"];
                };
            };
        };
    };
    deleteCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the trusted certificate. */
                cert_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAllInvitations: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfUserInvitationResp"];
                };
            };
        };
    };
    createInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UserInvitationReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInvitationResp"];
                };
            };
        };
    };
    getInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the invitation. */
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInvitationResp"];
                };
            };
        };
    };
    deleteInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the invitation. */
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAllUsers: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfUserInfoResp"];
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: {
                /** @description create, the default, or invite: the user gets a mail to choose a password. */
                action?: string;
            };
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "username": "ada@example.com",
                 *       "full_name": "Ada Example",
                 *       "password": "correct horse battery staple",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UserInfoReq"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "username": "ada@example.com",
                 *       "full_name": "Ada Example",
                 *       "password": "correct horse battery staple",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UserUpdateReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getGroupsOfUser: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path: {
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfGroupSummary"];
                };
            };
        };
    };
    addUserToGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    removeUserFromGroups: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    addUserToListedGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    removeUserFromListedGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The ID of the user. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    getMyUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    updateMyUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "username": "ada@example.com",
                 *       "full_name": "Ada Example",
                 *       "password": "correct horse battery staple",
                 *       "groups": [
                 *         "0176a1b2c3d400000000000100100a01"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UserUpdateReq"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    getGroupsOfMyUser: {
        parameters: {
            query?: {
                /** @description The id of the last item of the page before. */
                after?: string;
                /** @description Conditions as one encoded string, for example state%3Dregistered%26created_at__gte%3D2026-01-01T00:00:00Z; a field without operator means eq. */
                filter?: string;
                /** @description Comma-separated: total_count. */
                include?: string;
                /** @description Items of a page; values outside 2 to 1000 are set to the nearest bound. */
                limit?: number;
                /** @description By creation. */
                order?: "ASC" | "DESC";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListResponseOfGroupSummary"];
                };
            };
        };
    };
    addMyUserToGroups: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text for each request. The request can then be sent again, for 24 hours: it is done once, and gets the same answer. 409 while the first still runs, 422 for another request with the same key. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
    removeMyUserFromGroups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       "0176a1b2c3d400000000000100100a01"
                 *     ]
                 */
                "application/json": string[];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfoResp"];
                };
            };
        };
    };
}
