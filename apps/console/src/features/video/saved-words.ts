/** How much smaller than the uploaded file a rendition is, or how much larger. */
export function savedWords(bytes: number, sourceBytes: number): string {
  const part = bytes / sourceBytes;
  if (part <= 1) return `${Math.floor((1 - part) * 100)} %`;
  if (part < 1.005) return '0 %';
  return part < 2 ? `${Math.round((part - 1) * 100)} % larger` : `${part.toFixed(1)}× as large`;
}
