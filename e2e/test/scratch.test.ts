import { afterAll, afterEach, beforeAll, describe, inject } from 'vitest';
import { Stage } from '../src/console/stage.ts';
import { door } from './console/door.ts';
import { operations } from './console/operations.ts';

/** The console in a real Chromium before a whole installation of its own, in the order in which a person meets it. */
describe('console', { timeout: 90_000 }, () => {
  let stage: Stage | undefined;
  const current = (): Stage => {
    if (stage === undefined) throw new Error('The stage has not been set up');
    return stage;
  };

  beforeAll(async () => {
    stage = await Stage.start(inject('installation').chromium);
  });
  afterEach(async () => {
    const complaints = await current().leave();
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });
  afterAll(() => stage?.stop());

  door(current);
  operations(current);
});
