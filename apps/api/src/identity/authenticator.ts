import type { IncomingHttpHeaders } from 'node:http';
import { SESSION_RECHECK_MS, TranscodeError } from '@transcode/contracts';
import type { Database } from '@transcode/db';
import { findKeys, findSessions } from './find-identity.ts';
import { IdentityWatch, type IdentityWatcher } from './identity-watch.ts';
import type { Identity } from './principal.ts';
import { RecheckedCache } from './rechecked-cache.ts';
import { isSameOrigin } from './same-origin.ts';
import { hashSecret } from './secret.ts';
import { readSessionCookie } from './session-cookie.ts';

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
  readonly #sessions = new RecheckedCache<Identity>(SESSION_RECHECK_MS);
  readonly #keys = new RecheckedCache<Identity>(SESSION_RECHECK_MS);
  readonly #watchedSessions: IdentityWatch;
  readonly #watchedKeys: IdentityWatch;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    this.#watchedSessions = new IdentityWatch((hashes) => findSessions(options.db, hashes));
    this.#watchedKeys = new IdentityWatch((hashes) => findKeys(options.db, hashes));
  }

  /** Who sent the request; undefined for nobody. A key that is wrong, or a cookie sent by another site's page, is refused. */
  async identify(request: Credentials): Promise<Identity | undefined> {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) return this.#identifyKey(authorization);
    const secret = await readSessionCookie(cookie, this.#options.authSecret);
    if (secret === undefined) return undefined;
    if (!isSameOrigin(request, this.#options.publicUrl)) {
      throw new TranscodeError('cross_origin');
    }
    return this.#session(hashSecret(secret));
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
  }

  async #identifyKey(authorization: string): Promise<Identity> {
    const secret = bearerOf(authorization);
    const identity = secret === undefined ? undefined : await this.#key(hashSecret(secret));
    if (identity === undefined) throw new TranscodeError('unauthenticated');
    return identity;
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
