import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCommand } from './build-command.ts';
import { suiteCanaries, suiteCanaryPrefix } from './canaries.ts';
import { documentedHosts } from './documented-hosts.ts';
import { keptIn, ledgerVariable, recordedHosts } from './ledger-files.ts';
import { needlesOf, searchFolder } from './search-canaries.ts';

const hostsPage = join(import.meta.dirname, '..', 'docs', 'security', 'hosts-contacted.md');
const leaksTold = 20;

/**
 * Vitest's `globalSetup`: builds the command, plants secrets into the environment of the whole suite,
 * gives it a folder of its own, and returns the search of all that it left behind.
 */
export function setup(): () => void {
  const removeCommand = buildCommand();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'adjutant-suite-')));
  const ledger = join(folder, 'ledger');
  const temporary = join(folder, 'tmp');
  mkdirSync(keptIn(ledger), { recursive: true });
  mkdirSync(temporary);
  Object.assign(process.env, suiteCanaries(), {
    [ledgerVariable]: ledger,
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
  });
  return () => {
    removeCommand();
    const problems = judge(folder, ledger);
    if (problems.length === 0) {
      rmSync(folder, { recursive: true, force: true });
      return;
    }
    // Vitest tells an error of a teardown and still ends well.
    process.exitCode = 1;
    throw new Error(`After the suite (kept in ${folder}):\n${problems.join('\n')}`);
  };
}

function judge(folder: string, ledger: string): string[] {
  const { files, bytes, leaks } = searchFolder(folder, needlesOf(suiteCanaryPrefix()));
  const allowed = documentedHosts(readFileSync(hostsPage, 'utf8'));
  const hosts = recordedHosts(ledger);
  const strangers = hosts.filter((host) => !allowed.has(host));
  process.stderr.write(
    `Searched ${files} files (${Math.round(bytes / 1e6)} MB) for planted secrets: ` +
      `${leaks.length} found. Hosts contacted: ${hosts.length}, not documented: ${strangers.length}.\n`,
  );
  return [
    ...leaks.slice(0, leaksTold).map(({ place, form }) => `a planted secret (${form}) in ${place}`),
    ...strangers.map((host) => `${host} was to be contacted and is not documented`),
  ];
}
