import { accountIdOf } from '../accounts/account-of.ts';
import type { GitRepository } from '../open-repository.ts';
import { readFileAt } from '../read-file-at.ts';
import { boundedText } from '../../commits/text.ts';

const maxBytes = 1024 * 1024;
const maxEntries = 20_000;
const maxNameLength = 200;

/** One account that a `.mailmap` says is another, or whose name it spells. */
interface MailmapEntry {
  fromEmail: string;
  toEmail: string;
  /** The proper name; null where the entry only joins addresses. */
  name: string | null;
}

export interface Mailmap {
  blob: string;
  entries: readonly MailmapEntry[];
  /** Lines that hold for one name at a shared address only, and so cannot join the address. */
  unresolvedCount: number;
  /** The file is larger than is read. */
  cut: boolean;
}

/** Hosts and local parts that many people's commits share. */
const sharedLocalParts: ReadonlySet<string> = new Set(['root', 'admin', 'user', 'ubuntu', 'git']);

/** What became of reading a mailmap. In a partial clone it may not be here, and nothing is fetched. */
export type MailmapReading =
  | { state: 'read'; mailmap: Mailmap }
  | { state: 'absent' }
  | { state: 'unreadable' };

/** Reads the mailmap that the commit carries. */
export async function loadMailmap(
  repository: GitRepository,
  commit: string,
): Promise<MailmapReading> {
  const reading = await readFileAt(repository, commit, ['.mailmap']);
  if (reading.state !== 'read') return reading;
  const { blob, content } = reading;
  const text = content.subarray(0, maxBytes).toString('utf8');
  const cut = content.length > maxBytes;
  return { state: 'read', mailmap: { blob, ...parseMailmap(text), cut } };
}

const line = /^\s*([^<>]*?)\s*<([^<>]*)>(?:\s*([^<>]*?)\s*<([^<>]*)>)?\s*(?:#.*)?$/;

/** Returns the entries of a `.mailmap`; of several about one address the last holds. */
export function parseMailmap(text: string): Pick<Mailmap, 'entries' | 'unresolvedCount'> {
  const entries = new Map<string, MailmapEntry>();
  const conditional = new Map<string, MailmapEntry[]>();
  for (const raw of text.split(/\r?\n/)) {
    if (raw.length > 2_000 || raw.trimStart().startsWith('#')) continue;
    const [, properName = '', firstEmail, commitName = '', commitEmail] = line.exec(raw) ?? [];
    if (firstEmail === undefined || entries.size >= maxEntries) continue;
    const entry: MailmapEntry = {
      fromEmail: (commitEmail ?? firstEmail).trim().toLowerCase(),
      toEmail: firstEmail.trim().toLowerCase(),
      name: properName === '' ? null : boundedText(properName, maxNameLength),
    };
    if (entry.fromEmail === '' || entry.toEmail === '') continue;
    if (commitName === '') entries.set(entry.fromEmail, entry);
    else conditional.set(entry.fromEmail, [...(conditional.get(entry.fromEmail) ?? []), entry]);
  }
  const unresolvedCount = addConditional(entries, conditional);
  return { entries: [...entries.values()], unresolvedCount };
}

/**
 * A line with a commit's name holds for that name at that address only, while an account is the
 * address. It may stand for the address where all lines about it agree and nobody else is likely to
 * commit with it; otherwise joining would make one person of several.
 */
function addConditional(
  entries: Map<string, MailmapEntry>,
  conditional: ReadonlyMap<string, readonly MailmapEntry[]>,
): number {
  let unresolved = 0;
  for (const [email, found] of conditional) {
    const [first] = found;
    const present = entries.get(email);
    const targets = new Set(
      [...found, ...(present === undefined ? [] : [present])].map((entry) => entry.toEmail),
    );
    if (first === undefined || targets.size > 1 || isShared(email)) unresolved += found.length;
    else if (present === undefined) entries.set(email, first);
  }
  return unresolved;
}

function isShared(email: string): boolean {
  const [local = '', host = ''] = email.split('@');
  return sharedLocalParts.has(local) || !host.includes('.') || host.endsWith('.local');
}

/** Returns the proper name of each account that the mailmap names, by account id. */
export function mailmapNames(reading: MailmapReading): Map<string, string> {
  const names = new Map<string, string>();
  const entries = reading.state === 'read' ? reading.mailmap.entries : [];
  for (const { fromEmail, toEmail, name } of entries) {
    if (name === null) continue;
    for (const email of [fromEmail, toEmail]) {
      const id = accountIdOf('', email);
      if (id !== null) names.set(id, name);
    }
  }
  return names;
}
