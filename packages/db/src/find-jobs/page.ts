export interface FoundJobs {
  readonly ids: string[];
  /** The id after which to go on; absent: there are no more. A page may be short, or empty, and have one all the same. */
  readonly next: string | undefined;
}

export interface Page {
  readonly before?: string | undefined;
  readonly limit: number;
}

/** `ids` are as many as the page and one more, where there are more. */
export function pageOf(ids: readonly string[], limit: number): FoundJobs {
  return { ids: ids.slice(0, limit), next: ids.length > limit ? ids[limit - 1] : undefined };
}
