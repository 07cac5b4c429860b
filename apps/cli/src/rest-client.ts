import type * as z from 'zod';
import { Problem } from '@transcode/contracts';
import { Refusal } from './refusal.ts';

const ANSWER_MS = 30_000;

/** Speaks with the API as any integrator does. */
export class RestClient {
  readonly url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.url = url;
    this.#key = key;
  }

  get headers(): { authorization: string } {
    return { authorization: `Bearer ${this.#key}` };
  }

  async get<T>(path: string, shape: z.ZodType<T>): Promise<T> {
    const response = await this.#request('GET', `/api/v1${path}`);
    return shape.parse(await response.json());
  }

  async post(path: string): Promise<void> {
    await this.#request('POST', `/api/v1${path}`);
  }

  /** The bytes behind an address that an answer named, absolute or of this API. */
  async download(url: string): Promise<Response> {
    return this.#request('GET', url);
  }

  async #request(method: string, url: string): Promise<Response> {
    const address = new URL(url, this.url);
    const own = address.origin === new URL(this.url).origin;
    const response = await fetch(address, {
      method,
      headers: own ? this.headers : {},
      ...(method === 'GET' ? {} : { signal: AbortSignal.timeout(ANSWER_MS) }),
    }).catch((cause: unknown) => {
      throw new Refusal(`${address.origin} does not answer. ./transcode status and ./transcode logs tell more.`, {
        cause,
      });
    });
    if (!response.ok) throw new Refusal(await sentenceIn(response));
    return response;
  }
}

async function sentenceIn(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return Problem.parse(JSON.parse(text)).detail;
  } catch {
    return `The API answered ${response.status}: ${text.slice(0, 200)}`;
  }
}
