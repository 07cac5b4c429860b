import { findCopyMarks, planCopies, setCopyTarget, stopCopying } from '@transcode/db';
import type { Services } from '../context.ts';
import type { Step } from '../reconciler/step.ts';

/** Marks of one round. */
const AT_ONCE = 500;

/** Looks at each video of which something changed what it needs, and writes down what is to be copied and what is to go. */
export function planAll({ db, copier, log }: Pick<Services, 'db' | 'copier' | 'log'>): Step['run'] {
  if (copier === undefined)
    return async () => {
      if (await stopCopying(db)) log.warn('Objects are not copied any more, as COPY_URL is not set');
    };
  return async (turn) => {
    if (await setCopyTarget(db, copier.url)) log.info(`Objects are copied to ${copier.url} from now on`);
    for (;;) {
      const marked = await findCopyMarks(db, AT_ONCE);
      for (const [videoId, marks] of marked) {
        if (!turn.goesOn()) return;
        await planCopies(db, videoId, marks);
      }
      if (marked.size === 0) return;
    }
  };
}
