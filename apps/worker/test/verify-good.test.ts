import { Plan } from '@transcode/contracts';
import { shareOf } from '@transcode/testing/share-of';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lavfi, makeSource, patternWithBeeps } from './make-source.ts';
import { openWorkshop, TO_PACKAGED, type Workshop } from './workshop.ts';

const PATTERN = 'testsrc2=s=160x90:r=25';

interface Source {
  readonly name: string;
  readonly graphs: readonly string[];
  readonly seconds: number;
}

/** Sources that are hard to compare with what became of them. Those longer than 6 s have a seam. */
const SOURCES: readonly Source[] = [
  { name: 'silence', graphs: [PATTERN, 'anullsrc=r=48000:cl=stereo'], seconds: 3 },
  { name: 'a steady tone', graphs: [PATTERN, 'sine=f=440:r=48000'], seconds: 5 },
  { name: 'white noise', graphs: [PATTERN, 'anoisesrc=c=white:a=0.3:r=48000'], seconds: 8 },
  { name: 'brown noise, mono, 8 kHz', graphs: [PATTERN, 'anoisesrc=c=brown:a=0.5:r=8000'], seconds: 6 },
  {
    name: 'something like music',
    graphs: [
      PATTERN,
      `aevalsrc='0.2*sin(2*PI*220*pow(2,floor(mod(t*3,7))/12)*t)*exp(-3*mod(t*3,1))+0.2*sin(2*PI*110*pow(2,floor(mod(t*1.5,5))/12)*t)+0.05*random(0)*lt(mod(t*6,1),0.2)|0.2*sin(2*PI*330*t)*exp(-4*mod(t*2,1))':s=44100`,
    ],
    seconds: 12,
  },
  {
    name: 'tones above what is compared',
    graphs: [PATTERN, `aevalsrc='0.5*sin(2*PI*9000*t)+0.002*random(0)':s=48000`],
    seconds: 6,
  },
  { name: 'a third of a second', graphs: [PATTERN, 'sine=f=440:r=48000'], seconds: 0.3 },
  { name: 'one frame', graphs: [PATTERN], seconds: 0.04 },
  { name: 'a still picture', graphs: ['color=c=teal:s=160x90:r=25', 'sine=f=300:r=48000'], seconds: 4 },
  { name: 'fades to black and back', graphs: ['smptebars=s=160x90:r=25,fade=in:0:50,fade=out:75:50'], seconds: 6 },
  { name: 'grey that grows lighter', graphs: ['color=gray:s=160x90:r=25,fade=in:0:200'], seconds: 8 },
  { name: 'noise', graphs: ['nullsrc=s=160x90:r=25,geq=random(1)*255:128:128'], seconds: 7 },
  { name: 'flashes', graphs: [`nullsrc=s=160x90:r=25,geq='random(1)*255*mod(N\\,2)':128+100*sin(N):128`], seconds: 7 },
  {
    name: 'a cut every third frame',
    graphs: [`testsrc2=s=160x90:r=25,rotate='floor(n/3)':c=gray,hue=h=47*floor(n/3)`],
    seconds: 7,
  },
  {
    name: 'blocks that all change with every frame',
    graphs: ['nullsrc=s=32x18:r=25,geq=random(1)*255:128:128,scale=320:180:flags=neighbor'],
    seconds: 7,
  },
  {
    name: 'cellular life',
    graphs: ['life=s=160x90:r=30:mold=10:ratio=0.1:death_color=#C83232:life_color=#00ff00:seed=1'],
    seconds: 7,
  },
  {
    // 365 kbit/s for a picture of which every block changes with every frame.
    name: 'a starved picture',
    graphs: ['nullsrc=s=32x18:r=25,geq=random(1)*255:128:128,scale=640:360:flags=neighbor'],
    seconds: 7,
  },
  {
    name: 'frames that come twice in the source',
    graphs: ['testsrc2=s=160x90:r=12.5,fps=25', 'sine=f=440:r=48000'],
    seconds: 7,
  },
];

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop({ chunkLengths: { first: 1, later: 1 } });
});
afterAll(() => workshop.dispose());

/** Brings a source up to its verification, which throws where it does not pass, and answers what the job says of it. */
async function verified(file: string): Promise<{ parts: string[]; notes: string[] }> {
  const work = await workshop.begin(file);
  await workshop.run(work, ...TO_PACKAGED, 'verify');
  const job = await workshop.db.job.findUniqueOrThrow({ where: { id: work.jobId }, include: { tasks: true } });
  const parts = job.tasks.filter(({ stage }) => stage === 'verify').map(({ state }) => state);
  expect(parts).toHaveLength(1 + Plan.parse(job.plan).chunks.length);
  return { parts: [...new Set(parts)], notes: job.notes };
}

const RIGHT = { parts: ['completed'] };

describe.concurrent('what is hard to compare passes', () => {
  test.each(shareOf(SOURCES, { oneIn: 3 }))('$name', async ({ graphs, seconds }) => {
    const source = await makeSource([...lavfi(...graphs), '-t', String(seconds)]);
    expect(await verified(source)).toMatchObject(RIGHT);
  });

  test.each([
    ['late', ['-itsoffset', '0.7']],
    ['early', ['-itsoffset', '-0.4']],
  ])('sound that comes %s', async (way, offset) => {
    const beeps = await makeSource(patternWithBeeps(6, { width: 160, height: 90 }));
    const copies = ['-i', beeps, ...offset, '-i', beeps, '-map', '0:v', '-map', '1:a'];
    const source = await makeSource(copies, { name: `${way}.mkv`, encoders: ['-c', 'copy'] });
    expect(await verified(source)).toMatchObject(RIGHT);
  });

  test('sound that is longer than the picture', async () => {
    const beeps = `aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.06)':d=7`;
    expect(await verified(await makeSource(lavfi('testsrc2=s=160x90:r=25:d=3', beeps)))).toMatchObject(RIGHT);
  });

  test('more sounds than are compared at once, one of them silent', async () => {
    const sounds = [200, 300, 400, 500].map((frequency) => `sine=f=${frequency}:r=48000`);
    const inputs = lavfi(PATTERN, ...sounds, 'anullsrc=r=48000:cl=stereo');
    const maps = [0, 1, 2, 3, 4, 5].flatMap((input) => ['-map', String(input)]);
    // Mono sounds that are alike in all else would be the channels of one.
    const titles = [0, 1, 2, 3].flatMap((sound) => [`-metadata:s:a:${sound}`, `language=qa${'abcd'[sound]}`]);
    const { notes } = await verified(await makeSource([...inputs, ...maps, ...titles, '-t', '7']));
    expect(notes.filter((note) => note.includes('is silent'))).toEqual([
      'The sound of a-und is silent; its timing says nothing.',
    ]);
  });
});
