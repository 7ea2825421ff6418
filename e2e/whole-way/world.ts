import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  generateTeam,
  type GithubData,
  githubDataFromTeam,
  type GithubTwin,
  startGithubTwin,
} from '@adjutant/connectors/testing';
import { systemClock } from '@adjutant/core/ports';

const root = join(import.meta.dirname, '../..');
const command = join(root, 'packages/cli/src/bin.ts');
const organization = 'acme';

/** A GitHub on this machine, a configuration that names it, and the command. */
export interface World {
  folder: string;
  configPath: string;
  twin: GithubTwin;
  /** Pull requests that are open and can be merged. */
  open: { repository: string; number: number }[];
  /** Arguments that start the command, for whoever starts a process. */
  commandLine(...words: string[]): string[];
  /** Runs the command to its end. */
  run(...words: string[]): Promise<{ code: number | null; output: string }>;
  /** Starts it as a person would who holds the tokens. */
  start(...words: string[]): ChildProcess;
  /** Runs it in a terminal of its own and types: after each text that shows, the keys beside it. */
  type(
    words: readonly string[],
    keys: readonly [after: string, typed: string][],
  ): Promise<{ code: number | null; output: string }>;
  close(): Promise<void>;
}

/** Makes the world, with a generated team unless rows are given; what is in it is gone with `close`. */
export async function openWorld(given?: GithubData): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-whole-way-'));
  const data = given ?? (await dataOfTeam(join(folder, 'repositories')));
  const twin = await startGithubTwin({ data, seed: 1 });
  const configPath = join(folder, 'adjutant.config.yaml');
  const repositories = data.repositories.map(({ name }) => `${organization}/${name}`);
  writeFileSync(
    configPath,
    JSON.stringify({
      store: 'file:store.db',
      connectors: {
        github: {
          baseUrl: twin.url,
          organization,
          repositories,
          token: '${READ_TOKEN}',
          writeToken: '${WRITE_TOKEN}',
        },
      },
    }),
  );
  const { host } = new URL(twin.url);
  const env = {
    ...process.env,
    READ_TOKEN: twin.token,
    READ_TOKEN_HOST: host,
    WRITE_TOKEN: twin.writeToken,
    WRITE_TOKEN_HOST: host,
    NO_COLOR: '1',
    // Whoever makes this world has written its configuration.
    ADJUTANT_TRUSTED_CONFIG: configPath,
    XDG_DATA_HOME: join(folder, 'data'),
  };
  const commandLine = (...words: string[]): string[] => [
    '--conditions=@adjutant/source',
    command,
    '--config',
    configPath,
    ...words,
  ];
  const start = (...words: string[]): ChildProcess =>
    spawn(process.execPath, commandLine(...words), { cwd: folder, env });
  return {
    folder,
    configPath,
    twin,
    open: [...data.repositories.values()].flatMap(({ name, pullRequests }) =>
      [...pullRequests.values()]
        .filter(({ state, isDraft }) => state === 'OPEN' && !isDraft)
        .map(({ number }) => ({ repository: `${organization}/${name}`, number })),
    ),
    commandLine,
    start,
    async run(...words) {
      const child = start(...words);
      const output = collect(child);
      const [code] = (await once(child, 'exit')) as [number | null];
      return { code, output: output.text };
    },
    async type(words, keys) {
      const program = [process.execPath, ...commandLine(...words)].map(quoted).join(' ');
      const line = `stty cols 100 rows 50; ${program}`;
      // A pseudo-terminal, so that it is as if somebody sat there.
      const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
        cwd: folder,
        env: { ...env, TERM: 'xterm' },
      });
      const output = collect(child);
      const exited = once(child, 'exit') as Promise<[number | null]>;
      let from = 0;
      for (const [after, typed] of keys) {
        from = await shown(output, after, from, exited);
        await sleep(300);
        child.stdin.write(typed);
      }
      const [code] = await exited;
      return { code, output: output.text };
    },
    async close() {
      await twin.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function dataOfTeam(directory: string): Promise<GithubData> {
  const team = await generateTeam({ seed: 1, clock: systemClock, directory });
  return githubDataFromTeam(team).data;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What a process has written so far. */
export function collect({ stdout, stderr }: ChildProcess): { text: string } {
  const written = { text: '' };
  for (const stream of [stdout, stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      written.text += chunk.toString('utf8');
    });
  }
  return written;
}

const patienceMs = 30_000;

/** Waits until a text shows. @returns where it ends */
export async function shown(
  output: { text: string },
  wanted: string,
  from: number,
  exited?: Promise<unknown>,
  waitMs = patienceMs,
): Promise<number> {
  let isOver = false;
  const noteEnd = async (): Promise<void> => {
    await exited;
    isOver = exited !== undefined;
  };
  void noteEnd();
  for (let waitedMs = 0; waitedMs < waitMs; waitedMs += 50) {
    const at = output.text.indexOf(wanted, from);
    if (at >= 0) return at + wanted.length;
    if (isOver) break;
    await sleep(50);
  }
  throw new Error(`"${wanted}" did not show:\n${output.text.slice(from)}`);
}
