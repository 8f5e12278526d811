import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { Providers } from './app/Providers';
import { startTexts } from './app/i18n';
import { router, withoutBase } from './app/router';
import { connectLive } from './live/connect';
import { session } from './session/session';
import { signInPath } from './session/returnTo';

await Promise.all([startTexts(), session.adopt()]);
connectLive();
// Whoever is signed out, here or in another tab, sees the sign-in page, and comes back to where they were after it.
session.subscribe(() => {
  const { search } = router.state.location;
  const pathname = withoutBase(router.state.location.pathname);
  if (!session.current && pathname !== '/sign-in') void router.navigate(session.end === 'signed-out' ? '/sign-in' : signInPath(pathname, search));
});
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
