import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishClip, type PublishedClip } from './published-clip.ts';
import { failed } from './verdicts.ts';

/** Frames one after another, whatever was taken out. */
const RENUMBERED = 'settb=1/25,setpts=N';

let clip: PublishedClip;

beforeAll(async () => {
  clip = await publishClip();
});
afterAll(() => clip.dispose());

/** What verification says of a copy that was spoilt. */
const verdict: PublishedClip['verdict'] = (spoil) => clip.verdict(spoil);

const pictureOf = (filters: string): Promise<string> => verdict((copy) => copy.remakePicture(filters));
const soundOf = (filters: string): Promise<string> => verdict((copy) => copy.remakeSound(filters));

describe('pictures that are encoded wrong', () => {
  test('a frame is missing', async () => {
    expect(await pictureOf(`select='not(eq(n,100))',${RENUMBERED}`)).toMatch(
      failed('chunk 0 of v180 has 349 frames, planned were 350'),
    );
  });

  test('a frame is missing, and the last is there twice', async () => {
    expect(await pictureOf(`select='not(eq(n,100))',${RENUMBERED},tpad=stop_mode=clone:stop=1`)).toMatch(
      failed('v180: from frame (9[0-9]|10[0-9]) on, the picture is 1 frame early against the source'),
    );
  });

  test('a frame is doubled in the place of the next', async () => {
    expect(await pictureOf(`select='not(eq(n,100))',fps=25:start_time=0`)).toMatch(
      failed('v180: frame 100 shows what frame 99 of the source does'),
    );
  });

  test('half a second is frozen', async () => {
    expect(await pictureOf(`select='not(between(n,100,112))',fps=25:start_time=0`)).toMatch(
      failed('v180: frame 100 shows'),
    );
  });

  test('all of it is a frame late', async () => {
    expect(await pictureOf(`tpad=start_mode=clone:start=1,trim=end_frame=350,${RENUMBERED}`)).toMatch(
      failed('v180: .* 1 frame late against the source'),
    );
  });

  test('it turns green', async () => {
    expect(await pictureOf(`lutyuv=y=60:u=60:v=60:enable='between(n,200,230)'`)).toMatch(
      failed("v180: from frame 19[0-9] on, the picture is not the source's"),
    );
  });
});

describe('sound that is encoded wrong', () => {
  test.each([
    ['late', 'adelay=80:all=1'],
    ['early', 'atrim=start=0.08,asetpts=PTS-STARTPTS'],
  ])('it comes 80 ms %s', async (way, filters) => {
    expect(await soundOf(filters)).toMatch(failed(`a-und: the sound is (79|80|81) ms ${way} against the source at`));
  });

  test('it comes 80 ms late from the middle on', async () => {
    expect(await soundOf(`asetpts='PTS+if(gte(T\\,7)\\,3840\\,0)',aresample=async=1:min_hard_comp=0.01`)).toMatch(
      failed('a-und: the sound is (79|80|81) ms late against the source at [78] s'),
    );
  });

  test('it ends early', async () => {
    const short = verdict(async (copy) => {
      await copy.remakeSound(`volume=0:enable='gte(t\\,12.5)'`);
    });
    // Silence fills it up: what is missing is the last beep.
    expect(await short).toMatch(failed('a-und'));
  });

  test('it is another sound', async () => {
    expect(await soundOf(`aeval='0.3*random(0)|0.3*random(1)':c=same`)).toMatch(
      failed("a-und: the sound at 0 s is not the source's"),
    );
  });
});
