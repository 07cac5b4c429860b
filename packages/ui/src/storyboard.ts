/** One picture of a storyboard sheet and the time it stands for. */
export interface StoryFrame {
  readonly start: number;
  readonly end: number;
  readonly url: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Reads a storyboard's WebVTT (`sheet.jpg#xywh=x,y,w,h`); sheets are relative to `vttUrl`. */
export function parseStoryboard(vtt: string, vttUrl: string): StoryFrame[] {
  const folder = vttUrl.slice(0, vttUrl.lastIndexOf('/') + 1);
  return vtt.split(/\r?\n\r?\n/).flatMap((block) => {
    const lines = block.trim().split(/\r?\n/);
    const at = lines.findIndex((line) => line.includes('-->'));
    const times = /(\S+)\s+-->\s+(\S+)/.exec(lines[at] ?? '');
    const picture = /^(.+)#xywh=(\d+),(\d+),(\d+),(\d+)$/.exec(lines[at + 1]?.trim() ?? '');
    if (!times || !picture) return [];
    const [x, y, width, height] = picture.slice(2).map(Number);
    if (x === undefined || y === undefined || !width || !height) return [];
    const name = picture[1] ?? '';
    const url = /^(\/|https?:)/.test(name) ? name : folder + name;
    return [{ start: clock(times[1] ?? ''), end: clock(times[2] ?? ''), url, x, y, width, height }];
  });
}

/** The picture shown at `seconds`: the last that starts no later. */
export function frameAt(frames: readonly StoryFrame[], seconds: number): StoryFrame | undefined {
  return frames.findLast((frame) => frame.start <= seconds) ?? frames[0];
}

/** `01:02:03.456` or `02:03.456` in seconds. */
function clock(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
