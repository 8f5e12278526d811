import { createBrowserRouter, redirect } from 'react-router';
import { features } from '../features';
import { session } from '../session/session';
import { signInPath } from '../session/returnTo';
import { Layout } from './Layout';
import { NotFound } from './NotFound';
import { RouteError } from './RouteError';
import { Waiting } from '../components/Waiting';

export const router = createBrowserRouter(
  [
    { path: '/sign-in', lazy: () => import('../features/signin/SignInPage'), HydrateFallback: Waiting, ErrorBoundary: RouteError },
    {
      path: '/',
      Component: Layout,
      HydrateFallback: Waiting,
      ErrorBoundary: RouteError,
      loader: ({ request }) => {
        if (session.current && !session.current.mustChangePassword) return null;
        const { pathname, search } = new URL(request.url);
        return redirect(signInPath(withoutBase(pathname), search));
      },
      children: [
        { ErrorBoundary: RouteError, children: [...features.flatMap((feature) => feature.routes), { path: '*', Component: NotFound }] },
      ],
    },
  ],
  { basename: import.meta.env.BASE_URL.replace(/\/$/, '') },
);

/** A path of the browser as a path of the console. */
export function withoutBase(pathname: string): string {
  const base = import.meta.env.BASE_URL.replace(/\/$/, '');
  return pathname.startsWith(base) ? pathname.slice(base.length) || '/' : pathname;
}
