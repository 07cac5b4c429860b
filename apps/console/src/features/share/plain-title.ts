/** Endings of files that hold videos; `2.10` at the end of a name is none. */
const ENDING = /\.(mp4|m4v|mov|mkv|webm|ts|m2ts|mts|avi|flv|ogv|ogg|mpe?g|vob|mxf|wmv|asf|gif|dv|ivf|y4m|3gp|3g2)$/i;

/** A video's title for guests: many are names of files, whose ending tells them nothing. */
export function plainTitle(title: string): string {
  const plain = title.replace(ENDING, '').trim();
  return plain === '' ? title : plain;
}
