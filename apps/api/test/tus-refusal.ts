import { Problem } from '@transcode/contracts';
import { expect } from 'vitest';

/** Status and code of a refused request, whose body and headers are as every problem's. */
export async function refusal(response: Response): Promise<[status: number, code: string]> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('tus-resumable')).toBe('1.0.0');
  const problem = Problem.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.requestId).toBe(response.headers.get('x-request-id'));
  expect(problem.detail).toMatch(/^[A-Z].*\.$/);
  return [response.status, problem.code];
}
