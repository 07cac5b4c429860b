import type { ServerExit } from '@transcode/servers';

/** A process that the supervisor keeps running. */
export interface Service {
  name: string;
  /** Starts it and resolves when the process is there; `untilReady` tells when it can work. */
  start(): Promise<Running>;
}

export interface Running {
  pid: number;
  ports: { http?: number; metrics?: number };
  readyUrl?: string;
  exited: Promise<ServerExit>;
  untilReady(): Promise<void>;
  /** Asks it to end, insists when it does not, and resolves when it is gone. */
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}
