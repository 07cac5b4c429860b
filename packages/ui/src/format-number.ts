/** Frames per second as people write them: `23.976`, `29.97`, `25`. */
export function formatFrameRate(rate: { num: number; den: number }): string {
  return trimmed(rate.num / rate.den, 3);
}

/** A measured rate: `48`, `7.5`. */
export function formatFps(fps: number): string {
  return fps < 10 ? trimmed(fps, 1) : String(Math.round(fps));
}

/** Times real time: `3.2×`. */
export function formatSpeed(speed: number): string {
  return `${speed < 10 ? speed.toFixed(1) : Math.round(speed)}×`;
}

/** `93.4` for VMAF, `0.987` for SSIM. */
export function formatScore(score: number, metric: 'vmaf' | 'ssim'): string {
  return score.toFixed(metric === 'vmaf' ? 1 : 3);
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
