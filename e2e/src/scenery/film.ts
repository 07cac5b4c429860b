import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Frame } from './frame.ts';
import { SCENES, type SceneName } from './scenes.ts';

const WIDTH = 960;
const HEIGHT = 540;
/** Drawn on twos, as animated films are: half the painting. */
const DRAWN_PER_SECOND = 12;

export interface Shot {
  readonly scene: SceneName;
  readonly seconds: number;
}

/** Paints the shots one after another into an MP4 of 1280 x 720 at 24 frames a second, with a quiet chord for sound. */
export async function makeFilm(ffmpeg: string, shots: readonly Shot[], target: string): Promise<void> {
  const seconds = shots.reduce((sum, shot) => sum + shot.seconds, 0);
  const picture = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${WIDTH}x${HEIGHT}`, '-r', String(DRAWN_PER_SECOND)];
  const chord = `aevalsrc=0.08*(sin(2*PI*110*t)+sin(2*PI*164.8*t)+0.6*sin(2*PI*277.2*t)):s=48000:d=${seconds}`;
  const encoding = ['-vf', 'scale=1280:720:flags=lanczos,fps=24,format=yuv420p', '-c:v', 'libx264', '-crf', '15'];
  const tags = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
  const child = spawn(
    ffmpeg,
    [
      '-v',
      'error',
      '-y',
      ...picture,
      '-i',
      '-',
      '-f',
      'lavfi',
      '-i',
      chord,
      ...encoding,
      ...tags,
      '-preset',
      'veryfast',
      '-c:a',
      'aac',
      target,
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const ended = once(child, 'close');
  const frame = new Frame(WIDTH, HEIGHT);
  let number = 0;
  for (const { scene, seconds: length } of shots) {
    for (let drawn = 0; drawn < length * DRAWN_PER_SECOND; drawn += 1) {
      SCENES[scene](frame, drawn / DRAWN_PER_SECOND);
      number += 1;
      if (!child.stdin.write(frame.toRgb24(number))) await once(child.stdin, 'drain');
    }
  }
  child.stdin.end();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
}
