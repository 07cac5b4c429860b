import { TranscodeError } from '@transcode/contracts';
import type { Principal } from '../../identity/principal.ts';

/** The `where` that keeps a query to what a principal may see. */
export function visibleTo({ workspaceIds }: Principal): { workspaceId?: { in: string[] } } {
  return workspaceIds === 'all' ? {} : { workspaceId: { in: workspaceIds } };
}

export function maySee({ workspaceIds }: Principal, workspaceId: string): boolean {
  return workspaceIds === 'all' || workspaceIds.includes(workspaceId);
}

/** What is not there and what may not be seen get the same answer. */
export function found<T>(row: T | null | undefined, what: string): T {
  if (row === null || row === undefined) throw new TranscodeError('not_found', { what });
  return row;
}

/** Somebody else may have done the same since it was found: then there is nothing left to do it to. */
export function demandChanged({ count }: { readonly count: number }, what: string): void {
  if (count === 0) throw new TranscodeError('not_found', { what });
}
