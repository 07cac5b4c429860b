'use client';
import type { JobDetail } from '@transcode/contracts';
import { Command } from './command.tsx';
import { Section } from './section.tsx';

/** What was decided, why, and the exact commands that carry it out. */
export function PlanSection({ job }: { job: JobDetail }) {
  if (!job.plan) return null;
  const notes = [...job.plan.notes, ...job.notes];
  return (
    <Section title="Plan" note={`Preset ${job.preset}`}>
      {notes.length > 0 && (
        <ul className="flex max-w-[72ch] flex-col gap-1 text-ink-2">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {job.commands.map(({ title, command }) => (
        <details key={title} className="group rounded-control border border-line">
          <summary className="flex min-h-10 items-center px-3 text-small font-medium">{title}</summary>
          <Command text={command} />
        </details>
      ))}
    </Section>
  );
}
