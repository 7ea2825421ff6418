import { createHash } from 'node:crypto';
import type { DocumentText } from '@adjutant/core/domain';

/** A document longer than this is no text that somebody reads. */
export const longestDocumentBytes = 512 * 1024;

/** Why a file is no document that can be read. */
export const unreadableDocuments = [
  'binary',
  'not_utf8',
  'large_file_pointer',
  'too_long',
] as const;
export type UnreadableDocument = (typeof unreadableDocuments)[number];

const pointerStart = 'version https://git-lfs.github.com/spec/v1';

/** Returns the text of a file, its line ends as one character, or why it has none. */
export function readDocumentText(content: Uint8Array): DocumentText | UnreadableDocument {
  if (content.byteLength > longestDocumentBytes) return 'too_long';
  if (content.includes(0)) return 'binary';
  let decoded: string;
  try {
    decoded = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return 'not_utf8';
  }
  if (decoded.startsWith(pointerStart)) return 'large_file_pointer';
  const text = decoded.replace(/\r\n?/g, '\n');
  return { hash: createHash('sha256').update(text).digest('base64url'), text };
}
