import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { Stage } from '../src/console/stage.ts';
import { CHROMIUM } from '../src/tools.ts';
import { away } from './console/away.ts';
import { door } from './console/door.ts';
import { aroundVideo } from './console/around-video.ts';
import { backups } from './console/backups.ts';
import { asEachRole } from './console/as-each-role.ts';
import { everyPage } from './console/every-page.ts';
import { firstVideo } from './console/first-video.ts';
import { editing } from './console/editing.ts';
import { interrupted } from './console/interrupted.ts';
import { leftOut } from './console/left-out.ts';
import { keyboard } from './console/keyboard.ts';
import { jobs } from './console/jobs.ts';
import { manyVideos } from './console/many-videos.ts';
import { operations } from './console/operations.ts';
import { roles } from './console/roles.ts';
import { settings } from './console/settings.ts';
import { uploads } from './console/uploads.ts';
import { watching } from './console/watching.ts';

/** The console in a real Chromium before a whole installation of its own, in the order in which a person meets it. */
describe('console', { timeout: 90_000 }, () => {
  let stage: Stage | undefined;
  const current = (): Stage => {
    if (stage === undefined) throw new Error('The stage has not been set up');
    return stage;
  };

  beforeAll(async () => {
    stage = await Stage.start(CHROMIUM);
  });
  afterEach(async () => {
    const complaints = await current().leave();
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });
  afterAll(() => stage?.stop());

  door(current);
  firstVideo(current);
  leftOut(current);
  keyboard(current);
  uploads(current);
  interrupted(current);
  manyVideos(current);
  editing(current);
  watching(current);
  aroundVideo(current);
  settings(current);
  operations(current);
  jobs(current);
  backups(current);
  away(current);
  everyPage(current);
  asEachRole(current);
  roles(current);
});
