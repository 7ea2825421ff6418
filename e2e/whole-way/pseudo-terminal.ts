import { spawnSync } from 'node:child_process';

/** Whether this machine has the `script` of util-linux, which makes a pseudo-terminal. */
export function hasPseudoTerminal(): boolean {
  const { stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  return typeof stdout === 'string' && stdout.includes('util-linux');
}
