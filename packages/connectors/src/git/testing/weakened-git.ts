import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A program called git that leaves out protections before it becomes the real one. */
export interface WeakenedGit {
  /** A `PATH` on which it is found first. */
  path: string;
  /** Says what is left out: settings of `-c` by key, options and variables by name. */
  leaveOut(protections: readonly string[]): Promise<void>;
  remove(): Promise<void>;
}

export async function createWeakenedGit(): Promise<WeakenedGit> {
  const folder = await mkdtemp(join(tmpdir(), 'adjutant-weak-git-'));
  const real = execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const list = join(folder, 'left-out');
  await writeFile(list, '');
  await writeFile(join(folder, 'git'), script(real, list));
  await chmod(join(folder, 'git'), 0o755);
  return {
    path: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
    leaveOut: (protections) =>
      writeFile(list, protections.map((protection) => `${protection}\n`).join('')),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function script(real: string, list: string): string {
  return `#!/bin/sh
is_out() { grep -qxF -e "$1" "${list}"; }
while read -r name; do
  case "$name" in [A-Z]*) unset "$name" ;; esac
done < "${list}"
count=$#
while [ "$count" -gt 0 ]; do
  argument=$1; shift; count=$((count - 1))
  if [ "$argument" = -c ] && is_out "\${1%%=*}"; then
    shift; count=$((count - 1)); continue
  fi
  if ! is_out "$argument"; then set -- "$@" "$argument"; fi
done
exec "${real}" "$@"
`;
}
