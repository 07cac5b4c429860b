import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface SupervisedOptions {
  readonly name: string;
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  readonly readyUrl: string;
  /** How long one that died stays away before it is started again. */
  readonly restartMs: () => number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** An end that nobody asked for. */
export interface UnaskedExit {
  readonly name: string;
  readonly at: number;
  readonly how: string;
}

const READY_ANSWER_MS = 2_000;
const READY_POLL_MS = 100;

/** A process of ours under the eye of the tool: one that dies is started again, as every supervisor does. */
export class Supervised {
  readonly name: string;
  readonly unasked: UnaskedExit[] = [];
  readonly #options: SupervisedOptions;
  #child: ChildProcess | undefined;
  #exited: Promise<Exit> = Promise.resolve({ code: null, signal: null });
  #wanted = true;
  /** The signal that ends the present child is ours. */
  #asked = false;
  #nextRestartMs: number | undefined;

  constructor(options: SupervisedOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** 0 while it is away. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  start(): void {
    const { main, env, logFile } = this.#options;
    const log = openSync(logFile, 'a');
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#child = child;
    this.#asked = false;
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#child = undefined;
        if (!this.#asked) this.unasked.push({ name: this.name, at: Date.now(), how: signal ?? `exit code ${code}` });
        resolve({ code, signal });
        if (this.#wanted) void this.#restart();
      });
    });
  }

  /** Sends a signal that ends it; the next one comes after so long. */
  end(signal: 'SIGKILL' | 'SIGTERM', restartMs?: number): void {
    this.#asked = true;
    this.#nextRestartMs = restartMs;
    this.#child?.kill(signal);
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  /** Waits until it answers that it can work. */
  async ready(timeoutMs: number): Promise<boolean> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      if (this.#child !== undefined && (await this.isReady())) return true;
      await sleep(READY_POLL_MS);
    }
    return false;
  }

  async isReady(): Promise<boolean> {
    try {
      return (await fetch(this.#options.readyUrl, { signal: AbortSignal.timeout(READY_ANSWER_MS) })).ok;
    } catch {
      return false;
    }
  }

  /** How the child ends that runs now, or ended that ran last. */
  ended(): Promise<Exit> {
    return this.#exited;
  }

  /** Asks it to stop for good. */
  async stop(): Promise<Exit> {
    this.#wanted = false;
    this.signal('SIGCONT');
    this.end('SIGTERM');
    return this.#exited;
  }

  async #restart(): Promise<void> {
    const pause = this.#nextRestartMs ?? this.#options.restartMs();
    this.#nextRestartMs = undefined;
    await sleep(pause);
    if (this.#wanted) this.start();
  }
}
