interface PolicyOptions {
  readonly mediaOrigins: string;
  readonly path: string;
}

/**
 * `blob:` is for hls.js: it feeds the player through MediaSource and demuxes in a worker. Style attributes are React's
 * measured widths; they cannot run anything.
 * What is at `path` may stand in a frame of another site's page only where it is made for that, and has nothing to be tricked into.
 */
export function contentSecurityPolicy(nonce: string, { mediaOrigins, path }: PolicyOptions): string {
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
    `frame-ancestors ${path.startsWith('/embed/') ? '*' : "'none'"}`,
    "object-src 'none'",
  ].join('; ');
}
