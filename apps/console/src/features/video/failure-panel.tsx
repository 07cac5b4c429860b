'use client';
import type { FailureView } from '@transcode/contracts';
import { Disclosure, Icon } from '@transcode/ui';
import type { ReactNode } from 'react';
import { Command } from './command.tsx';

interface FailurePanelProps {
  readonly failure: FailureView;
  readonly action: ReactNode;
  /** What to do, where the page has it elsewhere. */
  readonly advice?: string;
}

/** What went wrong, what it means, what to do; ffmpeg's own words for who wants them. */
export function FailurePanel({ failure, action, advice }: FailurePanelProps) {
  return (
    <section aria-label="What went wrong" className="flex flex-col gap-4 border-l-4 border-red bg-surface p-5">
      <div className="flex items-start gap-3">
        <Icon name="alert" className="mt-1 size-5 text-red" />
        <div className="flex flex-col gap-1">
          <p className="text-title">{failure.sentence}</p>
          <p className="text-ink-2">
            The video was not published.{' '}
            {advice ??
              (action
                ? 'Your file is kept: try again, or delete the video.'
                : 'Trying again would end the same way: upload another file, and delete this one.')}
          </p>
        </div>
      </div>
      {action && <div className="pl-8">{action}</div>}
      {failure.tail && (
        <Disclosure title="What ffmpeg said last">
          <Command text={failure.tail} />
        </Disclosure>
      )}
      <p className="pl-8 text-small text-ink-3">
        In the log as <span className="font-mono">{failure.code}</span>
      </p>
    </section>
  );
}
