import { expect, test } from 'vitest';
import { askGpus } from '../../src/condition/ask-gpus.ts';
import { H100_LINE, nvidiaSmiStandIn } from '@transcode/testing';

test('a stand-in for nvidia-smi is asked for what is shown, without units', async () => {
  const file = await nvidiaSmiStandIn(`
    [ "$2" = "--format=csv,noheader,nounits" ] || exit 9
    case "$1" in --query-gpu=index,uuid,name,*encoder.stats.sessionCount) echo "${H100_LINE}";; *) exit 9;; esac`);
  const answer = await askGpus(file);
  expect(answer).toEqual({ gpus: [expect.objectContaining({ name: 'NVIDIA H100 80GB HBM3', utilisation: 37 })] });
});

test('a machine without it says so in a sentence', async () => {
  expect(await askGpus('no-such-nvidia-smi')).toEqual({
    absence: 'No NVIDIA driver is installed: there is no nvidia-smi.',
  });
});

test('a driver that does not answer is told in its own words', async () => {
  const words = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.";
  const file = await nvidiaSmiStandIn(`echo "${words}"; exit 9`);
  expect(await askGpus(file)).toEqual({ absence: `nvidia-smi failed: ${words}` });
});

test('one that finds nothing, or says something else, gives no figure', async () => {
  expect(await askGpus(await nvidiaSmiStandIn('exit 0'))).toEqual({ absence: 'nvidia-smi finds no GPU.' });
  const confused = await askGpus(await nvidiaSmiStandIn('echo No devices were found'));
  expect(confused).toEqual({ absence: 'nvidia-smi said what is not understood: No devices were found.' });
});

test('one that hangs is given up', async () => {
  const began = performance.now();
  const answer = await askGpus(await nvidiaSmiStandIn('exec sleep 60'));
  expect(answer).toEqual({ absence: 'nvidia-smi did not answer within 5 s. The driver may hang.' });
  expect(performance.now() - began).toBeLessThan(9_000);
});
