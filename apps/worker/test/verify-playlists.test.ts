import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PICTURE, publishClip, type PublishedClip } from './published-clip.ts';
import { failed } from './verdicts.ts';

let clip: PublishedClip;

beforeAll(async () => {
  clip = await publishClip();
});
afterAll(() => clip.dispose());

/** What verification says of a copy that was spoilt. */
const verdict: PublishedClip['verdict'] = (spoil) => clip.verdict(spoil);

describe('playlists that say something else', () => {
  test('a segment lasts another time', async () => {
    expect(
      await verdict((copy) =>
        copy.edit(`${PICTURE}/index.m3u8`, (text) => text.replace('EXTINF:6.000000', 'EXTINF:5.000000')),
      ),
    ).toMatch(failed('v180/0-1/0.m4s lasts 6 s, and its playlist says 5 s'));
  });

  test('a segment is named twice', async () => {
    expect(
      await verdict((copy) => copy.edit(`${PICTURE}/index.m3u8`, (text) => text.replace('/1.m4s', '/0.m4s'))),
    ).toMatch(failed('manifest.mpd does not list the segments of v180'));
  });

  test('a segment is named that never was', async () => {
    const wrong = verdict(async (copy) => {
      for (const playlist of ['index', 'iframes'])
        await copy.edit(`${PICTURE}/${playlist}.m3u8`, (text) => text.replaceAll('0-1/1.m4s', '0-2/1.m4s'));
      await copy.edit('manifest.mpd', (text) => text.replace(`${PICTURE}/0-1/1.m4s`, `${PICTURE}/0-2/1.m4s`));
    });
    expect(await wrong).toMatch(failed('v180/0-2/1.m4s is missing'));
  });

  test('the last segment is left out', async () => {
    const short = verdict(async (copy) => {
      await copy.edit(`${PICTURE}/index.m3u8`, (text) => text.replace(/#EXTINF\S+\n0-1\/2.m4s\n/, ''));
      await copy.edit(`${PICTURE}/iframes.m3u8`, (text) =>
        text.replace(/#EXTINF\S+\n#EXT-X-BYTE\S+\n0-1\/2.m4s\n/, ''),
      );
      await copy.edit('manifest.mpd', (text) =>
        text.replace(`<SegmentURL media="${PICTURE}/0-1/2.m4s"/>`, '').replace(/<S t="300000" d="50000"\/>/, ''),
      );
    });
    expect(await short).toMatch(failed('v180 has 2 segments, planned were 3'));
  });

  test('the master playlist leaves the sound out', async () => {
    expect(
      await verdict((copy) =>
        copy.edit('master.m3u8', (text) => text.replace(/#EXT-X-MEDIA.*\n/, '').replace(/,AUDIO="audio"/, '')),
      ),
    ).toMatch(failed('the playlists list v180, planned were a-und,v180'));
  });

  test('the manifest names another file', async () => {
    expect(await verdict((copy) => copy.edit('manifest.mpd', (text) => text.replace('/2.m4s', '/1.m4s')))).toMatch(
      failed('manifest.mpd does not list the segments of v180'),
    );
  });

  test('the I-frame playlist names other bytes', async () => {
    expect(
      await verdict((copy) =>
        copy.edit(`${PICTURE}/iframes.m3u8`, (text) => text.replace(/BYTERANGE:(\d+)@/, 'BYTERANGE:1$1@')),
      ),
    ).toMatch(failed('the I-frame playlist of v180 lists'));
  });

  test('a playlist is no playlist', async () => {
    expect(await verdict((copy) => copy.edit('master.m3u8', () => 'nothing'))).toMatch(
      failed('master.m3u8 cannot be read'),
    );
  });
});
