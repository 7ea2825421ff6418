import { lstatSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, join, parse, resolve, sep } from 'node:path';
import { AdjutantError } from '@adjutant/core/ports';

const mostLinks = 40;

export interface FileOwnership {
  /** Who runs this; null on a system without owners by number. */
  uid: number | null;
}

/** For a file that a person vouches for by naming it: owners and modes say nothing in a container. */
export const anyUser: FileOwnership = { uid: null };

/** Returns who runs this process. */
export function thisUser(): FileOwnership {
  return { uid: process.getuid?.() ?? null };
}

/**
 * Follows a path from the root, link by link, and returns where it really ends. Refuses what others
 * than this user and the administrator own or may write, in any folder on the way, as `ssh` and
 * `git` do: whoever can change a folder can put another file there. Windows has no such owners and
 * modes; there only links are followed.
 * @throws AdjutantError `Configuration`
 */
export function checkedPath(path: string, { uid }: FileOwnership): string {
  return followed(path, uid, statOf);
}

/**
 * Does the same for what may not be there yet: the part that is missing is taken as it is written.
 * @throws AdjutantError `Configuration`
 */
export function checkedFuturePath(path: string, { uid }: FileOwnership): string {
  return followed(path, uid, statIfThere);
}

function followed(path: string, uid: number | null, look: (place: string) => Stats | null): string {
  const { root } = parse(resolve(path));
  let here = root;
  let links = 0;
  let left = partsOf(resolve(path), root);
  if (uid !== null) judge(root, statOf(root), uid);
  while (left.length > 0) {
    const [part = '', ...rest] = left;
    const next = join(here, part);
    const stat = look(next);
    if (stat === null) return join(next, ...rest);
    if (uid !== null) judge(next, stat, uid);
    if (stat.isSymbolicLink()) {
      links += 1;
      if (links > mostLinks) throw refusal(path, 'is a link that leads in a circle', 'Remove it.');
      const target = resolve(here, readlinkSync(next));
      left = [...partsOf(target, root), ...rest];
      here = root;
    } else {
      here = next;
      left = rest;
    }
  }
  return here;
}

/** Returns where a path will lie: as far as it is there, really; from there on as written. */
export function futurePath(path: string): string {
  const missing: string[] = [];
  for (let here = resolve(path); ; here = dirname(here)) {
    if (statIfThere(here) !== null) return join(realOf(here), ...missing);
    if (dirname(here) === here) return resolve(path);
    missing.unshift(here.slice(dirname(here).length).replace(/^[\\/]/, ''));
  }
}

function realOf(path: string): string {
  let here = path;
  try {
    here = checkedPath(path, { uid: null });
  } catch {
    // A link that leads nowhere yet: where it points is where a file would be made.
    if (statIfThere(path)?.isSymbolicLink() === true)
      return resolve(dirname(path), readlinkSync(path));
  }
  return here;
}

function partsOf(path: string, root: string): string[] {
  return path
    .slice(root.length)
    .split(sep)
    .filter((part) => part !== '');
}

function judge(path: string, stat: Stats, uid: number): void {
  if (stat.uid !== uid && stat.uid !== 0) {
    throw refusal(
      path,
      'belongs to another user of this machine',
      'Make it yours (chown), or name the configuration you mean in ADJUTANT_TRUSTED_CONFIG.',
    );
  }
  if (stat.isSymbolicLink()) return;
  const isSticky = stat.isDirectory() && (stat.mode & 0o1000) !== 0;
  if (isSticky) return;
  const byGroup = (stat.mode & 0o020) !== 0 && !isOwnGroup(stat);
  if ((stat.mode & 0o002) !== 0 || byGroup) {
    throw refusal(
      path,
      'can be changed by other users of this machine',
      `Run: chmod go-w '${path.replaceAll("'", String.raw`'\''`)}'`,
    );
  }
}

/** Many systems give each user a group alone, and let it write. */
function isOwnGroup({ gid, uid }: Stats): boolean {
  if (gid === 0) return true;
  if (gid !== uid) return false;
  try {
    const line = readFileSync('/etc/group', 'utf8')
      .split('\n')
      .find((group) => group.split(':')[2] === String(gid));
    const [name, , , members = ''] = line?.split(':') ?? [];
    return members === '' || members === name;
  } catch {
    return false;
  }
}

/**
 * Returns what stands at a path, links not followed; null where nothing does or can.
 * @throws AdjutantError `Configuration` where it cannot be told
 */
export function statIfThere(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw refusal(path, 'cannot be looked at', 'Check the path and its permissions.', cause);
  }
}

function statOf(path: string): Stats {
  try {
    return lstatSync(path);
  } catch (cause) {
    throw refusal(path, 'cannot be looked at', 'Check the path and its permissions.', cause);
  }
}

function refusal(path: string, problem: string, hint: string, cause?: unknown): AdjutantError {
  return new AdjutantError('Configuration', `${path} ${problem}, so nothing is read from it.`, {
    hint,
    cause,
  });
}
