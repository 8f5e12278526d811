/** The page to go to after sign-in, from the address of the sign-in page: a path of the console, never another site's. */
export function returnTo(search: string): string {
  const path = new URLSearchParams(search).get('return') ?? '/';
  return /^\/(?![/\\])/.test(path) && !path.startsWith('/sign-in') ? path : '/';
}

/** The sign-in page that leads back to where somebody is. */
export function signInPath(pathname: string, search: string): string {
  const here = `${pathname}${search}`;
  return here === '/' || here.startsWith('/sign-in') ? '/sign-in' : `/sign-in?return=${encodeURIComponent(here)}`;
}
