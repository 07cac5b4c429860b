'use client';
import type { Event } from '@transcode/contracts';
import { createContext, use, useEffect, useEffectEvent } from 'react';

/** `started`: the line was begun, or begun anew, and whatever was told meanwhile was missed. */
export type Hint = Event | { readonly type: 'started' };

/** Those who want to hear what the server tells, beside the pages that are refreshed for everybody. */
export class Hints {
  readonly #listeners = new Set<(hint: Hint) => void>();

  tell(hint: Hint): void {
    for (const listener of this.#listeners) listener(hint);
  }

  hear(listener: (hint: Hint) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export const HintsContext = createContext(new Hints());

/** Calls with each of the server's hints as long as the caller is on the page. */
export function useHint(onHint: (hint: Hint) => void): void {
  const hints = use(HintsContext);
  const heard = useEffectEvent(onHint);
  useEffect(() => hints.hear((hint) => heard(hint)), [hints]);
}
