import { printable } from './diagnostics.ts';

/** Its beginning says what ffmpeg read and how it encodes, its end how that went; what is between may repeat itself for ever. */
const FIRST = 40;
const LAST = 20;
/** What begins a list of tags, which are indented further. */
const TAGS = /^(?:\[\w+\] )?( *)Metadata:$/;
const INDENT = /^(?:\[\w+\] )?( *)/;
/** A part of the program, which may come in between. */
const A_PART = /^\[[^\]]* @ /;

/**
 * What a program says, for whoever looks on: bounded, printable, without where its source is found, and without the tags that somebody
 * gave it: titles, comments, names and places are nobody's who runs machines.
 */
export class KeptLines {
  readonly #secret: string | undefined;
  readonly #first: string[] = [];
  readonly #last: string[] = [];
  #left = 0;
  /** How far the list of tags is indented that is being said. */
  #tags: number | undefined;

  constructor(secret?: string) {
    this.#secret = secret;
  }

  hear(line: string): void {
    if (line.trim() === '' || this.#isTag(line)) return;
    const told = printable(this.#secret === undefined ? line : line.replaceAll(this.#secret, 'source'));
    if (this.#first.length < FIRST) {
      this.#first.push(told);
      return;
    }
    this.#last.push(told);
    if (this.#last.length <= LAST) return;
    this.#last.shift();
    this.#left += 1;
  }

  #isTag(line: string): boolean {
    if (A_PART.test(line)) return false;
    if (this.#tags !== undefined && (INDENT.exec(line)?.[1]?.length ?? 0) > this.#tags) return true;
    this.#tags = TAGS.exec(line)?.[1]?.length;
    return false;
  }

  all(): string[] {
    const between = this.#left === 0 ? [] : [`… ${this.#left} more lines …`];
    return [...this.#first, ...between, ...this.#last];
  }
}
