import type { Page } from 'playwright-core';

/** Collects what a page complains about. Each complaint fails the test, unless the test has brought it about itself. */
export class Complaints {
  readonly #found: string[] = [];
  readonly #expected: RegExp[] = [];

  constructor(page: Page) {
    page.on('pageerror', (error) => this.#found.push(`error: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      this.#found.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
  }

  /** What the browser says about a refusal or a cut line that the test wanted. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
  }

  list(): string[] {
    return this.#found.filter((complaint) => !this.#expected.some((pattern) => pattern.test(complaint)));
  }
}
