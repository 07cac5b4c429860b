/** Bits of a component, read from ffmpeg's name of a pixel format. */
export function bitDepthOf(pixelFormat: string): number {
  const planar =
    /(?:p|gray|ya|gbrap|gbrp)(9|10|12|14|16)(?:le|be)$/.exec(pixelFormat) ?? /^p[024](10|12|16)/.exec(pixelFormat);
  if (planar) return Number(planar[1]);
  if (/^(x2rgb10|x2bgr10|y210|xv30|v30x)/.test(pixelFormat)) return 10;
  if (/^(rgb48|bgr48|rgba64|bgra64|ya16|gbrpf32|gbrapf32)/.test(pixelFormat)) return 16;
  return 8;
}

export function hasAlpha(pixelFormat: string): boolean {
  return /^(yuva|gbrap|rgba|bgra|argb|abgr|ya\d|pal8|vuya|ayuv|uyva)/.test(pixelFormat);
}
