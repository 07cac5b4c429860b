import { DAMAGED } from './damaged.ts';
import { ENCRYPTED } from './encrypted.ts';
import type { HostileCase } from './hostile-case.ts';
import { NAMED_AND_LABELLED } from './named-and-labelled.ts';
import { NOT_AS_IT_SEEMS } from './not-as-it-seems.ts';
import { NOT_MEDIA } from './not-media.ts';
import { POINTING_ELSEWHERE } from './pointing-elsewhere.ts';
import { TOO_MUCH } from './too-much.ts';

/** Uploads that nobody means well with. */
export const HOSTILE: readonly HostileCase[] = [
  ...NOT_MEDIA,
  ...POINTING_ELSEWHERE,
  ...DAMAGED,
  ...ENCRYPTED,
  ...NOT_AS_IT_SEEMS,
  ...TOO_MUCH,
  ...NAMED_AND_LABELLED,
];
