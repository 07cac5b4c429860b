import { Problem } from '@transcode/contracts';
import { expect } from 'vitest';

/** Status and code of refused media, which any page may read and none may keep. */
export async function refusal(response: Response): Promise<[status: number, code: string]> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return [response.status, Problem.parse(await response.json()).code];
}
