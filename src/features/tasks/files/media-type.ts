/** What a file is, told by its content and never by its name. What is not known to be harmless is plain bytes. */

/** Enough to know every type below; a compressed one that is looked into cannot become large from so little. */
const SAMPLE = 16 * 1024;

const OPAQUE = 'application/octet-stream';

/** Types that are named as they are. Everything else, markup and scripts first, leaves Steward as plain bytes. */
const NAMED = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/heic',
  'image/tiff',
  'image/bmp',
  'audio/mpeg',
  'audio/ogg',
  'audio/mp4',
  'audio/aac',
  'audio/wav',
  'audio/flac',
  'video/mp4',
  'video/quicktime',
  'video/webm',
  'video/matroska',
  'application/pdf',
  'application/zip',
  'application/gzip',
  'application/x-7z-compressed',
  'application/x-rar-compressed',
  'application/epub+zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
]);

const OTHER_NAMES: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/wave': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'video/x-m4v': 'video/mp4',
  'video/x-matroska': 'video/matroska',
};

/** Words, and not markup a browser would act on. */
function isPlainText(sample: Buffer, isWhole: boolean): boolean {
  // A sample may end within a character.
  const text = new TextDecoder('utf-8').decode(isWhole ? sample : sample.subarray(0, sample.length - 3));
  const isBinary = text.includes('\uFFFD') || /(?![\t\n\v\f\r])\p{Cc}/u.test(text);
  return text !== '' && !isBinary && !/<[!?/a-z]/i.test(text);
}

/** The media type of a content: one of a known few, 'text/plain', or plain bytes. */
export async function mediaTypeOf(content: Buffer): Promise<string> {
  const sample = content.subarray(0, SAMPLE);
  const { fileTypeFromBuffer } = await import('file-type');
  // A content made to confuse it is plain bytes.
  const found = await fileTypeFromBuffer(sample).catch(() => undefined);
  const type = found?.mime.split(';')[0]?.trim() ?? '';
  const named = OTHER_NAMES[type] ?? type;
  if (NAMED.has(named)) return named;
  return found === undefined && isPlainText(sample, sample.length === content.length) ? 'text/plain' : OPAQUE;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/heic': 'heic',
  'image/tiff': 'tif',
  'image/bmp': 'bmp',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/wav': 'wav',
  'audio/flac': 'flac',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'video/matroska': 'mkv',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/gzip': 'gz',
  'text/plain': 'txt',
};

/** The extension a type is known by, without its dot; '' for plain bytes. */
export const extensionFor = (type: string | null): string => (type === null ? '' : (EXTENSIONS[type] ?? ''));
