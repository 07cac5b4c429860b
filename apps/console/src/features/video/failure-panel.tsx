'use client';
import type { FailureView } from '@transcode/contracts';
import { Disclosure, Icon } from '@transcode/ui';
import type { ReactNode } from 'react';
import { useMayAct } from '../shell/me-context.tsx';
import { Command } from './command.tsx';

interface FailurePanelProps {
  readonly failure: FailureView;
  /** What it means for the video, and what to do now. */
  readonly advice: string;
  readonly actions?: ReactNode;
}

/** What went wrong, what it means, what to do; for operators the log's name of it, and ffmpeg's own words. */
export function FailurePanel({ failure, advice, actions }: FailurePanelProps) {
  const isOperator = useMayAct('operator');
  return (
    <section aria-label="What went wrong" className="flex flex-col gap-4 border-l-4 border-red bg-surface p-5">
      <div className="flex items-start gap-3">
        <Icon name="alert" className="mt-1 size-5 text-red" />
        <div className="flex flex-col gap-1">
          <p className="text-title">{failure.sentence}</p>
          <p className="text-ink-2">The video was not published. {advice}</p>
        </div>
      </div>
      {actions && <div className="flex flex-wrap gap-2 pl-8">{actions}</div>}
      {failure.detail && (
        <p className="pl-8 text-small text-ink-2" data-failure-detail>
          In detail: {failure.detail}
        </p>
      )}
      {failure.tail && (
        <Disclosure title="What ffmpeg said last">
          <Command text={failure.tail} />
        </Disclosure>
      )}
      {isOperator && (
        <p className="pl-8 text-small text-ink-3">
          In the log as <span className="font-mono">{failure.code}</span>
        </p>
      )}
    </section>
  );
}
