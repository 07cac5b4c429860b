import { SESSION_RECHECK_MS } from '@transcode/contracts';
import type { Identity } from './principal.ts';

export interface IdentityWatcher {
  /** It still holds, perhaps with another role or other workspaces. */
  readonly holds: (identity: Identity) => void;
  /** It holds no longer, or that cannot be found out. */
  readonly ends: (error: Error) => void;
}

interface LookUps {
  readonly find: (secretHashes: readonly string[]) => Promise<ReadonlyMap<string, Identity>>;
  /** What is told to whoever was not found. */
  readonly refusal: (secretHash: string) => Promise<Error>;
}

/**
 * Asks again and again whether those who are being told things may still be: all of them in one question, however many there are.
 */
export class IdentityWatch {
  readonly #lookUps: LookUps;
  readonly #watchers = new Map<IdentityWatcher, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(lookUps: LookUps) {
    this.#lookUps = lookUps;
  }

  /** Returns how to stop. */
  add(secretHash: string, watcher: IdentityWatcher): () => void {
    this.#watchers.set(watcher, secretHash);
    this.#timer ??= setTimeout(() => void this.#ask(), SESSION_RECHECK_MS);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  async #ask(): Promise<void> {
    const asked = [...this.#watchers];
    const [answer] = await Promise.allSettled([this.#lookUps.find([...new Set(asked.map(([, hash]) => hash))])]);
    for (const [watcher, hash] of asked) {
      // Who has stopped meanwhile is told nothing.
      if (!this.#watchers.has(watcher)) continue;
      const identity = answer.status === 'fulfilled' ? answer.value.get(hash) : undefined;
      if (identity !== undefined) watcher.holds(identity);
      else if (answer.status === 'rejected') watcher.ends(asError(answer.reason));
      else void this.#end(watcher, hash);
    }
    this.#timer = this.#watchers.size > 0 ? setTimeout(() => void this.#ask(), SESSION_RECHECK_MS) : undefined;
  }

  async #end(watcher: IdentityWatcher, secretHash: string): Promise<void> {
    watcher.ends(await this.#lookUps.refusal(secretHash).catch(asError));
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
