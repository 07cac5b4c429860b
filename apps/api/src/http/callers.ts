import { createHmac, timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Address of whoever asks, where it is known: that of the person for whom the console does. */
    readonly caller: string;
  }
}

/** Sent with what is passed on to the console, which sends it back with what it asks of the API for the same person. */
export const CALLER_HEADER = 'x-transcode-caller';
/** A page is made within this. */
const HOLDS_MS = 5 * 60_000;

/**
 * Seals addresses, so that the console can say for whom it asks and nobody else can: whoever speaks for others by their address alone has to
 * be named as a proxy.
 */
export class Callers {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  seal(address: string, now = Date.now()): string {
    const said = `${address} ${now + HOLDS_MS}`;
    return `${said} ${this.#sign(said).toString('base64url')}`;
  }

  /** Undefined for what was not sealed here, or too long ago. */
  open(sealed: string, now = Date.now()): string | undefined {
    const [address = '', until = '', signature = ''] = sealed.split(' ');
    const given = Buffer.from(signature, 'base64url');
    const right = this.#sign(`${address} ${until}`);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    return Number(until) > now ? address : undefined;
  }

  #sign(said: string): Buffer {
    return createHmac('sha256', this.#secret).update('caller').update(said).digest();
  }
}

/** Gives every request its `caller`. */
export function registerCallers(app: FastifyInstance, callers: Callers): void {
  app.decorateRequest('caller', {
    getter(this: FastifyRequest) {
      const sealed = this.headers[CALLER_HEADER];
      return (typeof sealed === 'string' ? callers.open(sealed) : undefined) ?? this.ip;
    },
  });
}

/** What is counted as one caller: one who has an IPv6 address has a network of them. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - behind.length;
  const whole = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...behind];
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
