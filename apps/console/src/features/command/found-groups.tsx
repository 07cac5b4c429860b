'use client';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useToast } from '@transcode/ui';
import { Command } from 'cmdk';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { presetPath } from '../presets/preset-path.ts';
import { useMayAct } from '../shell/me-context.tsx';
import { canRetry } from '../videos/use-video-actions.ts';
import { STATE_WORDS } from '../workers/worker-words.ts';
import { retryWanted } from './actions.ts';

const SHOWN = 6;
/** What changes seldom is not asked for again with each opening. */
const KNOWN_FOR_MS = 30_000;

interface FoundGroupProps {
  /** What is typed, without space around it; never empty. */
  readonly typed: string;
  readonly onGo: (href: string) => void;
}

/** Videos whose name has what is typed. */
export function FoundVideos({ typed, onGo }: FoundGroupProps) {
  const trpc = useTRPC();
  const found = useQuery({
    ...trpc.videos.list.queryOptions({ search: typed, limit: SHOWN }),
    placeholderData: keepPreviousData,
  });
  const items = found.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Command.Group heading="Videos">
      {items.map(({ id, title }) => (
        <Command.Item key={id} value={`${title} ${id}`} onSelect={() => onGo(`/videos/${id}`)}>
          {title}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** Videos that failed, to be tried again, where `retry` is typed; with a part of their name behind it, those. */
export function Retries({ typed, onGo }: FoundGroupProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const search = retryWanted(typed);
  const found = useQuery({
    ...trpc.videos.list.queryOptions({ state: ['failed', 'canceled'], limit: SHOWN, ...(search && { search }) }),
    enabled: search !== undefined,
    placeholderData: keepPreviousData,
  });
  const retry = useMutation(
    trpc.videos.retry.mutationOptions({
      onError: (error) => toast({ text: explain(error).sentence }),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.videos.pathKey() }),
    }),
  );
  const items = (found.data?.items ?? []).filter(canRetry);
  if (search === undefined || items.length === 0) return null;
  const choose = (id: string) => {
    retry.mutate({ id });
    onGo(`/videos/${id}`);
  };
  return (
    <Command.Group heading="Try again">
      {items.map(({ id, title, failure }) => (
        <Command.Item key={id} value={`Retry ${title} ${id}`} onSelect={() => choose(id)}>
          <span className="shrink-0">Retry {title}</span>
          <span className="min-w-0 grow truncate text-ink-3">{failure?.sentence ?? 'Canceled'}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

export function FoundPresets({ onGo }: Pick<FoundGroupProps, 'onGo'>) {
  const trpc = useTRPC();
  const presets = useQuery(trpc.presets.list.queryOptions(undefined, { staleTime: KNOWN_FOR_MS }));
  return (
    <Command.Group heading="Presets">
      {presets.data?.items.map((preset) => (
        <Command.Item
          key={presetPath(preset)}
          value={`${preset.title} ${preset.name} ${preset.workspaceId ?? ''}`}
          keywords={['preset']}
          onSelect={() => onGo(presetPath(preset))}
        >
          <span>{preset.title || preset.name}</span>
          <span className="min-w-0 grow truncate text-ink-3">Preset</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** For who operates the platform. */
export function FoundWorkers({ onGo }: Pick<FoundGroupProps, 'onGo'>) {
  const trpc = useTRPC();
  const isOperator = useMayAct('operator');
  const workers = useQuery(trpc.workers.list.queryOptions(undefined, { staleTime: KNOWN_FOR_MS, enabled: isOperator }));
  if (!isOperator) return null;
  return (
    <Command.Group heading="Workers">
      {workers.data?.items.map(({ id, host, state }) => (
        <Command.Item
          key={id}
          value={`${id} ${host}`}
          keywords={['worker']}
          onSelect={() => onGo(`/workers/${encodeURIComponent(id)}`)}
        >
          <span>{id}</span>
          <span className="min-w-0 grow truncate text-ink-3">
            {STATE_WORDS[state]} on {host}
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** For who may have keys. */
export function FoundKeys({ onGo }: Pick<FoundGroupProps, 'onGo'>) {
  const trpc = useTRPC();
  const isEditor = useMayAct('editor');
  const keys = useQuery(trpc.keys.list.queryOptions(undefined, { staleTime: KNOWN_FOR_MS, enabled: isEditor }));
  if (!isEditor) return null;
  return (
    <Command.Group heading="API keys">
      {keys.data?.items.map(({ id, name, prefix }) => (
        <Command.Item
          key={id}
          value={`${name} ${prefix} ${id}`}
          keywords={['key', 'token']}
          onSelect={() => onGo('/settings/keys')}
        >
          <span>{name}</span>
          <span className="min-w-0 grow truncate font-mono text-ink-3">{prefix}…</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
