/** Where a gate listens, what is behind it, and where it may write. */
export interface Gate {
  readonly http: number;
  readonly https: number;
  /** Port of loopback. */
  readonly upstream: number;
  /** With tls.crt, tls.key and tls.pem, which is both. */
  readonly folder: string;
}

export type Annotations = Readonly<Record<string, string>>;

/** What one setting of a preset becomes in a program's own words; undefined where it is somebody else's. */
export type Words = (value: string) => readonly string[];

/** In the program's words, all that a preset says: a setting that nobody has words for is an error, so that none is left untried. */
export function inWords(annotations: Annotations, prefix: string, words: Readonly<Record<string, Words>>): string[] {
  return Object.entries(annotations)
    .filter(([name]) => name.startsWith(prefix))
    .flatMap(([name, value]) => {
      const say = words[name.slice(prefix.length)];
      if (say === undefined) throw new Error(`Nobody has said what ${name} is in the program's own words.`);
      return say(value);
    });
}
