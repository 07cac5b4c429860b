import type { CDPSession, Page } from 'playwright-core';

const UNLIMITED = -1;

/** The page's line to the world, as Chromium itself can bend it. */
export class Line {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<Line> {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    return new Line(session);
  }

  /** So narrow that an upload is still under way when the test has looked at it. */
  narrow(bytesPerSecond = 2_000_000): Promise<void> {
    return this.#set(false, bytesPerSecond);
  }

  cut(): Promise<void> {
    return this.#set(true, UNLIMITED);
  }

  restore(): Promise<void> {
    return this.#set(false, UNLIMITED);
  }

  async #set(offline: boolean, uploadThroughput: number): Promise<void> {
    const conditions = { offline, latency: 0, downloadThroughput: UNLIMITED, uploadThroughput };
    await this.#session.send('Network.emulateNetworkConditions', conditions);
  }
}
