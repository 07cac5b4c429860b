import { AAC, inputs, USUAL, X264, type CorpusCase } from '../corpus-case.ts';

const HALF = 75;
/** A flash and a beep each second, in both parts. */
const JOINED = { ...USUAL, frames: 2 * HALF, beepAfterFlash: 0 };

interface Part {
  /** What the part's clock begins at, in seconds, and by how much its picture and its sound are later than that. */
  readonly at: number;
  readonly picture?: number;
  readonly sound?: number;
}

/** Two parts one behind the other, as bytes, each with a clock of its own. */
function joined(name: string, ending: string, codecs: readonly string[], parts: readonly [Part, Part]): CorpusCase {
  const part = ({ at, picture = 0, sound = 0 }: Part, number: number): string[] => {
    const [pattern = [], beeps = []] = pair(inputs({ frames: HALF, first: number * HALF }));
    return [
      ...['-itsoffset', String(picture), ...pattern, '-itsoffset', String(sound), ...beeps],
      ...[...codecs, '-output_ts_offset', String(at), `{0}.${number}.${ending}`],
    ];
  };
  const both = `concat:{0}.0.${ending}|{0}.1.${ending}`;
  return {
    name,
    file: `${name}.${ending}`,
    steps: [...parts.map(part), ['-f', 'data', '-i', both, '-map', '0', '-c', 'copy', '-f', 'data', '{}']],
    expect: JOINED,
  };
}

/** The arguments of each of two inputs. */
function pair(argv: readonly string[]): string[][] {
  const second = argv.lastIndexOf('-f');
  return [argv.slice(0, second), argv.slice(second)];
}

const TS = [...X264, ...AAC];
const PS = ['-c:v', 'mpeg2video', '-b:v', '3M', '-bf', '2', '-c:a', 'mp2', '-f', 'vob'];

/** Sources whose clock does not run on: recordings, splices, files that were joined as bytes. */
export const CLOCKS: CorpusCase[] = [
  joined('clock-forward', 'ts', TS, [{ at: 10 }, { at: 9000 }]),
  joined('clock-begins-again', 'ts', TS, [{ at: 9000 }, { at: 0 }]),
  joined('clock-a-minute-on', 'ts', TS, [{ at: 10 }, { at: 75 }]),
  // Of a codec without padding: what sound alone can tell of where it belongs is that it runs on.
  joined('clock-of-sound', 'ts', [...X264, '-c:a', 's302m', '-strict', '-2'], [{ at: 10 }, { at: 13, sound: 9000 }]),
  joined('clock-of-picture', 'ts', TS, [{ at: 10 }, { at: 13, picture: 9000 }]),
  joined('clock-program-stream', 'mpg', PS, [{ at: 100 }, { at: 0 }]),
  joined('clock-program-stream-a-minute-on', 'mpg', PS, [{ at: 10 }, { at: 75 }]),
  {
    name: 'clock-wraps',
    file: 'clock-wraps.ts',
    steps: [[...inputs({ frames: 150 }), ...X264, ...AAC, '-output_ts_offset', '95440', '{}']],
    expect: { ...USUAL, frames: 150 },
  },
  {
    // The picture stands still while the sound goes on: that is no jump.
    name: 'clock-of-a-pause',
    file: 'clock-of-a-pause.ts',
    steps: [
      [
        ...inputs({}, { seconds: 18 }),
        ...['-vf', 'setpts=PTS+gte(N\\,50)*15/TB', '-fps_mode', 'vfr', ...X264, ...AAC, '{}'],
      ],
    ],
    expect: { ...USUAL, frames: 450, numbers: 'grid' },
  },
];
