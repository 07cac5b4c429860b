import type { Machine } from './machine.ts';

/** One thing to bring in. `done` is cheap, as every command asks it. */
export interface Step {
  title: string;
  done(machine: Machine): Promise<boolean>;
  run(machine: Machine): Promise<void>;
}
