/** Runs something once, a little later, however often it is asked for meanwhile. */
export class Soon {
  readonly #afterMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  ask(run: () => void): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      run();
    }, this.#afterMs);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
