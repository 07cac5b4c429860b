import { slowRequest } from './slow-request.ts';
import type { Answered } from './slow-request.ts';

/** A request exactly as it is given: no path is tidied up, no header added. */
export function rawRequest(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: Uint8Array,
): Promise<Answered> {
  const sending = slowRequest(method, url + path, headers);
  if (body === undefined) sending.end();
  else
    sending.write(body).then(
      () => sending.end(),
      // The answer tells.
      () => undefined,
    );
  return sending.answer;
}
