import { expect, test } from 'vitest';
import { MEDIA_REQUIREMENTS } from '../../../tools/install/wheel-tools.ts';
import { debianPackages } from '../src/list-contents.ts';

const STATUS = `Package: libstdc++6
Status: install ok installed
Architecture: arm64
Version: 12.2.0-14+deb12u1
Description: GNU Standard C++ Library v3

Package: gone
Status: deinstall ok config-files
Architecture: arm64
Version: 1.0

Package: tzdata
Status: install ok installed
Architecture: all
Version: 1:2026a-0
`;

test('the list of contents names Debian’s packages that are installed, as scanners look for them', () => {
  expect(debianPackages(STATUS).map(({ name, purl }) => [name, purl])).toEqual([
    ['libstdc++6', 'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=arm64&distro=bookworm'],
    ['tzdata', 'pkg:deb/debian/tzdata@1%3A2026a-0?arch=all&distro=bookworm'],
  ]);
});

test('what ffmpeg and ffprobe come in is named by its version', () => {
  expect(MEDIA_REQUIREMENTS.length).toBe(2);
  for (const requirement of MEDIA_REQUIREMENTS) expect(requirement).toMatch(/^[a-z-]+==\d+(\.\d+)+$/);
});
