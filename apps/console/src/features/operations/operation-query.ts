import { MAINTENANCE_KINDS, OPERATION_STATES, type MaintenanceKind, type OperationState } from '@transcode/contracts';

/** What the list of maintenance is narrowed to, as its address says it. */
export interface OperationQuery {
  readonly state: readonly OperationState[];
  readonly work: MaintenanceKind | '';
}

/** Reads an address; what it does not know is left out. */
export function parseOperationQuery(params: URLSearchParams): OperationQuery {
  const named = new Set((params.get('state') ?? '').split(','));
  return {
    state: OPERATION_STATES.filter((one) => named.has(one)),
    work: MAINTENANCE_KINDS.find((one) => one === params.get('work')) ?? '',
  };
}

/** The address of a query. */
export function operationQueryText({ state, work }: OperationQuery): string {
  const params = new URLSearchParams({ kind: 'maintenance' });
  if (state.length > 0) params.set('state', state.join(','));
  if (work !== '') params.set('work', work);
  return params.toString();
}

export const isNarrowed = ({ state, work }: OperationQuery): boolean => state.length > 0 || work !== '';
