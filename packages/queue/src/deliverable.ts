import type { Priority, TaskClass } from '@transcode/contracts';

/** A queued task of Postgres, as packages/db returns it. */
export interface Deliverable {
  id: string;
  class: TaskClass;
  priority: Priority;
  token: number;
  notBefore: Date | null;
}

/** What it takes to find a delivery again. */
export type Delivery = Pick<Deliverable, 'id' | 'class' | 'token'>;
