import { expect, test } from 'vitest';
import { embedCode } from '../../../src/features/video/embed-code.ts';

test('the frame has the picture’s shape and room for the controls, and a title cannot break out of it', () => {
  const code = embedCode({
    shareUrl: 'https://video.example/share/s3cret',
    title: '"><script>alert(1)</script>',
    width: 1920,
    height: 1080,
  });
  expect(code).toBe(
    '<iframe src="https://video.example/embed/s3cret" title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" ' +
      'style="width: 100%; max-width: 960px; aspect-ratio: 960 / 648; border: 0" allow="autoplay" allowfullscreen></iframe>',
  );
});
