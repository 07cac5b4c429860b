import type { IncomingHttpHeaders } from 'node:http';
import { SESSION_RECHECK_MS, TranscodeError } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import { findKeys, findSessions, whyEnded } from './find-identity.ts';
import { IdentityWatch, type IdentityWatcher } from './identity-watch.ts';
import type { Identity } from './principal.ts';
import { RecheckedCache } from './rechecked-cache.ts';
import { isSameOrigin } from './same-origin.ts';
import { hashSecret } from './secret.ts';
import { readSessionCookie, sessionCookieNames } from './session-cookie.ts';

/** So many keys and sessions are remembered by their hashes. */
const SEEN = 10_000;

interface Credentials {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

interface AuthenticatorOptions {
  readonly db: Database;
  readonly authSecret: string;
  readonly publicUrl: string | undefined;
}

export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #sessions = new RecheckedCache<Identity>('sessions', SESSION_RECHECK_MS);
  readonly #keys = new RecheckedCache<Identity>('keys', SESSION_RECHECK_MS);
  readonly #endings = new RecheckedCache<TranscodeError>('endings', SESSION_RECHECK_MS);
  /** What was once found to be somebody's. */
  readonly #seen = new Set<string>();
  readonly #watchedSessions: IdentityWatch;
  readonly #watchedKeys: IdentityWatch;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    const { db } = options;
    this.#watchedSessions = new IdentityWatch({
      find: (hashes) => findSessions(db, hashes),
      refusal: (hash) => this.#whyEnded(hash),
    });
    this.#watchedKeys = new IdentityWatch({
      find: (hashes) => findKeys(db, hashes),
      refusal: () => Promise.resolve(new TranscodeError('unauthenticated')),
    });
  }

  /**
   * Who sent the request; undefined for nobody. A key or a session in `Authorization` that is wrong, or a cookie sent by another site's
   * page, is refused.
   */
  async identify(request: Credentials): Promise<Identity | undefined> {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) return this.#identifyBearer(authorization);
    const secret = await this.#secretIn(cookie);
    if (secret === undefined) return undefined;
    if (!isSameOrigin(request, this.#options.publicUrl)) {
      throw new TranscodeError('cross_origin');
    }
    return this.#session(hashSecret(secret));
  }

  /** Whether a request shows a key, or a session as one, that this process has found nobody behind yet: anybody can make one up. */
  showsUnknownKey({ headers }: Credentials): boolean {
    if (headers.authorization === undefined) return false;
    const secret = bearerOf(headers.authorization);
    return secret === undefined || !this.#seen.has(hashSecret(secret));
  }

  /** The same for what nobody may ask. */
  async demand(request: Credentials): Promise<Identity> {
    const identity = await this.identify(request);
    if (identity === undefined) throw await this.refusal(request);
    return identity;
  }

  /** What is told to a nobody: why the session holds no longer, where the request shows one. */
  async refusal({ headers }: Credentials): Promise<TranscodeError> {
    const secret = await this.#secretIn(headers.cookie);
    return secret === undefined ? new TranscodeError('unauthenticated') : this.#whyEnded(hashSecret(secret));
  }

  /** Tells whether what `identify` answered goes on to hold, every SESSION_RECHECK_MS. Returns how to stop. */
  watch(identity: Identity, request: Credentials, watcher: IdentityWatcher): () => void {
    if (identity.session !== null) return this.#watchedSessions.add(identity.session.secretHash, watcher);
    return this.#watchedKeys.add(hashSecret(bearerOf(request.headers.authorization) ?? ''), watcher);
  }

  /** Here at once; the other replicas notice within SESSION_RECHECK_MS. */
  forget(): void {
    this.#sessions.clear();
    this.#keys.clear();
    this.#endings.clear();
  }

  /** A key, or the session that signing in answered: no page of another site can send either. */
  async #identifyBearer(authorization: string): Promise<Identity> {
    const secret = bearerOf(authorization);
    if (secret === undefined) throw new TranscodeError('unauthenticated');
    const hash = hashSecret(secret);
    const identity = (await this.#key(hash)) ?? (await this.#session(hash));
    if (identity === undefined) throw await this.#whyEnded(hash);
    this.#remember(hash);
    return identity;
  }

  #remember(hash: string): void {
    this.#seen.delete(hash);
    this.#seen.add(hash);
    const [oldest] = this.#seen;
    if (this.#seen.size > SEEN && oldest !== undefined) this.#seen.delete(oldest);
  }

  async #whyEnded(secretHash: string): Promise<TranscodeError> {
    const known = await this.#endings.get(secretHash, () => whyEnded(this.#options.db, secretHash));
    return known ?? new TranscodeError('unauthenticated');
  }

  #secretIn(cookie: string | undefined): Promise<string | undefined> {
    const { authSecret, publicUrl } = this.#options;
    return readSessionCookie(cookie, { authSecret, names: sessionCookieNames(publicUrl) });
  }

  #session(secretHash: string): Promise<Identity | undefined> {
    return this.#sessions.get(secretHash, async () =>
      (await findSessions(this.#options.db, [secretHash])).get(secretHash),
    );
  }

  #key(secretHash: string): Promise<Identity | undefined> {
    return this.#keys.get(secretHash, async () => (await findKeys(this.#options.db, [secretHash])).get(secretHash));
  }
}

function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}
