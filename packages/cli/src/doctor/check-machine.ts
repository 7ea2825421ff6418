import { execFile } from 'node:child_process';
import { delimiter, isAbsolute } from 'node:path';
import { promisify } from 'node:util';
import type { CommandContext } from '../command-context.ts';
import { type Check, failed, ok } from './checks.ts';

const timeoutMs = 5_000;

/** Looks at Node and git. */
export async function checkMachine({ io }: CommandContext): Promise<Check[]> {
  return [checkNode(io.self.nodeVersion), await checkGit(io.env)];
}

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return ok('node', `Node ${version}`);
  return failed('node', `Node ${version} is too old.`, 'Install Node 22.12 or newer.');
}

/** A relative entry would have a clone's own `git` started. */
function absoluteEntries(path: string): string {
  const entries = path.split(delimiter).filter((entry) => isAbsolute(entry));
  return entries.join(delimiter);
}

async function checkGit(env: Readonly<Record<string, string | undefined>>): Promise<Check> {
  // Nothing but where programs are: a child needs no token to say its version.
  const kept = {
    PATH: absoluteEntries(env['PATH'] ?? ''),
    SystemRoot: env['SystemRoot'],
    PATHEXT: env['PATHEXT'],
  };
  try {
    const { stdout } = await promisify(execFile)('git', ['--version'], {
      env: kept,
      timeout: timeoutMs,
    });
    return ok('git', stdout.trim().slice(0, 80));
  } catch {
    return failed(
      'git',
      'No git program could be started.',
      'Install git 2.24 or newer and add its folder to PATH.',
    );
  }
}
