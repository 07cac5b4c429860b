import { PresetInput, type Preset } from '@transcode/contracts';
import type { DraftErrors, PresetDraft } from './preset-draft.ts';

/** A field of the form by its path, such as `ladder.0.height`, and what is to be changed about it. */
export type ReadDraft =
  | { readonly preset: Preset; readonly errors: DraftErrors }
  | { readonly preset: undefined; readonly errors: DraftErrors };

/** What was typed as a preset, or a sentence for each field that is not right. */
export function readDraft(draft: PresetDraft): ReadDraft {
  const { ladder, crf, audioBitRate, qualityFloor, ...texts } = draft;
  const read = PresetInput.safeParse({
    ...texts,
    title: texts.title.trim(),
    description: texts.description.trim(),
    ladder: ladder.map(({ height, bitRate }) => ({ height: numberOf(height), bitRate: kilobits(bitRate) })),
    crf: numberOf(crf),
    audioBitRate: kilobits(audioBitRate),
    ...(qualityFloor.trim() === '' ? {} : { qualityFloor: numberOf(qualityFloor) }),
  });
  if (read.success) return { preset: read.data, errors: {} };
  // The first of each field is the one to begin with.
  const errors = Object.fromEntries(
    read.error.issues.toReversed().map(({ path, message }) => [path.join('.'), message]),
  );
  return { preset: undefined, errors };
}

function kilobits(text: string): number {
  return Math.round(numberOf(text) * 1000);
}

/** Nothing typed is no number: not zero. */
function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text.replace(',', '.'));
}
