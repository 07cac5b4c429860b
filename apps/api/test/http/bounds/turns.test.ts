import { describe, expect, test } from 'vitest';
import { Turns } from '../../../src/http/bounds/turns.ts';

const LIMITS = { atOnce: 1, mostWaiting: 10, mostOfOne: 4, patienceMs: 60_000 };

/** Asks for each of these, one after another, and answers whose turn came when. */
async function inOrder(turns: Turns, names: readonly string[]): Promise<string[]> {
  const order: string[] = [];
  const first = await turns.take({ who: 'before' });
  const all = names.map(async (who) => {
    const end = await turns.take({ who, isAhead: who === 'known' });
    order.push(who);
    end();
  });
  first();
  await Promise.all(all);
  return order;
}

describe('whose turn is next', () => {
  test('who sends many takes turns with who sends one', async () => {
    expect(await inOrder(new Turns(LIMITS), ['a', 'a', 'a', 'b', 'c', 'b'])).toEqual(['a', 'b', 'c', 'a', 'b', 'a']);
  });

  test('who is known goes first', async () => {
    expect(await inOrder(new Turns(LIMITS), ['a', 'b', 'known', 'c', 'known'])).toEqual([
      'known',
      'known',
      'a',
      'b',
      'c',
    ]);
  });

  test('so many at once', async () => {
    const turns = new Turns({ ...LIMITS, atOnce: 2 });
    const [one, two] = await Promise.all([turns.take({ who: 'a' }), turns.take({ who: 'a' })]);
    let isIn = false;
    const third = turns.take({ who: 'a' }).then((end) => {
      isIn = true;
      return end;
    });
    await new Promise(setImmediate);
    expect(isIn).toBe(false);
    // Ended twice it is one turn.
    one();
    one();
    const end = await third;
    const fourth = turns.take({ who: 'a' });
    await new Promise(setImmediate);
    two();
    (await fourth)();
    end();
  });
});

describe('refused is', () => {
  const busy = { code: 'too_busy' };

  test('one more than may wait of one name, and of all', async () => {
    const turns = new Turns(LIMITS);
    const end = await turns.take({ who: 'a' });
    const waiting = Array.from({ length: LIMITS.mostOfOne }, () => turns.take({ who: 'a' }));
    await expect(turns.take({ who: 'a' })).rejects.toMatchObject(busy);
    for (let n = LIMITS.mostOfOne; n < LIMITS.mostWaiting; n += 1) waiting.push(turns.take({ who: `b${n}` }));
    await expect(turns.take({ who: 'c' })).rejects.toMatchObject(busy);
    waiting.push(turns.take({ who: 'c', isAhead: true }));
    end();
    for (const each of waiting) void each.then((endEach) => endEach());
    await Promise.all(waiting);
    // All of it is as it was.
    (await turns.take({ who: 'a' }))();
  });

  test('whose patience is over, and who is gone; neither takes a turn', async () => {
    const turns = new Turns({ ...LIMITS, patienceMs: 20 });
    const end = await turns.take({ who: 'a' });
    const gone = new AbortController();
    const left = turns.take({ who: 'a', gone: gone.signal });
    gone.abort();
    await expect(left).rejects.toMatchObject(busy);
    await expect(turns.take({ who: 'b', gone: gone.signal })).rejects.toMatchObject(busy);
    await expect(turns.take({ who: 'b' })).rejects.toMatchObject(busy);
    end();
    (await turns.take({ who: 'c' }))();
  });
});
