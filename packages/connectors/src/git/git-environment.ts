import { delimiter, isAbsolute, win32 } from 'node:path';

/** What a Windows process cannot be started without. */
const windowsNames: ReadonlySet<string> = new Set(['SYSTEMROOT', 'WINDIR', 'PATHEXT', 'TEMP']);

/**
 * Returns the whole environment of a git child: a short list, so that no token or setting of the
 * parent is inherited, and git's own switches against prompts, locks, fetches and foreign files.
 */
export function gitEnvironment(parent: NodeJS.ProcessEnv): Record<string, string> {
  const environment: Record<string, string> = {
    PATH: absoluteEntries(pathOf(parent)),
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_PAGER: 'cat',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    // Outranks any `protocol.<name>.allow` of the clone: no transport is called "none".
    GIT_ALLOW_PROTOCOL: 'none',
    // Whole blocks, not one write per commit: half the time of a long read.
    GIT_FLUSH: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null',
  };
  if (process.platform !== 'win32') return environment;
  for (const [name, value] of Object.entries(parent)) {
    if (value !== undefined && windowsNames.has(name.toUpperCase())) environment[name] = value;
  }
  return environment;
}

/**
 * Returns the folder that git starts in, null for this process's own. Windows looks for a program in
 * the folder that it is to start in before it looks along PATH; so that is Node's own folder, where
 * no clone puts a `git.exe`. Untried on Windows. Every path that git is given is absolute.
 */
export function gitStartFolder(platform: NodeJS.Platform, nodePath: string): string | null {
  return platform === 'win32' ? win32.dirname(nodePath) : null;
}

/** Windows spells it `Path`. */
function pathOf(parent: NodeJS.ProcessEnv): string {
  const name = Object.keys(parent).find((key) => key.toUpperCase() === 'PATH');
  return (name === undefined ? undefined : parent[name]) ?? '';
}

/** A relative entry would let a folder's own `git` be found. */
function absoluteEntries(path: string): string {
  return path
    .split(delimiter)
    .filter((entry) => isAbsolute(entry))
    .join(delimiter);
}
