import { useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../api/client';
import { useSession } from '../session/useSession';
import { hexColour, type Colours, type Scheme } from './colours';

export type BrandingImage = Schemas['BrandingImage'];

export interface Branding {
  colours: Record<Scheme, Colours>;
  images: Record<Scheme, readonly BrandingImage[]>;
}

const storageKey = 'surety.branding';

function coloursOf(list: readonly Schemas['BrandingColor'][]): Colours {
  return Object.fromEntries(list.flatMap(({ reference, color }) => {
    const hex = color ? hexColour(color) : null;
    return reference && hex ? [[reference, hex]] : [];
  }));
}

export async function readBranding(account: string): Promise<Branding> {
  const [light, dark, lightImages, darkImages] = await Promise.all([
    dataOf(api.GET('/v3/branding-colors/light', {})), dataOf(api.GET('/v3/branding-colors/dark', {})), dataOf(api.GET('/v3/branding-images/light', {})), dataOf(api.GET('/v3/branding-images/dark', {})),
  ]);
  const branding = { colours: { light: coloursOf(light.data), dark: coloursOf(dark.data) }, images: { light: lightImages.data, dark: darkImages.data } };
  localStorage.setItem(storageKey, JSON.stringify({ account, branding }));
  return branding;
}

// So that a page does not begin in other colours than it goes on in.
function remembered(account: string): Branding | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as { account: string; branding: Branding } | null;
    return kept?.account === account ? kept.branding : undefined;
  } catch {
    return undefined;
  }
}

/** The branding of the account that somebody is signed in to; undefined when nobody is, and where it cannot be read. */
export function useBranding(): Branding | undefined {
  const session = useSession();
  const account = session && !session.mustChangePassword ? session.accountId : null;
  return useQuery({
    queryKey: ['branding', account], enabled: account !== null, queryFn: () => readBranding(account!), staleTime: 300_000, retry: 0,
    ...(account ? { placeholderData: () => remembered(account) } : {}),
  }).data;
}

/** Where an image is on this very server: the policy of the page allows no other, and the server may know itself by another name. */
export function pathOf(image: BrandingImage): string {
  return new URL(image.static_uri, location.origin).pathname;
}
