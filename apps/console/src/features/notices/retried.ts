const KEY = 'retried-videos';
/** Who tries more again at once looks at the list. */
const MOST = 100;

/** The videos that were tried again in this tab and are not through. It outlives a reload. */
export class Retried {
  readonly #ids: Set<string>;

  constructor() {
    this.#ids = new Set(stored());
  }

  add(videoId: string): void {
    this.#ids.delete(videoId);
    this.#ids.add(videoId);
    this.#keep();
  }

  has(videoId: string): boolean {
    return this.#ids.has(videoId);
  }

  remove(videoId: string): void {
    if (this.#ids.delete(videoId)) this.#keep();
  }

  all(): readonly string[] {
    return [...this.#ids];
  }

  #keep(): void {
    sessionStorage.setItem(KEY, JSON.stringify([...this.#ids].slice(-MOST)));
  }
}

/** Whether there is any from before this page. */
export function anyRetried(): boolean {
  return stored().length > 0;
}

function stored(): string[] {
  if (typeof sessionStorage === 'undefined') return [];
  try {
    const ids: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    // Nothing was tried again, or this browser keeps nothing.
    return [];
  }
}
