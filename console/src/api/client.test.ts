import { afterEach, describe, expect, it, vi } from 'vitest';
import { session } from '../session/session';
import { authorizedFetch } from './client';

const somebody = { token: 'of the session', userId: 'u', accountId: 'a', name: 'n', accountName: '', roles: [], mustChangePassword: false };

function answering(status: number): Request[] {
  const asked: Request[] = [];
  vi.stubGlobal('fetch', (request: Request) => (asked.push(request), Promise.resolve(new Response('{"message":"no"}', { status }))));
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
  session.signOut();
});

describe('a request', () => {
  it('has the token of the session, unless it has a key of its own', async () => {
    session.begin(somebody);
    const asked = answering(200);
    await authorizedFetch('http://server/v3/users/me');
    await authorizedFetch('http://server/v3/api-keys/me', { headers: { Authorization: 'Bearer ak_1' } });
    expect(asked.map((request) => request.headers.get('Authorization'))).toEqual(['Bearer of the session', 'Bearer ak_1']);
  });

  it('that is refused with 401 ends the session', async () => {
    session.begin(somebody);
    answering(401);
    await expect(authorizedFetch('http://server/v3/users/me')).rejects.toMatchObject({ status: 401 });
    expect(session.current).toBeNull();
  });

  it('that is refused with a key of its own leaves the session as it is', async () => {
    session.begin(somebody);
    answering(401);
    await expect(authorizedFetch('http://server/v3/api-keys/me', { headers: { Authorization: 'Bearer ak_wrong' } })).rejects.toMatchObject({ status: 401 });
    expect(session.current).not.toBeNull();
  });
});
