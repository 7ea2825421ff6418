import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageManifest } from '../package-build/package-manifest.ts';
import type { Figure } from './figure.ts';
import { folderBytes } from './folder-size.ts';

// Kilobytes of JavaScript in dist, chunks that load on first use included. A limit that is passed
// is raised on purpose, in a change of its own, or not at all.
const limitsKilobytes: Readonly<Record<string, number>> = {
  // Loaded only where they are used: the passkey library (660), the parser of YAML (270) and CEL (160).
  // Findings, rules in YAML, reports, documents and their index are some 500 of the rest; seals, restores,
  // workspaces that nobody made here, what verification holds them to and the inputs of calls some 110.
  '@adjutant/core': 2740,
  // Each system's own is loaded where it is configured: octokit is 322 of it, Slack's client 95, the
  // operations of Jira and tokens 90; the reader of Markdown, with the first text that leaves for GitHub,
  // 150. The twins that tests import are some 330.
  '@adjutant/connectors': 1560,
  '@adjutant/metrics': 250,
  // Thirty-two rules, the briefs, triage and blockers, what is made of documents.
  '@adjutant/insights': 300,
  '@adjutant/mcp-server': 900,
  // Pages and the API; loaded only where they are used: signing in through a provider (200), figures for
  // a monitor (60).
  '@adjutant/gateway': 750,
  // It holds all of the others, so that a start reads few files.
  '@adjutant/cli': 7710,
};

/** Holds the JavaScript of each package against its limit. */
export function judgeBundleSizes(packages: readonly PackageManifest[]): Figure[] {
  return packages.map(({ name, folder }) => {
    const dist = join(folder, 'dist');
    const bytes = existsSync(dist) ? folderBytes(dist, (path) => path.endsWith('.js')) : 0;
    const limit = limitsKilobytes[name];
    const found = bytes / 1000;
    return {
      what: `${name}: JavaScript`,
      found: `${found.toFixed(0)} kB`,
      limit: limit === undefined ? 'a limit' : `at most ${limit} kB`,
      ok: bytes > 0 && limit !== undefined && found <= limit,
    };
  });
}
