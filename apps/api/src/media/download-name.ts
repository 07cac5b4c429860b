/** What file systems refuse in a name, or read as something else. */
const FORBIDDEN = /[\p{Cc}<>:"/\\|?*]+/gu;
const MOST_LENGTH = 180;

/** The name under which a browser saves a download, for `Content-Disposition` (RFC 6266). */
export function contentDisposition(title: string, suffix: string, extension: string): string {
  const plain = title
    .replace(/\.[A-Za-z0-9]{2,4}$/, '')
    .replaceAll(FORBIDDEN, ' ')
    .trim()
    .slice(0, MOST_LENGTH);
  const name = `${plain === '' ? 'video' : plain.toWellFormed()} ${suffix}.${extension}`;
  const ascii = name.replaceAll(/[^\x20-\x7E]/g, '_').replaceAll(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
