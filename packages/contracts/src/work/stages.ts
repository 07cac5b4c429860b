import * as z from 'zod';
import { TASK_CLASSES } from './task-classes.ts';

export const TaskClass = z.enum(TASK_CLASSES);
export type TaskClass = z.infer<typeof TaskClass>;

/**
 * The stages of a video's journey, in order, and two that are not on the way: `poster`, which takes another one from where somebody
 * chose, and `erase`, which removes a deleted video's objects.
 */
export const STAGES = [
  'probe',
  'plan',
  'encode',
  'audio',
  'package',
  'verify',
  'measure',
  'publish',
  'poster',
  'erase',
] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

interface StageShape {
  readonly class: TaskClass;
  /** Stages of the same job whose every task must be completed before this one is queued. */
  readonly after: readonly Stage[];
  /** A failure of this stage fails the job. The others are told on the job, and it goes on. */
  readonly essential: boolean;
}

/**
 * The shape of the journey: probe -> plan -> encode + audio -> package -> verify -> publish, measure beside verify.
 * `publish` also waits for `measure` where the preset has a quality floor; the plan stage writes that down in `Task.after`.
 */
export const STAGE_SHAPES: { readonly [S in Stage]: StageShape } = {
  probe: { class: 'light', after: [], essential: true },
  plan: { class: 'light', after: ['probe'], essential: true },
  encode: { class: 'cpu', after: ['plan'], essential: true },
  audio: { class: 'cpu', after: ['plan'], essential: true },
  package: { class: 'light', after: ['encode', 'audio'], essential: true },
  verify: { class: 'cpu', after: ['package'], essential: true },
  measure: { class: 'cpu', after: ['package'], essential: false },
  publish: { class: 'light', after: ['verify'], essential: true },
  poster: { class: 'light', after: [], essential: false },
  erase: { class: 'maintenance', after: [], essential: true },
};
