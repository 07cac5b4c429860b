import type { Container } from '@transcode/contracts';
import { elementaryStream } from './elementary-stream.ts';
import { isTransportStream } from './transport-stream.ts';

/** How many first bytes of a source decide what it is. */
export const SNIFF_BYTES = 64 * 1024;

const BOXES = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'styp', 'moof', 'sidx', 'uuid']);
/** ISO files of pictures alone. */
const PICTURE_BRANDS = new Set([
  'mif1',
  'msf1',
  'heic',
  'heix',
  'heim',
  'heis',
  'avif',
  'avis',
  'crx ',
  'jpeg',
  'jxl ',
]);
/** No box is so long a text. */
const TEXT_BYTES = 64;
const ASF_HEADER = '3026b2758e66cf11a6d900aa0062ce6c';
const MXF_PARTITION = Buffer.from('060e2b34020501010d0102', 'hex');

/**
 * The container by its own first bytes, never by name or by trying. Everything else is refused, above all what makes a demuxer open
 * other files or addresses: playlists, concatenation scripts, SDP, SVG, subtitles, image sequences.
 */
export function sniffContainer(head: Buffer): Container | undefined {
  return byMagic(head) ?? byStructure(head);
}

function byMagic(head: Buffer): Container | undefined {
  const text = (start: number, end: number) => head.toString('latin1', start, end);
  if (head.length < 4) return undefined;
  if (head.readUInt32BE(0) === 0x1a45dfa3) return 'matroska';
  if (head.readUInt32BE(0) === 0x000001ba && isPack(head)) return 'mpegps';
  if (text(0, 4) === 'FLV\u0001') return 'flv';
  if (text(0, 4) === 'OggS') return 'ogg';
  if (text(0, 4) === 'fLaC') return 'flac';
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'gif';
  if (head.toString('hex', 0, 16) === ASF_HEADER) return 'asf';
  if (text(0, 4) === 'RIFF' && (text(8, 12) === 'AVI ' || text(8, 12) === 'AVIX')) return 'avi';
  if (['RIFF', 'RF64', 'BW64'].includes(text(0, 4)) && text(8, 12) === 'WAVE') return 'wav';
  if (text(0, 3) === 'ID3') return isTransportStream(behindId3(head)) ? 'mpegts' : 'mp3';
  return undefined;
}

/** The header of a pack, of MPEG-2 or of MPEG-1 by its first bits, and a start code behind it. */
function isPack(head: Buffer): boolean {
  const first = head[4] ?? 0;
  const bytes = first >> 6 === 0b01 ? 14 + ((head[13] ?? 0) & 0b111) : first >> 4 === 0b0010 ? 12 : Infinity;
  const behind = head.subarray(bytes);
  const zeros = behind.findIndex((byte) => byte !== 0);
  return zeros >= 2 && behind[zeros] === 1;
}

/** A tag tells its length in four bytes of seven bits, its ten bytes of header not counted; streams cut for HLS begin with one too. */
function behindId3(head: Buffer): Buffer {
  const length = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] ?? 0) & 0x7f), 0);
  return head.subarray(10 + length);
}

function byStructure(head: Buffer): Container | undefined {
  if (isIsoMedia(head)) return 'mp4';
  if (isTransportStream(head)) return 'mpegts';
  if (head.subarray(0, SNIFF_BYTES).includes(MXF_PARTITION)) return 'mxf';
  return byAudioSync(head) ?? elementaryStream(head);
}

function isIsoMedia(head: Buffer): boolean {
  if (head.length < 8 || !BOXES.has(head.toString('latin1', 4, 8))) return false;
  // Some of their names are words.
  if (head.subarray(0, TEXT_BYTES).every(isText)) return false;
  const size = head.readUInt32BE(0);
  if (size !== 0 && size !== 1 && size < 8) return false;
  const isFileType = head.toString('latin1', 4, 8) === 'ftyp';
  return !(isFileType && PICTURE_BRANDS.has(head.toString('latin1', 8, 12)));
}

function isText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || [0x09, 0x0a, 0x0d].includes(byte);
}

/** ADTS has layer 00 where MPEG audio has another. */
function byAudioSync(head: Buffer): Container | undefined {
  if (head.length < 4 || head[0] !== 0xff || ((head[1] ?? 0) & 0xe0) !== 0xe0) return undefined;
  const second = head[1] ?? 0;
  if ((second & 0xf6) === 0xf0) return 'aac';
  return (second & 0x06) === 0 ? undefined : 'mp3';
}
