import { Preset, Probe, STAGE_SHAPES, TranscodeError, type Plan, type Stage } from '@transcode/contracts';
import { addTasks, findPreset, type Database, type Job, type NewTask, type Transaction } from '@transcode/db';
import { planVideo, workOf } from '@transcode/planner';
import type { StageHandler } from '../task-context.ts';
import { findKeptChunks, keepChunks, keptNotes, type KeptChunk } from './kept-chunks.ts';

/** Decides how the video is encoded and lays out the rest of the journey: its chunks, its renditions and its tasks. */
export const plan: StageHandler = async ({ claim: { job, video }, db, storage, chunkLengths }) => {
  const probe = Probe.parse(video.probe);
  const preset = await presetOf(db, job);
  const planned = planVideo(probe, preset, { chunks: chunkLengths });
  const kept = await findKeptChunks({ db, storage }, job, planned);
  return async (tx) => {
    await tx.job.update({ where: { id: job.id }, data: { plan: planned, notes: { push: keptNotes(kept, planned) } } });
    await writeRows(tx, job.id, planned);
    await addTasks(tx, job.id, laterTasks(planned, kept));
    await keepChunks(tx, job.id, kept);
  };
};

/** As it was when the job began. Jobs from before that was kept, and those whose preset was gone by then, ask for it now. */
async function presetOf(db: Database, job: Job): Promise<Preset> {
  if (job.presetDefinition !== null) return Preset.parse(job.presetDefinition);
  const preset = await findPreset(db, job.workspaceId, job.preset);
  if (preset === undefined) throw new TranscodeError('not_found', { what: `preset "${job.preset}"` });
  return preset;
}

async function writeRows(tx: Transaction, jobId: string, { video, audio, chunks }: Plan): Promise<void> {
  await tx.rendition.createMany({
    data: [
      ...video.map(({ name, width, height }, position) => ({
        jobId,
        name,
        kind: 'video' as const,
        position,
        width,
        height,
      })),
      ...audio.map(({ name, language, label }, position) => ({
        ...{ jobId, name, kind: 'audio' as const, position: video.length + position },
        ...{ language, label },
      })),
    ],
  });
  await tx.chunk.createMany({
    data: [
      ...chunks.map(({ index, startFrame, endFrame }) => ({
        ...{ jobId, kind: 'video' as const, index, startFrame, endFrame },
      })),
      ...(audio.length > 0 ? [{ jobId, kind: 'audio' as const, index: 0 }] : []),
    ],
  });
}

/** Publishing waits for the measurement only where the preset has a quality floor. */
function laterTasks(planned: Plan, kept: readonly KeptChunk[]): NewTask[] {
  const { chunks, audio, qualityFloor } = planned;
  const keptOf = (stage: Stage, index: number): Pick<NewTask, 'completed' | 'requires'> => {
    const chunk = kept.find((each) => each.index === index && each.stage === stage);
    const anyPicture = kept.find((each) => each.stage === 'encode');
    const requires = stage === 'encode' ? (anyPicture?.requires ?? {}) : {};
    return { requires, completed: chunk !== undefined };
  };
  const once: Stage[] = ['package', 'measure', 'publish'];
  const stages: Stage[] = audio.length > 0 ? ['audio', ...once] : once;
  const after = (stage: Stage): Stage[] => [
    ...STAGE_SHAPES[stage].after.filter((each) => each !== 'audio' || audio.length > 0),
    ...(stage === 'publish' && qualityFloor !== undefined ? ['measure' as const] : []),
  ];
  const tasks: NewTask[] = [
    ...chunks.map(({ index }) => ({
      ...{ stage: 'encode' as const, index, after: after('encode') },
      ...keptOf('encode', index),
    })),
    ...stages.map((stage) => ({ stage, index: 0, after: after(stage), ...keptOf(stage, 0) })),
    // The folder and all sound, then the picture of each chunk.
    ...[0, ...chunks.map(({ index }) => index + 1)].map((index) => ({
      ...{ stage: 'verify' as const, index, after: after('verify') },
    })),
  ];
  return tasks.map((task) => ({ ...task, work: workOf(planned, task) }));
}
