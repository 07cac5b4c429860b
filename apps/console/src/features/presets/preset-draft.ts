import type { Preset } from '@transcode/contracts';

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

const FIELDS: Readonly<Record<string, string>> = {
  ...{ name: 'Name', title: 'Title', description: 'Description', ladder: 'Ladder', speed: 'Encoder speed' },
  ...{ crf: 'Constant quality', audioBitRate: 'Sound', qualityFloor: 'Quality floor' },
};

/** The first thing that is wrong, with its field, for who looks elsewhere: `Lines of rung 2: Enter a whole number.` */
export function firstError(errors: DraftErrors): string | undefined {
  const [first] = Object.entries(errors).toReversed();
  return first === undefined ? undefined : `${fieldWords(first[0])}: ${first[1]}.`;
}

function fieldWords(path: string): string {
  const [, rung, of] = /^ladder\.(\d+)\.(\w+)$/.exec(path) ?? [];
  if (rung !== undefined) return `${of === 'height' ? 'Lines' : 'Bit rate'} of rung ${Number(rung) + 1}`;
  return FIELDS[path] ?? path;
}
