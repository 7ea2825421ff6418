import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { printable } from '../commits/text.ts';

const maxIdLength = 160;

/** Who a repository is, wherever its clone lies. */
export interface RepositoryIdentity {
  externalId: string;
  name: string;
  fullName: string;
  /** Page of the repository at its host; null where it has none. */
  url: string | null;
}

// A password may hold an `@`: the last one before the path ends it.
const withScheme =
  /^(https?|ssh|git|git\+ssh|ssh\+git):\/\/(?:[^/]*@)?(\[[0-9a-f:]+\]|[^/:@]+)(?::\d+)?\/(.+)$/i;
// scp's form; one letter before the colon is a Windows drive, two colons are a remote helper.
const scpForm = /^(?:[^/\s]+@)?([^/:@\s]{2,}):(?!\/\/|:)(.+)$/;

/**
 * Returns the identity that a remote's address gives: host in lower case and path, without user,
 * password, port, query or `.git`. Null for a local path, which names no place that others share.
 */
export function identityOfRemote(address: string): RepositoryIdentity | null {
  const [, , schemeHost, schemePath] = withScheme.exec(address.trim()) ?? [];
  const [, scpHost, scpPath] =
    schemeHost === undefined && !address.includes('://')
      ? (scpForm.exec(address.trim()) ?? [])
      : [];
  const host = (schemeHost ?? scpHost)?.toLowerCase();
  const path = cleanPath(schemePath ?? scpPath ?? '');
  if (host === undefined || path === '' || host === 'file') return null;
  const externalId = boundedId(printable(`${host}/${path}`, 2_000));
  return {
    externalId,
    name: printable(path.slice(path.lastIndexOf('/') + 1), maxIdLength),
    fullName: printable(path, maxIdLength),
    url: printable(`https://${host}/${path}`, 2 * maxIdLength),
  };
}

function cleanPath(path: string): string {
  const [withoutQuery = ''] = path.split(/[?#]/);
  return withoutQuery
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '')
    .replace(/\/+$/, '');
}

/** Returns the identity of a repository without a shared remote: its folder's name and a digest of where it lies. */
export function identityOfFolder(commonDirectory: string): RepositoryIdentity {
  const last = basename(commonDirectory);
  const folder = last === '.git' ? basename(dirname(commonDirectory)) : last.replace(/\.git$/, '');
  const name = printable(folder === '' ? 'repository' : folder, 100);
  const digest = createHash('sha256').update(commonDirectory).digest('hex').slice(0, 12);
  return { externalId: `local/${name}-${digest}`, name, fullName: name, url: null };
}

function boundedId(id: string): string {
  if (id.length <= maxIdLength) return id;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 16);
  return `${id.slice(0, maxIdLength - 17)}~${digest}`;
}
