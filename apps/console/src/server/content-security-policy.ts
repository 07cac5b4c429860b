/**
 * `blob:` is for hls.js: it feeds the player through MediaSource and demuxes in a worker. Style attributes are React's
 * measured widths; they cannot run anything.
 */
export function contentSecurityPolicy(nonce: string, mediaOrigins: string): string {
  const media = mediaOrigins.trim() === '' ? '' : ` ${mediaOrigins.trim()}`;
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data: blob:${media}`,
    `media-src 'self' blob:${media}`,
    `connect-src 'self'${media}`,
    "font-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}
