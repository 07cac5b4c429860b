import { Preset } from '@transcode/contracts';

/** A preset as it is being typed: texts, in the units that people use. */
export interface PresetDraft {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly ladder: readonly DraftRung[];
  readonly crf: string;
  readonly speed: string;
  /** kb/s. */
  readonly audioBitRate: string;
  /** Empty for none. */
  readonly qualityFloor: string;
}

export interface DraftRung {
  /** Of this page only, so that a row stays itself while others go. */
  readonly key: number;
  readonly height: string;
  /** kb/s. */
  readonly bitRate: string;
}

export type DraftErrors = Readonly<Record<string, string>>;

/** A field of the form by its path, such as `ladder.0.height`, and what is to be changed about it. */
export type ReadDraft =
  | { readonly preset: Preset; readonly errors: DraftErrors }
  | { readonly preset: undefined; readonly errors: DraftErrors };

export function draftOf(preset: Preset): PresetDraft {
  const { name, title, description, ladder, crf, speed, audioBitRate, qualityFloor } = preset;
  return {
    ...{ name, title, description, speed, crf: String(crf) },
    ladder: ladder
      .toSorted((a, b) => b.height - a.height)
      .map(({ height, bitRate }, key) => ({ key, height: String(height), bitRate: String(bitRate / 1000) })),
    audioBitRate: String(audioBitRate / 1000),
    qualityFloor: qualityFloor === undefined ? '' : String(qualityFloor),
  };
}

/** What was typed as a preset, or a sentence for each field that is not right. */
export function readDraft(draft: PresetDraft): ReadDraft {
  const { ladder, crf, audioBitRate, qualityFloor, ...texts } = draft;
  const read = Preset.safeParse({
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
