'use client';
import type { JobDetail } from '@transcode/contracts';
import { Disclosure } from '@transcode/ui';
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
      <div>
        {job.commands.map(({ title, command }) => (
          <Disclosure key={title} title={title}>
            <Command text={command} />
          </Disclosure>
        ))}
      </div>
    </Section>
  );
}
