import type { BackupsView } from '@transcode/contracts';
import { Button, Field, SelectField } from '@transcode/ui';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { useUrlParams } from '../../lib/use-url-params.ts';
import { isOpen } from '../operations/operation-words.ts';
import { Section } from '../video/section.tsx';
import { RestoreLook } from './restore-look.tsx';
import { backupChoice, canBeTaken, lastLook } from './restore-words.ts';
import { useRestores } from './use-backups.ts';

/** Brings one video back: first what that would change, then, on its title, that and nothing else. */
export function RestoreVideo({ view, now }: { view: BackupsView; now: Date }) {
  const { operations, runner } = view;
  const backups = view.backups.filter(canBeTaken);
  const [params] = useUrlParams();
  const asked = params.get('video') ?? '';
  const [video, setVideo] = useState(asked);
  const [chosen, setChosen] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // Whoever comes from a video looks for that one.
  useEffect(() => {
    if (asked !== '') field.current?.focus();
  }, [asked]);
  const { look, restore } = useRestores();
  const noteId = useId();
  const isBusy = operations.some((one) => isOpen(one) && (one.kind === 'restorePlan' || one.kind === 'restore'));
  const backup = backups.find(({ id }) => id === chosen) ?? backups[0];
  const hasNoKey = backup?.encrypted === true && runner?.nextDrillAt === null;
  const shown = isBusy ? undefined : lastLook(operations, now);
  const ask = (which: string) => look.mutate({ video: which, ...(backup?.id && { backup: backup.id }) });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    ask(video);
  };
  return (
    <Section
      title="Restore one video"
      note="For rows that were lost or spoilt, and objects that the storage has lost. What was deleted stays deleted."
    >
      <div className="flex flex-col gap-4 border-y border-line py-4">
        <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-3">
          <SelectField
            label="Backup"
            value={backup?.id ?? ''}
            onChange={(event) => setChosen(event.target.value)}
            className="w-full sm:w-96"
          >
            {backups.map((one, place) => (
              <option key={one.id} value={one.id ?? ''}>
                {backupChoice(one, place)}
              </option>
            ))}
          </SelectField>
          <Field
            label="Video: its title then, or its id"
            value={video}
            ref={field}
            onChange={(event) => setVideo(event.target.value)}
            autoComplete="off"
            maxLength={250}
            className="w-full sm:w-80"
          />
          <Button
            type="submit"
            busy={look.isPending}
            disabled={look.isPending || isBusy || hasNoKey || video.trim() === ''}
            aria-describedby={hasNoKey ? noteId : undefined}
          >
            See what would change
          </Button>
        </form>
        {hasNoKey && (
          <p id={noteId} className="max-w-[72ch] text-small text-amber">
            It is encrypted, and its private key is not here. Where the key is, this brings the video back:{' '}
            <code className="font-mono">./transcode restore --video ID --identity FILE</code>
          </p>
        )}
        {shown && <RestoreLook key={shown.id} look={shown} restore={restore} onChoose={ask} />}
      </div>
    </Section>
  );
}
