const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Everything the log can be narrowed by, as the address has it when it is not. */
export const NO_FILTER = { actor: '', action: '', target: '', from: '', to: '' } as const;

interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly target?: string;
  readonly since?: string;
  readonly until?: string;
}

/** What the address asks for. Days are the viewer's own, and the last one is included. */
export function auditFilter(params: Pick<URLSearchParams, 'get'>): AuditFilter {
  const [actor = '', action = '', target = ''] = ['actor', 'action', 'target'].map((name) => params.get(name) ?? '');
  const since = startOfDay(params.get('from') ?? '', 0);
  const until = startOfDay(params.get('to') ?? '', 1);
  return {
    // An address may be mistyped.
    ...(actor !== '' && UUID.test(actor) && { actor }),
    ...(action !== '' && { action }),
    ...(target !== '' && { target }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  };
}

function startOfDay(day: string, daysLater: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (date === undefined) return undefined;
  const start = new Date(Number(year), Number(month) - 1, Number(date) + daysLater);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}
