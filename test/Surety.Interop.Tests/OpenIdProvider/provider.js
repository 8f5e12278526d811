// An OpenID provider for OpenIdProviderTests: node provider.js <port> <redirect URI> <authentication method>
import Provider from 'oidc-provider';

const [port, redirectUri, method] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'surety', client_secret: 'a secret of the test: 100%', redirect_uris: [redirectUri], token_endpoint_auth_method: method,
    response_types: ['code'], grant_types: ['authorization_code'],
  }],
  pkce: { required: () => true },
  // In the ID token only what must be there; the rest is at the userinfo endpoint.
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  findAccount: (context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: id !== 'mallory', name: `The person ${id}` }),
  }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log(`listening at ${issuer}`));
