import { LOG_FIELDS, type LogField, type LogFieldKind } from '@transcode/contracts';

/**
 * Where a field of a line is found in Loki: in the time of its entry, in a label of the stream, in structured metadata of the entry, or in the line
 * alone, which is kept whole and read by `| json`.
 */
export type Place = 'time' | 'label' | 'metadata' | 'line';

/** Each set of values is a stream of its own, so these have few values and every line has them. */
export const LABELS = ['component', 'level'] as const satisfies readonly LogField[];

/** A list or an error has no place in structured metadata, which is of strings. */
const PLACES: Readonly<Record<LogFieldKind, Place>> = {
  id: 'metadata',
  word: 'metadata',
  number: 'metadata',
  text: 'metadata',
  texts: 'line',
  error: 'line',
};

export function placeOf(field: LogField): Place {
  if (field === 'time') return 'time';
  // What a line says is searched in the line.
  if (field === 'msg') return 'line';
  return LABELS.some((label) => label === field) ? 'label' : PLACES[LOG_FIELDS[field].kind];
}

export const FIELDS = Object.keys(LOG_FIELDS) as LogField[];
export const fieldsIn = (place: Place): LogField[] => FIELDS.filter((field) => placeOf(field) === place);
