import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names the folder in which the suite keeps its ledger; set for the whole suite. */
export const ledgerVariable = 'ADJUTANT_TEST_LEDGER';

const hostsFile = 'hosts.jsonl';
const keptFolder = 'kept';

/** Returns where removed files go, so that they too are searched at the end. */
export function keptIn(ledger: string): string {
  return join(ledger, keptFolder);
}

/** Notes a host that something wanted to reach. */
export function recordHost(ledger: string | undefined, host: string, via: string): void {
  if (ledger === undefined) return;
  // One short line: whole even where processes append at once.
  appendFileSync(join(ledger, hostsFile), `${JSON.stringify({ host, via })}\n`);
}

/** Returns every host that was wanted, each once. */
export function recordedHosts(ledger: string): string[] {
  const path = join(ledger, hostsFile);
  if (!existsSync(path)) return [];
  const hosts = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => String((JSON.parse(line) as { host: unknown }).host));
  return [...new Set(hosts)];
}
