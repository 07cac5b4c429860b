import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

const ROTATE_BYTES = 10 * 1024 ** 2;
const KEPT = 2;

/** Appends to a log that its owner alone may read. A full one becomes NAME.1, the one before NAME.2. */
export class LogFile {
  readonly path: string;
  readonly #onFailure: (error: unknown) => void;
  readonly #rotateBytes: number;
  #fd: number;
  #bytes: number;
  #failed = false;

  constructor(path: string, onFailure: (error: unknown) => void, rotateBytes = ROTATE_BYTES) {
    this.path = path;
    this.#onFailure = onFailure;
    this.#rotateBytes = rotateBytes;
    this.#fd = openSync(path, 'a', 0o600);
    this.#bytes = fstatSync(this.#fd).size;
  }

  /** A log that cannot be written is told once and does not stop what it logs. */
  append(content: string | Buffer): void {
    try {
      if (this.#bytes >= this.#rotateBytes) this.#rotate();
      this.#bytes += typeof content === 'string' ? writeSync(this.#fd, content) : writeSync(this.#fd, content);
      this.#failed = false;
    } catch (error) {
      if (!this.#failed) this.#onFailure(error);
      this.#failed = true;
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  #rotate(): void {
    for (let number = KEPT - 1; number > 0; number -= 1)
      renameIfThere(`${this.path}.${number}`, `${this.path}.${number + 1}`);
    renameSync(this.path, `${this.path}.1`);
    closeSync(this.#fd);
    this.#fd = openSync(this.path, 'a', 0o600);
    this.#bytes = 0;
  }
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
