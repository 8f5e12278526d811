import { api } from '../api/client';
import { ApiError } from '../api/errors';
import { queryClient } from '../api/queries';
import { session } from './session';

/** Signs in with a password, and begins a session. */
export async function signIn(name: string, password: string, account?: string): Promise<void> {
  const body = { username: name, password, ...(account ? { account } : {}) };
  const answer = await fetch('/auth/login', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).catch(() => {
    throw new ApiError(0, 'unreachable', 'The server cannot be reached.');
  });
  if (!answer.ok) throw await ApiError.of(answer);
  const login = (await answer.json()) as {
    token: string; user_id: string; account_id: string; roles: string[]; status: string; accounts: { id: string; display_name: string }[];
  };
  queryClient.clear();
  session.begin({
    token: login.token,
    userId: login.user_id,
    accountId: login.account_id,
    name,
    accountName: login.accounts.find((a) => a.id === login.account_id)?.display_name ?? '',
    roles: login.roles,
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
