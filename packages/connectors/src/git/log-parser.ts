import { logFieldCount } from './log-format.ts';

/** No name is longer; what is, is cut while it streams in, so that memory stays bounded. */
const maxFieldBytes = 256 * 1024;

/** One commit as `git log` printed it. */
export interface LoggedCommit {
  sha: string;
  parents: readonly string[];
  /** Null where git could not read the date. @unit seconds since 1970 */
  authoredSeconds: number | null;
  committedSeconds: number | null;
  authorName: string;
  authorEmail: string;
  committerName: string;
  committerEmail: string;
  message: Buffer;
  /** A field was longer than is kept. */
  cut: boolean;
}

/** Takes output of `git log` in any pieces and returns the commits that each piece completes. */
export interface LogParser {
  push(chunk: Buffer): LoggedCommit[];
}

export function createLogParser(): LogParser {
  let fields: Buffer[] = [];
  let cut = false;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  const keep = (piece: Buffer): void => {
    const room = Math.max(0, maxFieldBytes - pendingBytes);
    if (piece.length > room) cut = true;
    if (room > 0) pending.push(piece.subarray(0, room));
    pendingBytes += Math.min(piece.length, room);
  };
  const endField = (piece: Buffer): void => {
    if (pending.length === 0 && piece.length <= maxFieldBytes) {
      fields.push(piece);
      return;
    }
    keep(piece);
    fields.push(Buffer.concat(pending));
    pending = [];
    pendingBytes = 0;
  };
  return {
    push(chunk) {
      const commits: LoggedCommit[] = [];
      let start = 0;
      for (;;) {
        const end = chunk.indexOf(0, start);
        if (end === -1) break;
        endField(chunk.subarray(start, end));
        start = end + 1;
        if (fields.length < logFieldCount) continue;
        commits.push(decode(fields, cut));
        fields = [];
        cut = false;
      }
      if (start < chunk.length) keep(chunk.subarray(start));
      return commits;
    },
  };
}

function decode(fields: readonly Buffer[], cut: boolean): LoggedCommit {
  const [
    sha,
    parents,
    authored,
    committed,
    authorName,
    authorEmail,
    committerName,
    committerEmail,
  ] = fields;
  const parentText = parents?.toString('latin1') ?? '';
  return {
    sha: sha?.toString('latin1') ?? '',
    parents: parentText === '' ? [] : parentText.split(' '),
    authoredSeconds: toSeconds(authored),
    committedSeconds: toSeconds(committed),
    authorName: authorName?.toString('utf8') ?? '',
    authorEmail: authorEmail?.toString('utf8') ?? '',
    committerName: committerName?.toString('utf8') ?? '',
    committerEmail: committerEmail?.toString('utf8') ?? '',
    message: fields[8] ?? Buffer.alloc(0),
    cut,
  };
}

/** git prints nothing for a date it cannot read, such as one before 1970. */
function toSeconds(field: Buffer | undefined): number | null {
  if (field === undefined || field.length === 0) return null;
  const seconds = Number(field.toString('latin1'));
  return Number.isFinite(seconds) ? seconds : null;
}
