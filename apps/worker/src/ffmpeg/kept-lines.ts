import { printable } from './diagnostics.ts';

/** Its beginning says what ffmpeg read and how it encodes, its end how that went; what is between may repeat itself for ever. */
const FIRST = 40;
const LAST = 20;

/** What a program says, for whoever looks on: bounded, printable, without where its source is found. */
export class KeptLines {
  readonly #secret: string | undefined;
  readonly #first: string[] = [];
  readonly #last: string[] = [];
  #left = 0;

  constructor(secret?: string) {
    this.#secret = secret;
  }

  hear(line: string): void {
    if (line.trim() === '') return;
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

  all(): string[] {
    const between = this.#left === 0 ? [] : [`… ${this.#left} more lines …`];
    return [...this.#first, ...between, ...this.#last];
  }
}
