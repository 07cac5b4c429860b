'use client';
import { isTheFilesFault, roleAtLeast, type JobPage } from '@transcode/contracts';
import { formatSpan, Icon, Time } from '@transcode/ui';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PRIORITY_WORDS } from '../jobs/job-words.ts';
import { StateSign } from '../jobs/state-sign.tsx';
import { readyWords } from '../outlook/outlook-words.ts';
import { StoppedNotice } from '../outlook/stopped-notice.tsx';
import { useMe } from '../shell/me-context.tsx';
import { FailurePanel } from '../video/failure-panel.tsx';
import { PlanSection } from '../video/plan-section.tsx';
import { Section } from '../video/section.tsx';
import { CopyId } from './copy-id.tsx';
import { Deeds } from './deeds.tsx';
import { Gantt } from './gantt.tsx';
import { JobActions } from './job-actions.tsx';
import { LogSection } from './log-section.tsx';
import { TaskGroups } from './task-groups.tsx';
import { TraceLink } from './trace-link.tsx';
import { WhyWaiting } from './why-waiting.tsx';

/** One run of a video: who did what and when, what went wrong, what it waits for. */
export function JobView({ job }: { job: JobPage }) {
  const me = useMe();
  const ready = readyWords(job.outlook);
  const isOperator = me !== null && roleAtLeast(me.role, 'operator');
  return (
    <>
      <title>{`Job of ${job.videoTitle} · Transcode`}</title>
      <header className="flex flex-wrap items-start gap-3 pb-6">
        <Link
          href="/jobs"
          aria-label="Back to the jobs"
          className="-ml-2 inline-flex size-10 shrink-0 items-center justify-center rounded-control text-ink-2 hover:bg-raised hover:text-ink"
        >
          <Icon name="back" />
        </Link>
        <div className="min-w-0 flex-1 basis-60">
          <h1 className="text-title font-medium">{job.videoTitle}</h1>
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-ink-2" data-job-state={job.state}>
            <StateSign state={job.state} outlook={job.outlook} />
            <span>{timesOf(job)}</span>
            {ready !== undefined && <span>{ready.charAt(0).toUpperCase() + ready.slice(1)}</span>}
            <span>Preset {job.preset}</span>
            <span>{PRIORITY_WORDS[job.priority]} priority</span>
            <CopyId id={job.id} what="job" />
            <Link href={`/videos/${job.videoId}`} className="text-accent underline underline-offset-4">
              Open the video
            </Link>
            {job.trace !== null && <TraceLink trace={job.trace} />}
          </p>
        </div>
        <JobActions job={job} />
      </header>
      <StoppedNotice outlook={job.outlook} />
      <div className="flex min-w-0 flex-col gap-10">
        {job.failure && <FailurePanel failure={job.failure} advice={adviceFor(job.failure.code)} />}
        {job.deeds.length > 0 && <Deeds deeds={job.deeds} />}
        {job.waiting.length > 0 && <WhyWaiting reasons={job.waiting} isOperator={isOperator} />}
        <Section
          title="Who did what"
          note={job.attempts.length > 0 ? 'One row a worker, one bar an attempt; above them what waited' : undefined}
        >
          <Gantt job={job} />
        </Section>
        <Section title="Tasks">
          <TaskGroups job={job} />
        </Section>
        <LogSection jobId={job.id} name={job.videoTitle} isOver={job.state !== 'queued' && job.state !== 'running'} />
        <PlanSection job={job} />
      </div>
    </>
  );
}

function adviceFor(code: string): string {
  return isTheFilesFault(code)
    ? 'Trying again would end the same way: the video needs another file.'
    : 'Its file is kept, and the video can be tried again.';
}

function timesOf({ createdAt, startedAt, endedAt }: JobPage): ReactNode {
  if (startedAt === null) {
    return (
      <>
        Made <Time at={createdAt} />
      </>
    );
  }
  if (endedAt === null) {
    return (
      <>
        Started <Time at={startedAt} />
      </>
    );
  }
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  return (
    <>
      Ended <Time at={endedAt} /> after {seconds < 1 ? 'less than 1 s' : formatSpan(seconds)}
    </>
  );
}
