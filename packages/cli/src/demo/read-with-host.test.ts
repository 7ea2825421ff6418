import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@adjutant/core/ports';
import {
  generateTeam,
  type GeneratedTeam,
  type GithubTeam,
  githubDataFromTeam,
} from '@adjutant/connectors/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { CommandContext } from '../command-context.ts';
import type { Io, OutputPort } from '../io.ts';
import { createOutput } from '../output.ts';
import { dataHomeOf, temporaryFolder } from '../testing/run-cli.ts';
import { compareWithTruth } from './compare-with-truth.ts';
import { demoClock } from './demo-clock.ts';
import { demoConfig } from './demo-config.ts';
import { trustWritten } from '../trust/trust-written.ts';
import { readTeam } from './read-team.ts';
import { type HostResult, readWithHost } from './read-with-host.ts';
import { demoAgrees, type DemoResult } from './run-demo.ts';
import { type StartedHost, startDemoHost } from './start-demo-host.ts';

const timeout = 120_000;
let team: GeneratedTeam;

beforeAll(async () => {
  team = await generateTeam({ seed: 3, clock: demoClock, merges: 40, repositories: 2, people: 6 });
}, timeout);
afterAll(() => team.remove());

function contextIn(folder: string): CommandContext & { configPath: string } {
  const silent: OutputPort = { write: () => undefined, isTty: false, columns: undefined };
  const io: Io = {
    argv: [],
    env: { PATH: process.env['PATH'] },
    cwd: folder,
    homeDirectory: dataHomeOf(folder),
    accountHome: null,
    platform: 'linux',
    stdout: silent,
    stderr: silent,
    isInteractive: false,
    self: { nodePath: '', nodeArguments: [], scriptPath: '', nodeVersion: '' },
    signal: new AbortController().signal,
    ownsProcess: false,
    prompts: () => Promise.reject(new Error('the test has nobody to ask')),
  };
  const output = createOutput(io, { json: true, color: false });
  const configPath = join(folder, 'adjutant.config.yaml');
  return { io, output, clock: systemClock, configPath, secrets: [] };
}

async function read(makeTeam: (made: GeneratedTeam) => GithubTeam) {
  const folder = temporaryFolder(onTestFinished);
  const context = contextIn(folder);
  trustWritten(context, context.configPath, () =>
    writeFileSync(context.configPath, demoConfig(team.repositories, null)),
  );
  const clones = await readTeam(context, team.truth.window);
  const started: StartedHost[] = [];
  const github = await readWithHost(context, team, clones, null, async (made) => {
    const host = await startDemoHost(made, makeTeam);
    started.push(host);
    return host;
  });
  return { folder, clones, github, started };
}

const wrongIn = ({ figures }: HostResult): string[] =>
  figures.filter(({ matches }) => !matches).map(({ title }) => title);

test('a small team agrees, its host is on this machine and gone afterwards, its token nowhere', {
  timeout,
}, async () => {
  const { folder, github, started } = await read(githubDataFromTeam);
  expect(wrongIn(github)).toEqual([]);
  const [host] = started;
  expect(host?.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await expect(fetch(host?.baseUrl ?? '')).rejects.toThrow('fetch failed');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'));
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect(file).not.toContain(host?.token ?? 'no token');
});

test('a host that shows something else than was made does not agree', { timeout }, async () => {
  const { clones, github } = await read((made) => {
    const shown = githubDataFromTeam(made);
    for (const repository of shown.data.repositories.values()) {
      const open = [...repository.pullRequests.values()].find(({ state }) => state === 'OPEN');
      if (open !== undefined) shown.data.deletePullRequest(open);
      for (const request of repository.pullRequests.values()) {
        for (const review of request.reviews) review.submittedAt -= 60_000;
      }
    }
    return shown;
  });
  expect(wrongIn(github)).toEqual(
    expect.arrayContaining([
      'Waiting for a first answer',
      'Review, from there to the merge',
      'Approved, waiting for the merge',
      'Open pull requests',
    ]),
  );
  const figures = compareWithTruth(clones, team.truth);
  expect(figures.filter(({ matches }) => !matches)).toEqual([]);
  expect(demoAgrees(resultOf({ figures, github }))).toBe(false);
});

test('any one wrong figure, or a wrong answer, is enough to fail', { timeout }, async () => {
  const { clones, github } = await read(githubDataFromTeam);
  const truth = { ...team.truth, merges: team.truth.merges + 1 };
  const wrong = compareWithTruth(clones, truth);
  expect(wrong.filter(({ matches }) => !matches).map(({ title }) => title)).toEqual(['Merges']);
  const figures = compareWithTruth(clones, team.truth);
  expect(demoAgrees(resultOf({ figures, github }))).toBe(true);
  expect(demoAgrees(resultOf({ figures: wrong, github }))).toBe(false);
  expect(demoAgrees(resultOf({ figures, github }, false))).toBe(false);
  for (const at of github.figures.keys()) {
    const spoilt = github.figures.map((figure, place) =>
      place === at ? { ...figure, matches: false } : figure,
    );
    expect(demoAgrees(resultOf({ figures, github: { ...github, figures: spoilt } }))).toBe(false);
  }
});

function resultOf(
  { figures, github }: Pick<DemoResult, 'figures' | 'github'>,
  matches = true,
): Pick<DemoResult, 'answer' | 'figures' | 'github'> {
  const question = { metric_id: '', from: '', to: '' };
  return {
    figures,
    github,
    answer: { tools: [], question, value: 1, sampleSize: 1, truth: 1, matches },
  };
}
