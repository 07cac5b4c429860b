/** What file systems refuse in a name, or read as something else, and what shows a name as another. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}<>:"/\\|?*]+/gu;
const MOST_LENGTH = 180;

/**
 * The name under which a browser saves a download, for `Content-Disposition` (RFC 6266): as it is for those that read RFC 8187, and with
 * `_` for what is not ASCII for the others.
 */
export function contentDisposition(title: string, suffix: string, extension: string): string {
  const plain = plainly(title.replace(/\.[A-Za-z0-9]{2,4}$/, ''));
  const base = [plain === '' ? 'video' : plain, plainly(suffix)].join(' ').trim();
  const name = extension === '' ? base : `${base}.${extension}`;
  const ascii = name.replaceAll(/[^\x20-\x7E]+/g, '_').replaceAll(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** A name that begins with a dot is hidden. */
function plainly(text: string): string {
  const allowed = text
    .toWellFormed()
    .replaceAll(FORBIDDEN, ' ')
    .replace(/^[\s.]+/, '');
  return allowed
    .slice(0, MOST_LENGTH)
    .replace(/\p{Cs}$/u, '')
    .trim();
}
