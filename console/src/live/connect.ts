import { queryClient } from '../api/queries';
import { session } from '../session/session';
import { live } from './LiveConnection';
import { requests } from './RequestStore';
import { values } from './ValueStore';
import type { Envelope } from './events';

// A fleet that comes back at once would have the lists read a hundred times a second.
const refreshInterval = 1000;

/** Connects the event stream with the session, and what it brings with the stores and the queries. Called once. */
export function connectLive(): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const refreshSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      void queryClient.invalidateQueries({ queryKey: ['devices'] });
    }, refreshInterval);
  };
  live.onEnvelope((envelope: Envelope) => {
    values.take(envelope);
    requests.take(envelope);
    if (envelope.registrations || envelope['de-registrations'] || envelope['registrations-expired']) refreshSoon();
  });
  let user: string | null = null;
  const follow = (): void => {
    const now = session.current && !session.current.mustChangePassword ? session.current.userId : null;
    if (now === user) return;
    if (user) requests.clear();
    user = now;
    if (now) live.start(now);
    else live.stop();
  };
  session.subscribe(follow);
  follow();
}
