import type { Member } from './crowd.ts';
import { readJournal, type JournalEntry } from './journal.ts';
import type { World } from './world.ts';

/** By SQL: every video is ready, was published once, by one job whose every task was completed once. */
export async function judgeRows({ db }: World, members: readonly Member[]): Promise<string[]> {
  const complaints: string[] = [];
  const journal = Map.groupBy(await readJournal(db), ({ jobId }) => jobId);
  for (const { name, videoId, state, reason } of members) {
    if (state !== 'ready' || videoId === undefined) {
      complaints.push(`${name} is ${state}, not ready${reason === undefined ? '' : `: ${reason}`}`);
      continue;
    }
    const video = await db.video.findUniqueOrThrow({ where: { id: videoId }, include: { jobs: true } });
    const [job, ...others] = video.jobs.filter((each) => each.state === 'completed');
    if (job === undefined || others.length > 0 || video.jobs.length !== 1)
      complaints.push(`${name} has ${video.jobs.length} jobs, ${others.length + (job ? 1 : 0)} of them completed`);
    if (video.publishedJobId !== job?.id) complaints.push(`${name} shows another job than the one that was completed`);
    complaints.push(...completedOnce(journal.get(job?.id ?? '') ?? []).map((text) => `${name}: ${text}`));
    const told = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM "Outbox" WHERE "topic" = 'video.ready' AND "payload"->>'videoId' = ${videoId}`;
    if (told[0]?.count !== 1) complaints.push(`${name}: its readiness was told ${told[0]?.count} times`);
  }
  const own = await db.task.findMany({ where: { attempts: { gt: 0 } } });
  for (const { stage, index, attempts, failureText } of own)
    complaints.push(
      `${stage} ${index} used ${attempts} of its own attempts, though the source is good: ${failureText}`,
    );
  return complaints;
}

function completedOnce(entries: readonly JournalEntry[]): string[] {
  const completions = entries.filter(({ to }) => to === 'completed');
  const times = Map.groupBy(completions, ({ stage, index }) => `${stage} ${index}`);
  const often = [...times].filter(([, each]) => each.length > 1);
  const published = completions.filter(({ stage }) => stage === 'publish').length;
  return [
    ...often.map(([task, each]) => `${task} was completed ${each.length} times`),
    ...(published === 1 ? [] : [`it was published ${published} times`]),
  ];
}
