import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateTeam } from '@adjutant/connectors/testing';
import { createFakeClock } from '@adjutant/core/testing';
import { z } from 'zod';
import { createOutput } from '../output.ts';
import { demoClock } from '../demo/demo-clock.ts';
import { demoConfig, demoStoreName } from '../demo/demo-config.ts';
import { copyStore, keepDemo } from '../demo/keep-demo.ts';
import { readTeam } from '../demo/read-team.ts';
import { readWithHost } from '../demo/read-with-host.ts';
import { trustWritten } from '../trust/trust-written.ts';
import { dataHomeOf, runCli, type RunResult } from './run-cli.ts';

/** The team of the demo as it is kept for other commands. */
export interface KeptDemoWorld {
  configPath: string;
  env: Readonly<Record<string, string>>;
  /** Every id that stands in the store, of whatever table. */
  storedIds(): Promise<ReadonlySet<string>>;
  /** Runs a command line on it. */
  run(line: string): Promise<RunResult>;
}

/** Makes the demo's team in a folder, reads it from all of its sources and keeps it, as `demo` does. */
export async function keptDemoWorld(cwd: string): Promise<KeptDemoWorld> {
  const env = { XDG_DATA_HOME: dataHomeOf(cwd) };
  const silent = { write: () => undefined, isTty: false, columns: undefined };
  const io = {
    ...{ argv: [], cwd, homeDirectory: cwd, accountHome: null, isInteractive: false },
    platform: 'linux' as const,
    ...{ stdout: silent, stderr: silent, signal: new AbortController().signal, ownsProcess: false },
    env: { PATH: process.env['PATH'], ...env },
    self: { nodePath: '', nodeArguments: [], scriptPath: '', nodeVersion: '' },
    prompts: () => Promise.reject(new Error('the test has nobody to ask')),
  };
  const folder = join(cwd, 'making');
  mkdirSync(folder);
  const configPath = join(folder, 'adjutant.config.yaml');
  const output = createOutput(io, { json: true, color: false });
  const context = { io, output, clock: demoClock, configPath, secrets: [] };
  const directory = join(folder, 'repositories');
  const team = await generateTeam({ seed: 1, clock: demoClock, directory });
  trustWritten(context, configPath, () =>
    writeFileSync(configPath, demoConfig(team.repositories, null)),
  );
  const clones = await readTeam(context, team.truth.window);
  const { places } = await readWithHost(context, team, clones);
  await copyStore(configPath);
  const kept = keepDemo(context, configPath, { clones: team.repositories, places });
  if (kept === null) throw new Error('The demo could not be kept.');
  const clock = createFakeClock(demoClock.now());
  return {
    configPath: join(kept, 'adjutant.config.yaml'),
    env,
    storedIds: () => idsIn(join(kept, demoStoreName)),
    run: (line) => runCli([...line.split(' '), '--demo'], { cwd, env, clock }),
  };
}

/** A commit is known by its sha, a figure that was cited by its citation, all else by an id. */
const keySchema = z.tuple([z.string(), z.string()]);

async function idsIn(path: string): Promise<ReadonlySet<string>> {
  const { default: Database } = await import('libsql');
  const database = new Database(path, { readonly: true });
  try {
    const read = (sql: string): unknown[] => database.prepare(sql).raw(true).all([]).flat();
    const keys = database
      .prepare(
        "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and c.name in ('id', 'citation_id', 'sha')",
      )
      .raw(true)
      .all([]);
    const ids = keys.flatMap((key) => {
      const [table, column] = keySchema.parse(key);
      return read(`select "${column}" from "${table}"`);
    });
    return new Set(ids.map(String));
  } finally {
    database.close();
  }
}
