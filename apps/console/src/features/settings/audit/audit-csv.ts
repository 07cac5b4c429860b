import type { AuditView } from '@transcode/contracts';

const COLUMNS = [
  'at',
  'who',
  'kind',
  'action',
  'target',
  'name',
  'workspace',
  'before',
  'after',
  'details',
  'sentence',
] as const;

/** The entries as a table for a spreadsheet (RFC 4180). */
export function auditCsv(entries: readonly AuditView[]): string {
  const rows = entries.map(({ at, actor, action, target, targetName, workspace, before, after, details, sentence }) => [
    ...[at, actor?.name ?? '', actor?.kind ?? '', action, target, targetName ?? '', workspace?.name ?? ''],
    ...[before, after, details].map((values) => (values === null ? '' : JSON.stringify(values))),
    sentence,
  ]);
  return [COLUMNS, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** Quoted; what a spreadsheet would take for a formula is marked as text. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
