import type { Page, Request } from 'playwright-core';

interface UploadRequest {
  readonly method: string;
  readonly path: string;
  /** `Upload-Offset` of a PATCH. */
  readonly offset: number | undefined;
}

/** What a page asks of /api/uploads, in order. */
export function watchUploads(page: Page): UploadRequest[] {
  const seen: UploadRequest[] = [];
  page.on('request', (request: Request) => {
    const { pathname } = new URL(request.url());
    if (!pathname.startsWith('/api/uploads')) return;
    const offset = request.headers()['upload-offset'];
    seen.push({ method: request.method(), path: pathname, offset: offset === undefined ? undefined : Number(offset) });
  });
  return seen;
}
