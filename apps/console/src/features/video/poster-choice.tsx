'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  Button,
  classNames,
  Dialog,
  DialogActions,
  formatDuration,
  StoryPicture,
  type StoryFrame,
} from '@transcode/ui';
import { useState, type RefObject } from 'react';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { FormError } from '../auth/form-error.tsx';
import { useMayAct } from '../shell/me-context.tsx';
import { spread } from './spread.ts';

/** As many as are gone over at a glance. */
const MOST_FRAMES = 24;
const FRAME_WIDTH = 98;

interface PosterChoiceProps {
  readonly videoId: string;
  readonly frames: readonly StoryFrame[] | undefined;
  readonly element: RefObject<HTMLVideoElement | null>;
}

/** Takes the picture that stands for the video from another place of it: one of its storyboard, or the one on the screen. */
export function PosterChoice({ videoId, frames, element }: PosterChoiceProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  /** Where the player was when it was asked. */
  const [now, setNow] = useState<number>();
  const [seconds, setSeconds] = useState<number>();
  const close = () => setNow(undefined);
  const choose = useMutation(
    trpc.videos.choosePoster.mutationOptions({
      onSuccess: async () => {
        close();
        await queries.invalidateQueries({ queryKey: trpc.videos.pathKey() });
      },
    }),
  );
  const mayEdit = useMayAct('editor');
  if (!mayEdit || frames === undefined || frames.length === 0) return null;
  const open = () => {
    const at = element.current?.currentTime ?? 0;
    choose.reset();
    setSeconds(at);
    setNow(at);
  };
  return (
    <>
      <div className="flex justify-end">
        <Button small kind="quiet" onClick={open}>
          Choose the poster…
        </Button>
      </div>
      <Dialog open={now !== undefined} title="Choose the poster" onClose={close}>
        <fieldset className="mt-4 grid max-h-[50dvh] grid-cols-4 gap-2 overflow-y-auto p-1">
          <legend className="sr-only">Pictures</legend>
          {spread(frames, MOST_FRAMES).map((frame) => (
            <Picture key={frame.start} frame={frame} chosen={seconds === frame.start} onChoose={setSeconds} />
          ))}
        </fieldset>
        <label className="mt-3 flex min-h-9 items-center gap-2 text-small">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={seconds === now}
            onChange={() => setSeconds(seconds === now ? frames[0]?.start : now)}
          />
          The picture on the screen, at {formatDuration(now ?? 0)}
        </label>
        <FormError sentence={choose.error ? explain(choose.error).sentence : undefined} />
        <DialogActions>
          <Button onClick={close}>Keep the old one</Button>
          <Button
            kind="primary"
            busy={choose.isPending}
            onClick={() => seconds !== undefined && choose.mutate({ id: videoId, seconds })}
          >
            Use this picture
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}

interface PictureProps {
  readonly frame: StoryFrame;
  readonly chosen: boolean;
  readonly onChoose: (seconds: number) => void;
}

function Picture({ frame, chosen, onChoose }: PictureProps) {
  const height = Math.round((FRAME_WIDTH * frame.height) / frame.width);
  return (
    <button
      type="button"
      aria-pressed={chosen}
      aria-label={`The picture at ${formatDuration(frame.start)}`}
      title={formatDuration(frame.start)}
      onClick={() => onChoose(frame.start)}
      className={classNames('rounded-picture outline-offset-1', chosen && 'ring-3 ring-accent')}
    >
      <span className="strip-frame block rounded-picture" style={{ height }}>
        <StoryPicture frame={frame} width={FRAME_WIDTH} height={height} />
      </span>
    </button>
  );
}
