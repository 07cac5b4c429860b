import type { Deliverable } from './deliverable.ts';

/** One delivery a claim: a task that is queued again has a new token. */
export function deliveryId({ id, token }: Pick<Deliverable, 'id' | 'token'>): string {
  return `${id}-${token}`;
}

const SHAPE = /^(?<id>[0-9a-f-]{36})-(?<token>\d+)$/;

/** What `deliveryId` was made of; undefined for what is none. */
export function parseDeliveryId(text: string): Pick<Deliverable, 'id' | 'token'> | undefined {
  const { id, token } = SHAPE.exec(text)?.groups ?? {};
  return id === undefined || token === undefined ? undefined : { id, token: Number(token) };
}
