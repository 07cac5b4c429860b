import { workScopeOf, type Need, type WorkScope } from '@transcode/contracts';
import { Button, classNames, Icon, Time } from '@transcode/ui';
import Link from 'next/link';
import { scopeWords } from '../workers/worker-words.ts';
import { needWords } from './need-words.ts';

const SIGNS = {
  broken: { icon: 'alert', colour: 'text-red', words: 'Broken' },
  held: { icon: 'pause', colour: 'text-amber', words: 'Held' },
  notice: { icon: 'chevron', colour: 'text-ink-3', words: 'To know' },
} as const;

/** One thing that needs somebody: what, what it means, and the one thing to do. */
export function NeedItem({
  need,
  busy,
  onResume,
}: {
  need: Need;
  busy: boolean;
  onResume: (scope: WorkScope) => void;
}) {
  const { title, meaning, link } = needWords(need);
  const { icon, colour, words } = SIGNS[need.severity];
  const since = sinceOf(need);
  const scopes = scopesOf(need).flatMap((scope) => workScopeOf(scope) ?? []);
  return (
    <li
      className="flex flex-wrap items-start gap-x-4 gap-y-2 border-t border-line py-3 sm:flex-nowrap"
      data-need={need.kind}
    >
      <span className={classNames('pt-1', colour)}>
        <Icon name={icon} className={classNames('size-4', need.severity === 'notice' && '-rotate-90')} />
        <span className="sr-only">{words}:</span>
      </span>
      <div className="min-w-0 flex-1 basis-3/4 sm:basis-0">
        <p className="font-medium">
          {title}
          {since !== null && (
            <span className="pl-2 text-small font-normal text-ink-3">
              since <Time at={since} />
            </span>
          )}
        </p>
        <p className="text-small text-ink-2">{meaning}</p>
      </div>
      {link !== undefined && (
        <Link
          href={link.href}
          prefetch={false}
          className="ml-8 inline-flex h-8 sm:ml-0 items-center rounded-control border border-line bg-raised px-3 text-small whitespace-nowrap hover:border-edge"
        >
          {link.words}
        </Link>
      )}
      {scopes.map((scope) => (
        <Button key={scope} small busy={busy} className="ml-8 sm:ml-0" onClick={() => onResume(scope)}>
          Resume {scopeWords(scope)}
        </Button>
      ))}
    </li>
  );
}

function sinceOf(need: Need): string | null {
  if (need.kind === 'workerQuarantined' || need.kind === 'noReconciler') return need.since;
  if (need.kind === 'outboxStuck' || need.kind === 'uploadsStuck') return need.oldest;
  if (need.kind === 'workStopped') return need.controls[0]?.at ?? null;
  return need.kind === 'controlForgotten' ? need.at : null;
}

/** What can be resumed here. */
function scopesOf(need: Need): string[] {
  if (need.kind === 'workStopped') return need.controls.map(({ scope }) => scope);
  return need.kind === 'controlForgotten' ? [need.scope] : [];
}
