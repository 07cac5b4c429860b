import { Problem } from '@transcode/contracts';
import type { RunningApi } from '../../src/start.ts';

export async function codeOf(response: Response): Promise<[status: number, code: string]> {
  return [response.status, Problem.parse(await response.json()).code];
}

/** Whom a replica takes the holder of this cookie for. */
export function me({ url }: RunningApi, cookie: string): Promise<Response> {
  return fetch(`${url}/api/v1/me`, { headers: { cookie } });
}

export function changePassword({ url }: RunningApi, cookie: string, current: string, next: string): Promise<Response> {
  return fetch(`${url}/api/v1/auth/password`, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ current, next }),
  });
}
