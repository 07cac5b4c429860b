const WIDTH = 28;

/** One line on a terminal that is written over; elsewhere a line whenever what is done changes. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  #shown = '';
  #label = '';

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  show(label: string, fraction: number, detail: string): void {
    if (!this.#stream.isTTY) {
      if (label !== this.#label) this.#stream.write(`${label}\n`);
      this.#label = label;
      return;
    }
    const full = Math.round(Math.min(1, Math.max(0, fraction)) * WIDTH);
    const bar = '━'.repeat(full) + '─'.repeat(WIDTH - full);
    const line = `${label.padEnd(9)} ${bar} ${String(Math.floor(fraction * 100)).padStart(3)} %  ${detail}`;
    if (line === this.#shown) return;
    this.#shown = line;
    this.#stream.write(`\r\u001B[2K${line.slice(0, this.#stream.columns)}`);
  }

  clear(): void {
    if (this.#stream.isTTY && this.#shown !== '') this.#stream.write('\r\u001B[2K');
    this.#shown = '';
  }
}
