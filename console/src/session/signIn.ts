import { api } from '../api/client';
import { ApiError } from '../api/errors';
import { queryClient } from '../api/queries';
import { session, type Session } from './session';

interface Login {
  token: string;
  user_id: string;
  account_id: string;
  roles: string[];
  status: string;
  accounts: { id: string; display_name: string }[];
}

const accountKey = 'surety.account';

/** The account that was signed in to on this computer before: its identity providers are offered. */
export function lastAccount(): string | null {
  return localStorage.getItem(accountKey);
}

/** Signs in with a password, and the code of an authenticator where the server asks for one ({@link asksForCode}). */
export async function signIn(name: string, password: string, account?: string, otp?: string): Promise<void> {
  begin(await post('/auth/login', { username: name, password, ...(account ? { account } : {}), ...(otp ? { otp } : {}) }), name);
}

/** The server wants the code of an authenticator, or another one. */
export function asksForCode(failure: unknown): boolean {
  return failure instanceof ApiError && failure.messageOf('otp') !== undefined;
}

/** Completes a sign-in with an identity provider, with the code that it came back with. */
export async function signInByCode(code: string): Promise<void> {
  const login = await post('/auth/oidc/token', { code });
  const me = await fetch('/v3/users/me', { headers: { Authorization: `Bearer ${login.token}` } });
  const { email } = me.ok ? ((await me.json()) as { email: string }) : { email: '' };
  begin(login, email);
}

/** Goes on in another account of the same person. */
export async function switchAccount(accountId: string, otp?: string): Promise<void> {
  const { name, token, accounts } = session.current!;
  const login = await post('/auth/impersonate', { account_id: accountId, ...(otp ? { otp } : {}) }, token);
  // The answer may name fewer accounts than the sign-in did; the person stays who they are.
  begin(login, name, accounts);
}

/** Asks for a mail with a link to choose another password. The server does not say whether it knows the address. */
export async function recoverPassword(email: string): Promise<void> {
  await send('/auth/password-recovery', { email });
}

async function send(path: string, body: unknown, token?: string): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => {
    throw new ApiError(0, 'unreachable', 'The server cannot be reached.');
  });
  if (!answer.ok) throw await ApiError.of(answer);
  return answer;
}

async function post(path: string, body: unknown, token?: string): Promise<Login> {
  return (await (await send(path, body, token)).json()) as Login;
}

function begin(login: Login, name: string, known: Session['accounts'] = []): void {
  const answered = login.accounts.map((account) => ({ id: account.id, name: account.display_name }));
  const accounts = [...answered, ...known.filter((account) => !answered.some((other) => other.id === account.id))];
  queryClient.clear();
  localStorage.setItem(accountKey, login.account_id);
  session.begin({
    token: login.token,
    userId: login.user_id,
    accountId: login.account_id,
    name,
    accountName: accounts.find((account) => account.id === login.account_id)?.name ?? '',
    roles: login.roles,
    accounts,
    mustChangePassword: login.status === 'RESET',
  });
}

/** Ends the session at the server and here. When the server cannot be reached, here alone: it ends by itself within the hour. */
export async function signOut(): Promise<void> {
  const leaving = api.POST('/auth/logout', {}).catch(() => undefined);
  await Promise.race([leaving, new Promise((resolve) => setTimeout(resolve, 2000))]);
  session.signOut();
  queryClient.clear();
}

/** Changes the password of who is signed in; all sessions end, so the person signs in again with the new one. */
export async function changePassword(password: string): Promise<void> {
  await api.PUT('/v3/users/me', { body: { password } as never });
}
