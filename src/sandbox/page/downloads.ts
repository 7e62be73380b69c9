/** Hands the page the files of the chat: pictures and sound to be shown, everything else to be saved, nothing to be run. */
import type { ServerResponse } from 'node:http';
import type { StoredFile } from '../files.ts';
import { pictureOf } from '../rules/picture.ts';

/** Sound and video by their first bytes; what a file is called, or said to be, decides nothing. */
function soundOf(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 12).toString('latin1');
  if (head.startsWith('OggS')) return 'audio/ogg';
  if (head.startsWith('ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2)) return 'audio/mpeg';
  if (head.startsWith('RIFF') && head.endsWith('WAVE')) return 'audio/wav';
  if (head.startsWith('\x1aE\xdf\xa3')) return 'video/webm';
  if (head.slice(4, 8) === 'ftyp') return 'video/mp4';
  return undefined;
}

/** A name that means the same to every file system: no folders, no control or direction characters, no hidden file. */
export function safeName(name: string): string {
  const bare = name
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return bare === '' ? 'file' : bare.slice(-120);
}

/** Answers with the file. `save`: as a download in any case. */
export function sendFile(response: ServerResponse, file: StoredFile, save: boolean): void {
  const shownAs = pictureOf(file.bytes)?.type ?? soundOf(file.bytes);
  const inline = shownAs !== undefined && !save;
  const name = safeName(file.name);
  const plain = name.replace(/[^\w. -]/g, '_');
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox; frame-ancestors 'none'");
  response.writeHead(200, {
    'Content-Type': inline ? shownAs : 'application/octet-stream',
    'Content-Length': file.bytes.length,
    'Content-Disposition': `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    // A file never changes under its id.
    'Cache-Control': 'private, max-age=3600',
  });
  response.end(file.bytes);
}
