import type { Role } from '@transcode/contracts';
import type { Installation, Person } from './installation.ts';
import { signIn } from './sign-in.ts';

export interface Answered {
  readonly status: number;
  // What came is judged by the test that asked for it.
  readonly body: Record<string, unknown>;
}

/** Somebody at a browser: each call goes to /api/v1 with the cookie of their session. */
export interface PersonCalls {
  readonly person: Person;
  call(method: string, path: string, body?: object): Promise<Answered>;
}

export async function callsOf(
  here: Installation,
  api: { readonly url: string },
  role: Role,
  options: { workspaceIds?: string[] } = {},
): Promise<PersonCalls> {
  const person = await here.person(role, options);
  const cookie = await signIn(here, api, person);
  return {
    person,
    async call(method, path, body) {
      const response = await fetch(`${api.url}/api/v1${path}`, {
        method,
        headers: { cookie, origin: api.url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const parsed: Record<string, unknown> = text === '' ? {} : JSON.parse(text);
      return { status: response.status, body: parsed };
    },
  };
}
