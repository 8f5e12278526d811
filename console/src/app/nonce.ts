/** What styles that scripts make carry, so that the page's policy lets them in; none where there is no policy, as in development. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content || undefined;
